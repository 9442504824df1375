"""Instances that look, beat, die, hang, give back and come again in any order: never two that may write or send."""

import os
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from bot.process.lease import Lease, Patience
from bot.storage import LeaseLost, Storage, open_storage, seen
from bot.storage.life import FileLife
from tests import pg
from tests.bot.storage.making import AT
from tests.databases import bring_to_head, loop_of_its_own, sqlite_url

BOT = 100_001
PATIENCE = Patience(look=1.0, beat=5.0, trust=12.0, hang=30.0, grace=10.0)


class Process:
    """An instance, and a number of its own for what it writes."""

    def __init__(self, storage: Storage, lease: Lease) -> None:
        self.storage = storage
        self.lease = lease
        self.dead = False


class Instances(RuleBasedStateMachine):
    """Against a real file; only the stop-watches are turned by hand, all at the same pace."""

    processes = Bundle("processes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="dengta-lease-", dir=pg.temporary_folder()))
        self.url = sqlite_url(self.folder / "t.db")
        self.runner = loop_of_its_own()
        self.now = 1_000.0
        self.all: list[Process] = []
        self.updates = 0
        bring_to_head(self.url)

    def teardown(self) -> None:
        for each in self.all:
            if not each.dead:
                self.runner.run(each.lease.release())
            self.runner.run(each.storage.close())
        self.runner.close()
        for file in self.folder.iterdir():
            file.unlink()
        self.folder.rmdir()

    @initialize(target=processes)
    def first(self) -> Process:
        process = self.new()
        assert self.runner.run(process.lease.attempt())
        return process

    @rule(target=processes)
    def starts(self) -> Process:
        return self.new()

    def new(self) -> Process:
        storage = self.runner.run(open_storage(self.url, migrate=False))
        process = Process(storage, Lease(storage, BOT, PATIENCE, watch=lambda: self.now))
        self.all.append(process)
        return process

    @rule(process=processes)
    def looks(self, process: Process) -> None:
        """Whoever has lost its turn ends, and comes again as another."""
        if process.storage.fence is None:
            self.runner.run(process.lease.attempt())

    @rule(process=processes)
    def beats(self, process: Process) -> None:
        if process.lease.held:
            try:
                self.runner.run(process.lease.prove())
            except LeaseLost:
                assert not process.lease.held

    @rule(seconds=st.sampled_from([1.0, 4.0, 5.0, 11.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(process=processes, looks=st.integers(1, 12))
    def time_passes_while_one_watches(self, process: Process, looks: int) -> None:
        """Whoever has the turn hangs meanwhile."""
        for _ in range(looks):
            self.now += 4.0
            self.looks(process)

    @rule(process=consumes(processes))
    def dies(self, process: Process) -> None:
        """As the kernel does it: what was open is closed, and nothing is tidied."""
        life = process.lease.life
        assert isinstance(life, FileLife)
        if life.file >= 0:
            os.close(life.file)
        process.dead = True

    @rule(process=consumes(processes))
    def gives_back(self, process: Process) -> None:
        self.runner.run(process.lease.release())
        process.dead = True

    @precondition(lambda self: len(self.all) > 1)
    @invariant()
    def at_most_one_may_write(self) -> None:
        turned = [each for each in self.all if each.storage.fence is not None]
        assert sum(map(self.writes, turned)) <= 1

    @invariant()
    def at_most_one_may_send_without_asking(self) -> None:
        assert sum(each.lease.trusted for each in self.all if not each.dead) <= 1

    def writes(self, process: Process) -> bool:
        self.updates += 1
        held = process.lease.held
        try:
            self.runner.run(self.write(process.storage, self.updates))
        except LeaseLost:
            assert not process.lease.held
            return False
        return held or process.dead

    async def write(self, storage: Storage, update: int) -> None:
        async with storage.unit() as unit:
            await seen.mark(unit, BOT, [update], AT)


TestInstances = Instances.TestCase
TestInstances.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
