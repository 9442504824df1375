"""Who warns of swindles names them: a text about advertisements is none where it shows no way to reach anybody."""

from rules.conduct.case import Signal, TextView

WARNING = "talk.warning"
# Without one of them nobody can be taken in.
_WAYS = ("contact.", "link.")


def offers(view: TextView) -> tuple[Signal, ...]:
    """The signals that count: what is said about a text is none, and in a mere warning nothing is."""
    warns = any(signal.id == WARNING for signal in view.signals)
    if warns and not any(signal.id.startswith(_WAYS) for signal in view.signals):
        return ()
    return tuple(signal for signal in view.signals if signal.id != WARNING) if warns else view.signals


def severe(view: TextView) -> tuple[str, ...]:
    """What of it speaks of fraud, with the words that do."""
    if not view.signals:
        return ()
    return tuple(f"{signal.id}: {signal.word}" for signal in offers(view) if signal.severe)
