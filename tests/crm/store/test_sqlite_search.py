"""What a search costs where matches are many."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm.store import open_store
from crm.store.sqlite.search import Search
from graph_schema.records import NodeRecord
from tests.contract.samples import exchange, organisation, person, save

PROGRAMMES = [NodeRecord(f"g{n}", "Programme", 1, {"title": f"Garage {n}"}) for n in range(3)]


def test_only_types_of_which_much_is_found_are_asked_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    real = Search._holding

    def counted(tx: Search, expression: str, types: Sequence[Any], most: int) -> dict[int, str]:
        asked.append([type.name for type in types])
        return real(tx, expression, types, most)

    monkeypatch.setattr(Search, "_holding", counted)
    with closing(open_store(str(tmp_path / "essai.db"))) as store:
        save(store, *(organisation(f"o{n:03}", f"Garage {n:03}") for n in range(620)))
        save(store, *(exchange(f"e{n:03}", "2026-01-01", subject="Garage") for n in range(620)))
        save(store, *PROGRAMMES, person("p1", "Garage"))
        found = store.read(lambda tx: tx.search("garage", limit=4, each=True))
        many = [record.id for record in found]
        assert many[:3] == ["p1", "e000", "e001"]
        assert sorted(id for id in many if id[0] == "g") == ["g0", "g1", "g2"]
        assert len(many) == 12
        assert len(asked) <= 9
        assert {name for names in asked if len(names) == 1 for name in names} == {"Organisation", "Exchange"}
        asked.clear()
        assert [record.id for record in store.read(lambda tx: tx.search("garage 007"))] == ["o007"]
        assert len(asked) == 1
