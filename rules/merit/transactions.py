"""Points move by transactions with a unique key whose postings sum to zero; nothing is ever converted."""

from typing import NamedTuple


class Posting(NamedTuple):
    """`amount` in the smallest unit of `unit`; positive flows into `account`."""

    account: str
    amount: int
    unit: str = "points"


class Transaction(NamedTuple):
    """`key` says what it is for, so that it can be posted only once."""

    key: str
    kind: str
    postings: tuple[Posting, ...]
    note: str = ""


class Unbalanced(ValueError):
    """Postings of a transaction are of two units, do not sum to zero, or one of them is zero."""


# Where points come from: below zero by all that members hold.
ISSUED = "issued"
MEMBER = "member:"


def member(user_id: int) -> str:
    return f"{MEMBER}{user_id}"


def balanced(transaction: Transaction) -> Transaction:
    """The same transaction. Raises Unbalanced unless it is of one unit and its postings sum to zero.

    Two units, each summing to zero, would be points for money.
    """
    amounts = [posting.amount for posting in transaction.postings]
    units = {posting.unit for posting in transaction.postings}
    if len(units) != 1 or sum(amounts) != 0 or 0 in amounts:
        raise Unbalanced(transaction.key)
    return transaction


def award(key: str, kind: str, user_id: int, points: int, note: str = "") -> Transaction:
    return balanced(Transaction(key, kind, (Posting(member(user_id), points), Posting(ISSUED, -points)), note))


def reversed_by(transaction: Transaction, key: str) -> Transaction:
    """The transaction that takes `transaction` back."""
    postings = tuple(p._replace(amount=-p.amount) for p in transaction.postings)
    return Transaction(key, f"void:{transaction.kind}", postings, transaction.note)
