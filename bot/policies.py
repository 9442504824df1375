"""What each group decided, loaded once a version and made ready for deciding; stores nothing."""

import logging
from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.storage import policies
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.textscan import CompiledLists, PatternError, Scanner
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import Loaded, fingerprint, load

ALBUM_SECONDS = 60

log = logging.getLogger(__name__)


class Ruled(NamedTuple):
    """A group's policy with all that was compiled from it, good for one version; `span` seconds of a member's messages
    are looked at."""

    version: int
    loaded: Loaded
    lists: CompiledLists
    zone: ZoneInfo
    fingerprint: str
    policy: Policy
    span: int


class Policies:
    """Layers: defaults, this installation's configuration, what was set for the installation, the group's own."""

    def __init__(self, scanner: Scanner, configured: Mapping[str, object]) -> None:
        self._scanner = scanner
        self._configured = configured
        self._known: dict[int, Ruled] = {}

    def known(self, group: GroupRow) -> Ruled | None:
        """What was made ready before, if it is still good."""
        known = self._known.get(group.id)
        if known is not None and known.version == group.policy_version and known.zone.key == group.zone:
            return known
        return None

    async def of(self, unit: Unit, group: GroupRow) -> Ruled:
        known = self.known(group)
        if known is not None:
            return known
        layers = await policies.current(unit, group.id)
        loaded = load(
            [("config.toml", self._configured), ("installation", layers.installation), ("group", layers.group)]
        )
        for problem in loaded.problems:
            log.warning("a value of the policy is left out", extra={"group": group.id, "problem": str(problem)})
        ruled = self._ready(group, loaded)
        # A Unit that changes the policy may roll back, and SQLite gives the number of its version again.
        if policies.CHANGED not in unit.touched:
            self._known[group.id] = ruled
        return ruled

    def forget(self) -> None:
        """After the policy of the whole installation changed."""
        self._known.clear()

    def _ready(self, group: GroupRow, loaded: Loaded) -> Ruled:
        try:
            lists = self._scanner.compile_lists(loaded.policy)
        except PatternError:
            # It was refused when it was saved, unless by a version of this program that refused less.
            log.exception("a pattern is refused; this group's policy is the default", extra={"group": group.id})
            loaded = load([])
            lists = self._scanner.compile_lists(loaded.policy)
        version = self._scanner.version
        policy = loaded.policy
        span = max(ALBUM_SECONDS, policy.flooding.seconds, policy.flooding.same_text_seconds)
        return Ruled(group.policy_version, loaded, lists, zone_of(group), fingerprint(policy, version), policy, span)


def zone_of(group: GroupRow) -> ZoneInfo:
    try:
        return ZoneInfo(group.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
