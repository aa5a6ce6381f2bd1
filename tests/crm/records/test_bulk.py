"""One change to many partners: one act, one way back."""

from collections.abc import Sequence

import pytest

from crm.errors import Forbidden, InputError
from crm.ledger.undo import undo_commit
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import bulk, organisations
from crm.records.bulk import Edit
from graph_schema.records import Values
from graph_schema.snapshot import OrganisationRow


def filled(network: Network, many: int = 3, **values: str | list[str]) -> list[str]:
    """Partners added; their ids."""
    return [organisations.create(network, {"name": f"Garage Exemple {n}", **values}).value for n in range(many)]


def seen(network: Network, ids: Sequence[str]) -> list[OrganisationRow]:
    """These partners as the list shows them."""
    rows = measures(network, network.today()).relations.snapshot.organisations
    return [rows[id] for id in ids]


def values(network: Network, ids: Sequence[str]) -> list[Values]:
    found = network.read(lambda tx: tx.get(ids))
    return [found[id].values for id in ids]


def test_a_selection_changes_in_one_commit_and_goes_back_in_one(network: Network) -> None:
    ids = filled(network, tags=["club"])
    before = values(network, ids)
    change = Edit({"owner": "J. Fictif", "tier": "A"}, add=("salon",), remove=("Club",))
    done = bulk.edit(network, seen(network, ids), change)
    assert (done.changed, done.kept, len(done.commits)) == (3, (), 1)
    assert all(v["owner"] == "J. Fictif" and v["tier"] == "A" and v["tags"] == ["salon"] for v in values(network, ids))
    undo_commit(network, done.commits[0])
    assert values(network, ids) == before


def test_a_reminder_is_put_off_for_a_selection(network: Network) -> None:
    ids = filled(network)
    bulk.edit(network, seen(network, ids), Edit({"snoozed_until": "2030-01-01", "snooze_reason": "Congés"}))
    assert all(v["snoozed_until"] == "2030-01-01" and v["snooze_reason"] == "Congés" for v in values(network, ids))


def test_what_someone_else_changed_meanwhile_is_kept_and_named(network: Network) -> None:
    ids = filled(network)
    rows = seen(network, ids)
    organisations.edit(network, ids[1], {"owner": "C. Exemple"}, 1)
    organisations.edit(network, ids[2], {"note": "sans rapport"}, 1)
    done = bulk.edit(network, rows, Edit({"owner": "J. Fictif"}))
    assert done.kept == ("Garage Exemple 1",)
    assert [v.get("owner") for v in values(network, ids)] == ["J. Fictif", "C. Exemple", "J. Fictif"]


def test_a_partner_that_is_gone_is_named(network: Network) -> None:
    ids = filled(network)
    rows = seen(network, ids)
    organisations.delete(network, ids[0])
    done = bulk.edit(network, rows, Edit(add=("salon",)))
    assert (done.changed, done.kept) == (2, ("Garage Exemple 0",))


def test_tags_added_by_two_people_add_up(network: Network) -> None:
    ids = filled(network, 1)
    rows = seen(network, ids)
    for tag in ("club", "salon", "Club"):
        assert bulk.edit(network, rows, Edit(add=(tag,))).kept == ()
    assert values(network, ids)[0]["tags"] == ["club", "salon"]


def test_many_are_changed_by_a_run_of_commits(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LIMIT", 2)
    ids = filled(network, 5)
    done = bulk.edit(network, seen(network, ids), Edit({"owner": "J. Fictif"}))
    assert [commit.changes for commit in done.commits] == [2, 2, 1]
    assert len({commit.run for commit in done.commits}) == 1
    assert done.commits[0].run is not None


def test_changing_nothing_writes_nothing(network: Network) -> None:
    ids = filled(network, owner="J. Fictif")
    done = bulk.edit(network, seen(network, ids), Edit({"owner": "J. Fictif"}))
    assert (done.commits, done.changed) == ((), 0)


@pytest.mark.parametrize("fields", [{"name": "Autre"}, {"siret": "1"}])
def test_only_some_fields_may_be_set_on_many(fields: dict[str, str]) -> None:
    with pytest.raises(InputError):
        Edit(fields)


def test_nobody_or_nothing_is_refused_as_is_a_reader(network: Network) -> None:
    rows = seen(network, filled(network, 1))
    with pytest.raises(InputError, match="Choisissez"):
        bulk.edit(network, [], Edit(add=("x",)))
    with pytest.raises(InputError, match="Dites"):
        bulk.edit(network, rows, Edit())
    with pytest.raises(Forbidden):
        bulk.edit(Network(network.store, Actor("L. Exemple", Role.READER)), rows, Edit(add=("x",)))
