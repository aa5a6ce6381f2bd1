"""Reading of the packaged files: gzip'd tab-separated tables and JSON, written by `tools.build_territory`."""

import gzip
import json
from importlib.resources import files
from typing import Any

_FOLDER = "data"


def table(name: str) -> list[list[str]]:
    """Return the rows of `<name>.tsv.gz`, its header left out."""
    text = gzip.decompress(_bytes(f"{name}.tsv.gz")).decode()
    return [line.split("\t") for line in text.splitlines()[1:]]


def document(name: str) -> Any:
    """Return the content of `<name>.json`, or of `<name>.json.gz` where the file is a large one."""
    if (files(__package__) / _FOLDER / f"{name}.json").is_file():
        return json.loads(_bytes(f"{name}.json"))
    return json.loads(gzip.decompress(_bytes(f"{name}.json.gz")))


def _bytes(name: str) -> bytes:
    return (files(__package__) / _FOLDER / name).read_bytes()
