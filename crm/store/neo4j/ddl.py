"""Constraints and indexes of the database, derived from the declared types."""

from collections.abc import Iterator

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import ClientError

from crm.store.neo4j.codec import CAPTION, RECORD, SEARCH
from graph_schema.registry import SCHEMA, LinkType, NodeType

_OURS = "reseau28_"
_AWAIT_SECONDS = 600
_ATTEMPTS = 20

# Indexed texts are folded already and must be found whole: an analyser with stop words would lose « AT » or « Or ».
_FULLTEXT = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"


def statements() -> dict[str, str]:
    """The definition of every constraint and index, by its name, which changes whenever the definition does."""
    return {f"{_OURS}{name}": text for name, text in _definitions()}


def search_index(type: NodeType) -> str:
    """The name of the full-text index of a node type."""
    return f"{_OURS}{type.name}_search"


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


def apply(session: Session) -> None:
    """Create what is missing, drop what is ours and declared no more, and wait until all of it can be used.

    Another process may be doing the same: what it did first is then no longer missing.
    """
    for others_turn in reversed(range(_ATTEMPTS)):
        try:
            _change(session)
            break
        except ClientError as error:
            if ".Schema." not in (error.code or "") or not others_turn:
                raise
    session.run("CALL db.awaitIndexes($seconds)", seconds=_AWAIT_SECONDS).consume()


def _change(session: Session) -> None:
    wanted = statements()
    constraints, indexes = _present(session, "CONSTRAINTS"), _present(session, "INDEXES")
    changes = [f"DROP CONSTRAINT {name} IF EXISTS" for name in sorted(constraints - wanted.keys())]
    changes += [f"DROP INDEX {name} IF EXISTS" for name in sorted(indexes - constraints - wanted.keys())]
    changes += [
        f"CREATE {_kind(text)} {name} IF NOT EXISTS {text}"
        for name, text in wanted.items()
        if name not in constraints | indexes
    ]
    if changes:
        session.execute_write(_run, changes)


def _present(session: Session, what: str) -> set[str]:
    listed = session.run(f"SHOW {what} YIELD name WHERE name STARTS WITH $ours", ours=_OURS)
    return {str(record["name"]) for record in listed}


def _run(tx: ManagedTransaction, changes: list[str]) -> None:
    for change in changes:
        tx.run(change).consume()
