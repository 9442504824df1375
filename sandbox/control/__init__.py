"""The people's side: every verb of the control API by its name."""

from __future__ import annotations

from sandbox.control import groups, people, story, talk, tools, topics
from sandbox.control.reading import Verb

VERBS: dict[str, Verb] = {**people.VERBS, **groups.VERBS, **topics.VERBS, **talk.VERBS, **tools.VERBS, **story.VERBS}

__all__ = ["VERBS"]
