"""The branches professionnelles, from @socialgouv/kali-data (fonds KALI of the DILA)."""

import json
from pathlib import Path


def branches(package: Path) -> list[tuple[str, str, str]]:
    """Return IDCC (four digits), usual name and headcount of every convention that the package lists, by IDCC."""
    rows = json.loads((package / "data" / "index.json").read_text("utf-8"))
    found = {
        str(row["num"]).zfill(4): (" ".join(row["shortTitle"].split()), str(row.get("effectif") or "")) for row in rows
    }
    return [(idcc, name, headcount) for idcc, (name, headcount) in sorted(found.items())]
