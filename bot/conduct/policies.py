"""What each group decided, loaded once a version and made ready for deciding; stores nothing."""

import logging
from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.speech import replies
from bot.storage import defaults, policies
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.textscan import CompiledLists, PatternError, Scanner
from rules.conduct import pinned
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import DEFAULTS_LAYER, Layer, Loaded, fingerprint, load

ALBUM_SECONDS = 60

log = logging.getLogger(__name__)


class Ruled(NamedTuple):
    """A group's policy with all that was compiled from it, good for one version and the defaults it began with; `span`
    seconds of a member's messages are looked at."""

    version: int
    began: str
    loaded: Loaded
    lists: CompiledLists
    zone: ZoneInfo
    fingerprint: str
    policy: Policy
    span: int
    replies: replies.Book | None


class Policies:
    """Layers: the defaults the group began with, this installation's configuration, what was set for the installation,
    the group's own."""

    def __init__(self, scanner: Scanner, configured: Mapping[str, object]) -> None:
        self._scanner = scanner
        self._configured = configured
        self._known: dict[int, Ruled] = {}
        # By fingerprint, so they are good for ever.
        self._began: dict[str, Mapping[str, object]] = {}

    def _still_good(self, group: GroupRow) -> Ruled | None:
        """What was made ready before, where neither policy, defaults nor zone have changed."""
        known = self._known.get(group.id)
        if known is None or known.version != group.policy_version or known.began != group.defaults:
            return None
        return known if known.zone.key == group.zone else None

    async def of(self, unit: Unit, group: GroupRow) -> Ruled:
        known = self._still_good(group)
        if known is not None:
            return known
        began = await self._began_with(unit, group)
        layers = await policies.current(unit, group.id)
        above = [("config.toml", self._configured), ("installation", layers.installation), ("group", layers.group)]
        loaded = load([began, *above])
        for problem in loaded.problems:
            log.warning("a value of the policy is left out", extra={"group": group.id, "problem": str(problem)})
        ruled = self._ready(group, loaded, began, await replies.book_of(unit, group, self._scanner))
        # A Unit that changes the policy may roll back, and SQLite gives the number of its version again.
        if policies.CHANGED not in unit.touched:
            self._known[group.id] = ruled
        return ruled

    async def _began_with(self, unit: Unit, group: GroupRow) -> Layer:
        """The lowest layer: of a group that has none yet, what this program begins with."""
        if group.defaults not in self._began:
            kept = await defaults.get(unit, group.defaults) if group.defaults else {}
            if not kept:
                if group.defaults:
                    log.error(
                        "the defaults of a group are not there; the program's stand for them", extra={"group": group.id}
                    )
                return DEFAULTS_LAYER, {}
            self._began[group.defaults] = pinned.layer(kept)
        return DEFAULTS_LAYER, self._began[group.defaults]

    def _ready(self, group: GroupRow, loaded: Loaded, began: Layer, book: replies.Book | None) -> Ruled:
        try:
            lists = self._scanner.compile_lists(loaded.policy)
        except PatternError:
            # It was refused when it was saved, unless by a version of this program that refused less.
            log.exception("a pattern is refused; this group's policy is the default", extra={"group": group.id})
            loaded = load([began])
            lists = self._scanner.compile_lists(loaded.policy)
        version = self._scanner.version
        policy = loaded.policy
        span = max(ALBUM_SECONDS, policy.flooding.seconds, policy.flooding.same_text_seconds)
        print_ = fingerprint(policy, version)
        return Ruled(group.policy_version, group.defaults, loaded, lists, zone_of(group), print_, policy, span, book)


def zone_of(group: GroupRow) -> ZoneInfo:
    try:
        return ZoneInfo(group.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
