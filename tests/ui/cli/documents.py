"""``python -m tests.ui.cli.documents STORE``: what every command that only reads writes with ``--json``, as one text.

Commands, their options and the choices of these are those that click knows, so that a new command is here as soon as it
exists. A command that asks for something new is given it in ``GIVEN``, and one that writes is named in ``WRITES``.
"""

import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ui.cli import cli, run
from ui.cli.values import Choice

ON = "2026-11-20"
GIVEN: Mapping[str, tuple[str, ...]] = {
    "JOUR": ("2026-01-01",),
    "[JOUR]": (ON,),
    "ID": ("org-0001", "pers-0001", "prog-01", "org-0015"),
    "[ID]": ("org-0001",),
    "ID…": ("org-0001", "pers-0001"),
    "TEXTE…": ("exemple", "garage"),
    "TEXTE": ("exemple",),
    "NOM": ("C. Exemple",),
    "TERRITOIRE": ("departement:62",),
    "N": ("3",),
    "--depth": (),  # goes with --around, of which the depth by default is tried
    "--around": ("org-0001",),
    "--receipt": (),
    "--report": (),
}
"""What to give, by what the help page calls it (or by the option's name)."""

WRITES = frozenset({
    "serve", "demo", "import", "imports", "undo", "store copy", "backup", "restore", "migrate", "account add",
    "account remove", "log", "receipt", "evidence add", "evidence show", "evidence get", "evidence list",
    "evidence check", "evidence journal", "evidence destroy", "evidence vault", "evidence texts", "redact",
    "merge", "split",
})  # fmt: skip
"""Commands that change something (each of those on proofs is attested), ``imports``, which tells of them, and
``receipt``, which tells of its own instant."""

OF_THE_STORE = frozenset({"store info", "doctor", "account list"})
"""Commands that tell of the store itself or of this machine: two stores have each their own."""


def invocations() -> Iterator[tuple[str, list[str]]]:
    """The name of each command that only reads, with each way to call it."""
    for name, command in _commands(cli, ""):
        if name not in WRITES:
            arguments = [each for each in command.params if isinstance(each, click.Argument)]
            options = [each for each in command.params if isinstance(each, click.Option)]
            base = [value for each in arguments if _always(each) for value in _values(each)[:1]]
            always = ["--on", ON] if any("--on" in each.opts for each in options) else []
            always += ["--out", "remis.json"] if any("--out" in each.opts and each.required for each in options) else []
            for given in _varied(arguments, base):
                yield name, [*name.split(), *given, *always]
            for option in options:
                if not {"--on", "--json", "--store", "--help", "--out"} & {*option.opts}:
                    for values in [[]] if option.is_flag else [[value] for value in _values(option)]:
                        yield name, [*name.split(), *base, option.opts[0], *values, *always]


def _varied(arguments: list[click.Argument], base: list[str]) -> Iterator[list[str]]:
    yield base
    for at, each in enumerate(arguments):
        if _always(each):
            yield from ([*base[:at], value, *base[at + 1 :]] for value in _values(each)[1:])
        else:
            yield from ([*base[:at], value] for value in _values(each))


def _always(argument: click.Argument) -> bool:
    """Whether to give it each time: a day left out is today, which would not be the same one at midnight."""
    return argument.required or argument.metavar == "[JOUR]"


def _commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _values(parameter: click.Parameter) -> tuple[str, ...]:
    if isinstance(parameter.type, Choice):
        return parameter.type.values
    if parameter.opts[0] in GIVEN:
        return GIVEN[parameter.opts[0]]
    if parameter.metavar == "FICHIER":
        return ("reseau.gexf", "reseau.graphml", "reseau.svg", "reseau.html")
    named = parameter.metavar or ""
    assert named in GIVEN, f"say in GIVEN what to give for {named} ({parameter.opts[0]})"
    return GIVEN[named]


def documents(store: str) -> dict[str, str]:
    """What each invocation writes on a store, and the files that it leaves, by its words."""
    found: dict[str, str] = {}
    for name, words in invocations():
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run([*words, "--json", "--store", store])
        assert status in (0, 3), (words, out.getvalue(), err.getvalue())
        mark = "store: " if name in OF_THE_STORE else ""
        found[mark + " ".join(words)] = out.getvalue()
        for file in sorted(Path.cwd().iterdir()):
            found[f"{mark}{' '.join(words)} → {file.name}"] = file.read_text(encoding="utf-8")
            file.unlink()
    return found


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        written = json.dumps(documents(sys.argv[1]), ensure_ascii=False)
    sys.stdout.write(written)
