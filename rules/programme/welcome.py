"""One greeting for all who joined together: when it is due, and whom it names."""

from collections.abc import Sequence

from rules.conduct.effects import Button, Mention, Phrase

NAMES_AT_MOST = 10


def due_at(first_joined: int, last_joined: int, last_post: int, merge_seconds: int, pause_minutes: int) -> int:
    """Unix seconds at which the waiting newcomers are greeted.

    Joins within `merge_seconds` of each other are one wave, which waits at most four times that long;
    two greetings are at least `pause_minutes` apart.
    """
    wave_over = min(last_joined + merge_seconds, first_joined + 4 * merge_seconds)
    return max(wave_over, last_post + pause_minutes * 60 if last_post else 0)


def words(
    newcomers: Sequence[Mention], title: str, group_goal: str, own_text: str = "", named_so: bool = False
) -> tuple[Phrase, ...]:
    """The greeting; beyond ten names the rest is counted. A text of the leaders stands in place of ours;
    where it says {names}, those stand there.

    `named_so`: the group has a form for names.
    """
    named = tuple((f"name_{n}", person) for n, person in enumerate(newcomers[:NAMES_AT_MOST], 1))
    rest = len(newcomers) - len(named)
    head = (
        Phrase("programme.welcome_many", (*named, ("count", rest))) if rest else Phrase("programme.welcome_head", named)
    )
    place = (("title", title), ("group_goal", group_goal))
    if "{names}" in own_text:
        return (Phrase("own", (("template", own_text), *named, *place)),)
    if own_text:
        return (head, Phrase("own", (("template", own_text), *place)))
    return (head, Phrase("programme.welcome_body" if named_so else "programme.welcome_body_plain", place))


def buttons(named_so: bool = False, task: str = "") -> tuple[tuple[Button, ...], ...]:
    """`task` is the address of today's prompt, where there is one."""
    rules = Button(Phrase("programme.button_rules"), action="rules.show")
    accept = Button(Phrase("programme.button_accept"), action="rules.accept")
    name = Button(Phrase("programme.button_name"), action="name.register")
    today = Button(Phrase("quiet.button_today"), url=task)
    below = (*((name,) if named_so else ()), *((today,) if task else ()))
    return ((rules, accept), below) if below else ((rules, accept),)
