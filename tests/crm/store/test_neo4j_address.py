"""Addresses of Neo4j databases."""

import pytest

from crm.errors import InputError
from crm.store.neo4j.address import SCHEMES, Address, parse_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neo4j://marie@graphe.exemple.fr:7688/reseau", ("neo4j", "marie", "graphe.exemple.fr", 7688, "reseau")),
        ("bolt://127.0.0.1", ("bolt", "neo4j", "127.0.0.1", 7687, "neo4j")),
        ("neo4j+s://m%40exemple.fr@abc.exemple.fr/", ("neo4j+s", "m@exemple.fr", "abc.exemple.fr", 7687, "neo4j")),
        ("bolt://neo4j@[::1]:7690/neo4j", ("bolt", "neo4j", "::1", 7690, "neo4j")),
    ],
)  # fmt: skip
def test_user_port_and_database_may_be_left_out(text: str, expected: tuple[str, str, str, int, str]) -> None:
    assert parse_address(text) == Address(*expected)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_driver_is_given_no_user(scheme: str) -> None:
    address = parse_address(f"{scheme}://marie@graphe.exemple.fr/base")
    assert address.uri == f"{scheme}://graphe.exemple.fr:7687"


@pytest.mark.parametrize("text", ["neo4j://m%C3%A9lanie%20x@[::1]:7690/base", "bolt://graphe.exemple.fr"])
def test_what_is_shown_can_be_read_again(text: str) -> None:
    assert parse_address(str(parse_address(text))) == parse_address(text)


@pytest.mark.parametrize("text", ["neo4j://marie:secret@h", "bolt://marie:secret@h:7687/base", "neo4j://:secret@h"])
def test_a_password_in_the_address_is_refused_unrepeated(text: str) -> None:
    with pytest.raises(InputError, match="RESEAU28_NEO4J_PASSWORD") as refused:
        parse_address(text)
    assert refused.value.code == "password_in_address"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "http://h", "neo4j:", "neo4j://", "neo4j://h:port", "neo4j://h:99999", "neo4j://[::1", "neo4j://h/a/b",
     "neo4j://h/base?region=nord", "neo4j://h/base#x", "neo4j://h/`x`"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="neo4j://") as refused:
        parse_address(text)
    assert refused.value.field == "store"
