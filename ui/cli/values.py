"""The kinds of values that commands take: choices, days, numbers; a wrong one is told with what is allowed."""

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from crm import days
from crm.files import private
from graph_schema.declaration import Vocabulary
from graph_schema.text import fold


class Choice(click.ParamType[Any]):
    """One of a closed list, typed as its value or its French label, accents and case aside."""

    name = "choix"

    def __init__(self, values: Iterable[str]) -> None:
        self.values = tuple(values)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        wanted = fold(str(value))
        for each in self.values:
            label = each.label if isinstance(each, Vocabulary) else ""
            if wanted and wanted in (fold(each), fold(label)):
                return each
        allowed = ", ".join(str(each) for each in self.values)
        raise click.BadParameter(
            f"« {value} » n'est pas une valeur possible ; choisissez parmi : {allowed}.", ctx, param
        )


class DayParameter(click.ParamType[date]):
    """A day, typed 2026-03-12 or 12/03/2026."""

    name = "jour"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day = value if isinstance(value, date) else _day(str(value).strip())
        if day is None:
            raise click.BadParameter(f"« {value} » n'est pas un jour : écrivez AAAA-MM-JJ ou jj/mm/aaaa.", ctx, param)
        if not days.FIRST <= day <= days.LAST:
            bounds = f"de {days.FIRST.year} à {days.LAST.year}"
            raise click.BadParameter(f"« {value} » est trop loin : donnez un jour {bounds}.", ctx, param)
        return day


def _day(text: str) -> date | None:
    try:
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:  # the 31st of a short month
        return None


class Whole(click.ParamType[int]):
    """A whole number within bounds."""

    name = "nombre"

    def __init__(self, least: int, most: int = 2**31) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if re.fullmatch(r"-?\d{1,12}", text, re.ASCII) and self._least <= int(text) <= self._most:
            return int(text)
        bounds = f"au moins {self._least}" if self._most == 2**31 else f"entre {self._least} et {self._most}"
        raise click.BadParameter(f"« {value} » n'est pas un nombre entier ({bounds}).", ctx, param)


class Out(click.ParamType[Path]):
    """The name of a file to write, its leading « ~ » read; « - » is none: standard output holds the result already.

    Whether what is there may be replaced is said by the command.
    """

    name = "fichier"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.path.expanduser(value))  # noqa: PTH111  # the home of nobody stays as written, where Path raises
        private.check_named(path, (param.name if param else None) or "file")
        return path


on_option = click.option(
    "--on",
    type=DayParameter(),
    default=days.today,
    metavar="JOUR",
    help="À la date du (AAAA-MM-JJ ou jj/mm/aaaa ; sinon aujourd'hui).",
)
limit_option = click.option("--limit", type=Whole(1), metavar="N", help="Les N premières lignes seulement.")
