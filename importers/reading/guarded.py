"""What a script of ``crm.guarded.child`` tells of a file of others: in pieces, checked as all that is from outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from crm.errors import InputError
from crm.files.system_errors import reason
from crm.guarded import child
from crm.guarded.process import Guarded, Limits, Unanswered
from importers.reading.sources import Source

_T = TypeVar("_T", bound=BaseModel)
_LIMITS = Limits(memory=1 << 30, cpu=120)
_CUT = "« {name} » est incomplet : sa fin manque. Exportez-le à nouveau."
_REFUSED = {
    "cut": _CUT,
    "damaged": "« {name} » ne peut pas être lu : il est abîmé, ou d'une forme inattendue. Exportez-le à nouveau.",
    "memory": "« {name} » demande trop de mémoire : exportez-en une partie seulement.",
    "dead": "La lecture de « {name} » s'est arrêtée net : il est trop gros, ou malformé. Exportez-en une partie.",
    "late": "La lecture de « {name} » prend trop de temps, elle est abandonnée : exportez-en une partie seulement.",
}


def pieces_told(
    source: Source, script: str, arguments: list[str], model: type[_T], limits: Limits = _LIMITS
) -> Iterator[_T]:
    """The pieces that ``script`` finds in a file. Raises ``InputError`` when it cannot read on."""
    pieces = TypeAdapter(list[model])  # type: ignore[valid-type]
    try:
        reader = Guarded(Path(child.__file__).parent / f"{script}.py", [str(source.path), *arguments], limits)
    except OSError as error:
        raise InputError(
            f"« {source.name} » n'est pas lu : son lecteur n'a pas démarré ({reason(error)}).", field="file"
        ) from None
    with reader:
        while answer := _answer(reader, source.name):
            try:
                yield from pieces.validate_python(answer)
            except ValidationError:
                raise _refusal("damaged", source.name) from None


def _answer(reader: Guarded, name: str) -> object:
    try:
        return reader.told(b"r")
    except Unanswered as error:
        raise _refusal(error.code, name) from None


def _refusal(code: str, name: str) -> InputError:
    return InputError(_REFUSED.get(code, _REFUSED["damaged"]).format(name=name), field="file")
