"""Every row belongs to a group, and so to its owner; what does not is named here, with its reason."""

from sqlalchemy import BigInteger, Table

from bot.storage.tables import metadata

OF_NO_GROUP = {
    "groups": "is the group",
    "updates_seen": "of a bot",
    "undecided": "of a bot: what could not be read names no group",
    "leases": "of a bot",
    "users": "of a person: whether they may be written to, and in which language",
    "policies": "of a group or of the installation, as `scope` says",
    "defaults": "settings by their fingerprint, the same for everybody",
    "claims": "of the installation",
    "owner_roles": "of one owner, over all groups of theirs",
    "blacklist": "of one owner, over all groups of theirs",
    "acknowledgements": "of a decision, which has a group",
    "quarrel_messages": "of a quarrel, which has a group",
    "confirmations": "of what they confirm, as `subject` says",
    "erasures": "of a person, in all groups at once",
}
PEOPLE_AND_CHATS = ("user_id", "chat_id", "target_id", "actor_id", "owner_id", "issuer_id", "moderators_chat")


def scoped(table: Table) -> bool:
    return "group_id" in table.c


def test_every_row_belongs_to_a_group_or_says_why_not() -> None:
    assert {table.name for table in metadata.sorted_tables if not scoped(table)} == OF_NO_GROUP.keys()


def test_ids_of_people_and_chats_have_64_bits_and_a_sign() -> None:
    ids = [column for table in metadata.sorted_tables for column in table.c if column.name in PEOPLE_AND_CHATS]
    assert len(ids) > 15
    assert [column for column in ids if not isinstance(column.type, BigInteger)] == []


def test_a_group_has_a_number_of_its_own_beside_its_chat_and_an_owner() -> None:
    groups = metadata.tables["groups"]
    assert [column.name for column in groups.primary_key] == ["id"]
    assert groups.c.chat_id.unique
    assert not groups.c.owner_id.nullable
