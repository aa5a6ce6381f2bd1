"""Whatever is written, put back, restored or accepted: an alarm is there exactly when what was seen is no more, and a
receipt holds exactly when its commit is still on the way.
"""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import DataObject, data, integers

from crm.ledger import receipts, verdicts
from crm.ledger.receipts import Receipt
from crm.network.heads import Heads
from crm.store import open_store
from crm.upkeep import backup as backups
from tests.crm.conftest import ADMIN
from tests.crm.places import Place


class Machine(RuleBasedStateMachine):
    """One machine at work on one network, and someone who puts other files in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.place = Place(str(self.folder / "réseau.db"), self.folder / "home")
        self.kept: list[Path] = []
        self.receipts: list[Receipt] = []
        self.made = 0
        self.seen = ""
        self.work(1)
        self.keep()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def chain(self) -> list[str]:
        """The digests of the journal as it is."""
        with closing(open_store(self.place.address)) as store:
            return [commit.digest for commit in store.read(lambda tx: tx.commits(limit=10_000))]

    @rule(many=integers(1, 3))
    def work(self, many: int) -> None:
        """Write some commits."""
        before = self.chain() if self.made else []
        good = not self.made or self.seen in before
        self.place.work(*(f"Fictif {self.made + number}" for number in range(many)))
        self.made += many
        if good:
            self.seen = self.chain()[-1]

    @rule()
    def keep(self) -> None:
        """Make a backup, and its receipt."""
        file = self.folder / f"sauvegarde-{len(self.kept)}.db"
        with self.place.network() as network:
            backups.backup(network, file)
        self.kept.append(file)
        self.receipts.append(receipts.read(receipts.beside(file)))

    @rule(chosen=data(), then=integers(0, 3))
    def put(self, chosen: DataObject, then: int) -> None:
        """Put a backup there without a word, and go on working in it."""
        self.place.put(self._one(chosen))
        if then:
            self.work(then)

    @rule(chosen=data())
    def restore(self, chosen: DataObject) -> None:
        """Restore a backup."""
        heads = Heads(self.place.home / "heads", self.place.address)
        backups.replace(self._one(chosen), Path(self.place.address), ADMIN, heads=heads)
        self.seen = self.chain()[-1]

    @rule()
    def accept(self) -> None:
        """Say that what is there is meant."""
        with self.place.network() as network:
            verdicts.accept(network)
        self.seen = self.chain()[-1]

    @invariant()
    def what_is_said_is_so(self) -> None:
        """Alarm and receipts, against the journal as it is."""
        chain = self.chain()
        with self.place.network() as network:
            for receipt in self.receipts[-2:]:
                found = verdicts.judge(network, receipt)
                told = {fault.code.partition("_")[0] for fault in found.faults}
                holds = receipt.digest in chain
                expected = {"receipt": not holds, "seen": self.seen not in chain}
                assert told == {code for code, wanted in expected.items() if wanted}
                assert found.complete is holds

    def _one(self, chosen: DataObject) -> Path:
        index: int = chosen.draw(integers(0, len(self.kept) - 1))
        return self.kept[index]


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
