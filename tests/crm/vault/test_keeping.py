"""How a file is kept is told without reading it: where, for who administers; its last check, for who may know."""

from dataclasses import replace

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import deposits, readings
from crm.vault.keeping import keeping
from crm.vault.place import vault_of
from tests.crm.vault.conftest import PDF, name_of, put, raw


def test_a_file_is_said_to_be_where_it_is_until_it_is_not(kept: Network) -> None:
    id = put(kept)
    assert keeping(kept, id) == (vault_of(kept).medium.address, True, None)
    del raw(kept)[name_of(kept, id)]
    assert not keeping(kept, id).present


def test_a_destroyed_file_is_there_no_more(kept: Network) -> None:
    id = put(kept)
    deposits.destroy(kept, id, "Durée dépassée")
    assert not keeping(kept, id).present


def test_the_last_check_is_that_of_the_proof_or_of_the_whole_vault(kept: Network) -> None:
    one, other = put(kept), put(kept, PDF + b"2")
    whole = readings.check(kept).attestation
    alone = readings.check(kept, one).attestation
    assert keeping(kept, one).checked == alone
    assert keeping(kept, other).checked == whole


def test_a_reader_learns_neither_the_place_nor_who_checked(kept: Network) -> None:
    id = put(kept)
    readings.check(kept, id)
    reader, auditor = (replace(kept, actor=Actor("M. Fictif", role)) for role in (Role.READER, Role.AUDITOR))
    assert keeping(reader, id) == ("", True, None)
    assert keeping(auditor, id).checked is not None
