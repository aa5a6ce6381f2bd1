"""Constraints and indexes of the database, derived from the declared types."""

from collections.abc import Iterator

from crm.store.neo4j.codec import CAPTION, RECORD, SEARCH
from graph_schema.registry import SCHEMA
from graph_schema.types import LinkType, NodeType

OURS = "reseau28_"
"""What the names of our constraints and indexes begin with."""

STORE_UNIQUE = f"{OURS}store_unique"
"""The constraint that allows one node only to be the store's."""

# Indexed texts are folded already and must be found whole: an analyser with stop words would lose « AT » or « Or ».
_FULLTEXT = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"


def statements() -> dict[str, str]:
    """The definition of every constraint and index, by its name, which changes whenever the definition does."""
    return {f"{OURS}{name}": text for name, text in _definitions()}


def search_index(type: NodeType) -> str:
    """The name of the full-text index of a node type."""
    return f"{OURS}{type.name}_search"


def creation(name: str) -> str:
    """The statement that creates the constraint or index of this name."""
    text = statements()[name]
    return f"CREATE {_kind(text)} {name} IF NOT EXISTS {text}"


def is_constraint(name: str) -> bool:
    """Whether what is declared under this name is a constraint, which has an index of its own."""
    return _kind(statements()[name]) == "CONSTRAINT"


def _definitions() -> Iterator[tuple[str, str]]:
    yield "store_unique", "FOR (n:Store) REQUIRE n.application IS UNIQUE"
    yield "record_id_unique", f"FOR (n:{RECORD}) REQUIRE n.id IS UNIQUE"
    yield "commit_number_unique", "FOR (n:Commit) REQUIRE n.number IS UNIQUE"
    yield "commit_token_unique", "FOR (n:Commit) REQUIRE n.token IS UNIQUE"
    yield "commit_run", "FOR (n:Commit) ON (n.run)"
    yield "change_position_unique", "FOR (n:Change) REQUIRE (n.commit, n.position) IS UNIQUE"
    yield "change_record", "FOR (n:Change) ON (n.id, n.commit, n.position)"
    for node in SCHEMA.nodes.values():
        yield from _node(node)
    for link in SCHEMA.links.values():
        yield from _link(link)


def _node(type: NodeType) -> Iterator[tuple[str, str]]:
    yield f"{type.name}_caption", f"FOR (n:{type.name}) ON (n.{CAPTION})"
    for field in type.fields_with("unique"):
        yield f"{type.name}_{field.name}_unique", f"FOR (n:{type.name}) REQUIRE n.{field.name} IS UNIQUE"
    for field in type.fields_with("index"):
        if not field.about.unique:
            yield f"{type.name}_{field.name}", f"FOR (n:{type.name}) ON (n.{field.name})"
    if type.fields_with("search"):
        yield f"{type.name}_search", f"FOR (n:{type.name}) ON EACH [n.{SEARCH}] {_FULLTEXT}"


def _link(type: LinkType) -> Iterator[tuple[str, str]]:
    yield f"{type.name}_id_unique", f"FOR ()-[r:{type.relation}]-() REQUIRE r.id IS UNIQUE"


def _kind(text: str) -> str:
    if " REQUIRE " in text:
        return "CONSTRAINT"
    return "FULLTEXT INDEX" if " ON EACH " in text else "INDEX"
