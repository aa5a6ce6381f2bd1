"""The versions of a record are told, and an earlier one can come back."""

import pytest

from crm.days import moment
from crm.errors import Forbidden, InputError, StaleRevision
from crm.ledger import redaction
from crm.ledger.versions import Difference, erased_words, restore, versions
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations


def garage(network: Network) -> str:
    """A partner edited twice: revision 3."""
    id = organisations.create(network, {"name": "Garage Exemple", "phone": "03 53 01 00 00"}).value
    organisations.edit(network, id, {"name": "Garage Fictif", "phone": None}, 1)
    organisations.edit(network, id, {"note": "Fermé en août"}, 2)
    return id


def test_versions_say_who_changed_what_newest_first(network: Network) -> None:
    newest, middle, first = versions(network, garage(network))
    assert [each.revision for each in (newest, middle, first)] == [3, 2, 1]
    assert newest.differences == (Difference("note", None, "Fermé en août"),)
    assert set(middle.differences or ()) == {
        Difference("name", "Garage Exemple", "Garage Fictif"), Difference("phone", "03 53 01 00 00", None),
    }  # fmt: skip
    assert (first.action, first.commit.by) == ("create", "C. Exemple")


def test_an_earlier_version_comes_back_as_one_more_change(network: Network) -> None:
    id = garage(network)
    restore(network, id, 1, 3)
    record = network.read(lambda tx: tx.get([id]))[id]
    assert record.revision == 4
    assert record.values == {"name": "Garage Exemple", "kind": "entreprise", "tier": "C", "phone": "03 53 01 00 00"}


def test_restoring_from_a_stale_sheet_is_refused(network: Network) -> None:
    with pytest.raises(StaleRevision):
        restore(network, garage(network), 1, 2)


def test_a_version_that_never_was_cannot_come_back(network: Network) -> None:
    with pytest.raises(InputError, match="ne garde plus"):
        restore(network, garage(network), 9, 3)


def test_a_reader_may_not_see_the_versions(network: Network) -> None:
    id = garage(network)
    with pytest.raises(Forbidden):
        versions(Network(network.store, Actor("L. Exemple", Role.READER)), id)


def test_an_erased_content_says_when_and_by_whom_and_the_erasing_changes_nothing(network: Network) -> None:
    id = garage(network)
    second = versions(network, id)[1].commit.number
    position = redaction.position_of(network, second, id)
    by = redaction.redact(network, second, position, keep_current=True).commit
    erasing, newest, middle, first = versions(network, id)
    assert (erasing.action, erasing.differences, erasing.erased) == ("redact", (), None)
    assert (middle.commit.number, middle.differences, middle.erased) == (second, None, by)
    assert (newest.erased, first.erased) == (None, None)
    assert by is not None
    assert erased_words(middle.erased) == f"contenu effacé du journal le {moment(by.at)}, par C. Exemple"
    organisations.delete(network, id)
    gone = versions(network, id)
    assert [(each.action, each.differences is None) for each in gone] == [
        ("delete", False), ("redact", False), ("update", False), ("update", True), ("create", False),
    ]  # fmt: skip
