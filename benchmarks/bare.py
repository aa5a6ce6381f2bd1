"""The floor of an import: the same file read with ``csv``, the same rows written, and nothing else done.

No validation, no matching, no reading before writing, no digest: constants of their length stand for those.
"""

import csv
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from operator import itemgetter
from pathlib import Path

import orjson
from neo4j import Driver, GraphDatabase

from benchmarks.annuaire import HEADER
from importers.batches import COMMIT_CHANGES

AT = "2026-01-05T09:00:00.000000+00:00"
DIGEST = "0" * 64
SALT = "0" * 32
ROWS = 2_000
"""Rows given to one UNWIND, as many as the store gives."""

_FIELDS = {
    "denominationUniteLegale": "name", "siren": "siren", "siret": "siret", "activitePrincipaleEtablissement": "naf",
    "nomenclatureActivitePrincipaleEtablissement": "naf_version", "categorieJuridiqueUniteLegale": "legal_category",
    "trancheEffectifsEtablissement": "headcount", "libelleVoieEtablissement": "address",
    "codePostalEtablissement": "postal_code", "libelleCommuneEtablissement": "city",
    "codeCommuneEtablissement": "commune",
}  # fmt: skip
_CONSTANT = {"kind": "entreprise", "functions": [], "idcc": [], "tier": "C", "source": "Import : annuaire.csv"}


def batches(file: Path) -> Iterator[list[tuple[str, dict[str, object]]]]:
    """The rows of an export as ids and values, in the batches that an import commits."""
    names = tuple(_FIELDS.values())
    pick = itemgetter(*(HEADER.index(column) for column in _FIELDS))
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        numbered = enumerate(reader)
        while batch := list(islice(numbered, COMMIT_CHANGES)):
            yield [(f"{n:018d}", dict(zip(names, pick(cells), strict=True)) | _CONSTANT) for n, cells in batch]


def to_sqlite(file: Path, store: Path) -> None:
    """Write the file into a new store, whose tables and indexes the product has made."""
    with closing(sqlite3.connect(store, isolation_level=None)) as db:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -32000"):
            db.execute(f"PRAGMA {pragma}")
        for number, batch in enumerate(batches(file), 1):
            db.execute("BEGIN IMMEDIATE")
            bodies = [(id, values, orjson.dumps(values).decode()) for id, values in batch]
            first = (number - 1) * COMMIT_CHANGES + 1
            db.executemany(
                "INSERT INTO node (pk, id, type, revision, caption, body) VALUES (?, ?, 'Organisation', 1, ?, ?)",
                ((pk, id, _caption(values), body) for pk, (id, values, body) in enumerate(bodies, first)),
            )
            db.executemany(
                "INSERT INTO search (rowid, text) VALUES (?, ?)",
                ((pk, f"_organisation {_line(values)}") for pk, (_, values) in enumerate(batch, first)),
            )
            db.execute("INSERT INTO commits VALUES (?, ?, '', '', '', 'run', ?, ?, ?, ?, '{}', 2, ?, ?)",
                       (number, AT, f"{number:032d}", len(batch), DIGEST, DIGEST, SALT, DIGEST))  # fmt: skip
            db.executemany(
                "INSERT INTO change VALUES (?, ?, 'create', ?, 'Organisation', NULL, NULL, 1, NULL, ?, ?, ?, ?, ?)",
                ((number, place, id, body, DIGEST, SALT, DIGEST, DIGEST) for place, (id, _, body) in enumerate(bodies)),
            )
            db.execute("COMMIT")


def to_neo4j(file: Path, uri: str, user: str, password: str) -> None:
    """Write the file into an empty database, whose constraints and indexes the product has made."""
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        for number, batch in enumerate(batches(file), 1):
            _commit(driver, number, batch)


def _commit(driver: Driver, number: int, batch: list[tuple[str, dict[str, object]]]) -> None:
    commit = {"number": number, "at": AT, "run": "run", "token": f"{number:032d}", "changes": len(batch),
              "previous": DIGEST, "digest": DIGEST, "detail": "{}", "version": 2, "salt": SALT,
              "private": DIGEST}  # fmt: skip
    nodes = [
        {**values, "id": id, "revision": 1, "caption_": _caption(values), "search_": _line(values)}
        for id, values in batch
    ]
    changes = [
        {"commit": number, "position": place, "action": "create", "id": id, "type": "Organisation", "revision": 1,
         "after": orjson.dumps(values).decode(), "state": DIGEST, "salt": SALT, "digest": DIGEST, "content": DIGEST}
        for place, (id, values) in enumerate(batch)
    ]  # fmt: skip
    with driver.session(database="neo4j") as session, session.begin_transaction() as tx:
        for start in range(0, len(nodes), ROWS):
            tx.run("UNWIND $rows AS row CREATE (n:Record:Organisation:Entreprise) SET n = row",
                   rows=nodes[start : start + ROWS]).consume()  # fmt: skip
        tx.run("CREATE (k:Commit) SET k = $commit", commit=commit).consume()
        for start in range(0, len(changes), ROWS):
            tx.run("UNWIND $rows AS row CREATE (c:Change) SET c = row", rows=changes[start : start + ROWS]).consume()
        tx.commit()


def _caption(values: Mapping[str, object]) -> str:
    return str(values["name"]).lower()


def _line(values: Mapping[str, object]) -> str:
    return f"{values['name']} {values['siret']} {values['city']}".lower()
