"""Whatever a list holds, importing it again changes nothing, and the plan tells what the run does."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from importers import plan, run
from tests.crm.conftest import ADMIN
from tests.importers.files import siret

HEADER = "Structure;SIRET;Code postal;Ville;Tel;Contact;Fonction;Mail;Dernier contact;Convention signée le"
TOWNS = ("62300;Lens", "62400;Béthune", ";", ";Ville inconnue")

rows = st.lists(
    st.builds(
        lambda number, has_siret, town, phone, contact, day, signed: ";".join(
            [
                f"Exemple {number}", siret(number) if has_siret else "", TOWNS[town], phone,
                *((f"Mme Anne FICTIF{contact}", "DRH", f"a{contact}@exemple{number}.fr") if contact else ("", "", "")),
                day, signed,
            ]
        ),
        st.integers(1, 8), st.booleans(), st.integers(0, 3), st.sampled_from(["", "0321000000", "12"]),
        st.integers(0, 2), st.sampled_from(["", "01/02/2026", "03/02/2026", "hier"]),
        st.sampled_from(["", "01/01/2026"]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@contextmanager
def _fresh(lines: list[str]) -> Iterator[tuple[Network, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "liste.csv"
        file.write_text("\n".join([HEADER, *lines]), "utf-8")
        store = open_store(f"{folder}/reseau28.db")
        yield Network(store, ADMIN), file
        store.close()


@settings(max_examples=40, deadline=None)
@given(rows)
def test_the_plan_counts_what_the_run_does_and_a_second_run_changes_nothing(
    lines: list[str],
) -> None:
    with _fresh(lines) as (network, file):
        planned = plan(network, [file]).tally
        first = run(network, [file])
        assert (planned.rows, planned.related, planned.codes) == (
            first.tally.rows, first.tally.related, first.tally.codes
        )  # fmt: skip
        assert first.tally.rows.total() == len(lines)
        if first.tally.codes["probable"]:
            return  # a later row may have brought what tells an earlier one for certain
        second = run(network, [file])
        assert (second.run, second.created, second.updated, second.related) == (None, 0, 0, {})
        assert verify(network) == []


@settings(max_examples=30, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_that_do_not_contradict_each_other_does_not_matter(
    lines: list[str], chance: random.Random
) -> None:
    one_each = list({line.split(";")[0]: line for line in lines}.values())
    with _fresh(one_each) as (network, file):
        run(network, [file])
        chance.shuffle(one_each)
        file.write_text("\n".join([HEADER, *one_each]), "utf-8")
        assert run(network, [file]).run is None
