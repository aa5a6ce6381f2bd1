"""Imports on the command line: plan, review, run; workbooks to fill."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click

from crm.documents.gate import blank
from crm.documents.places import keep
from crm.documents.spreadsheets import workbook_bytes
from crm.errors import InputError
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, number, plural
from importers.choices import chosen
from importers.faults import REPAIRED, ImportFault
from importers.formats import formats
from importers.joining.outcomes import Outcome, Related, Tally
from importers.plan import plan
from importers.progress import Progress
from importers.reading import templates
from importers.reading.mapping import label
from importers.report import write_faults
from importers.run import ImportReport, run
from ui.accounts import our_names
from ui.cli import output
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.values import Choice, Out

_TEMPLATES = {SCHEMA.nodes[type].about.plural.lower(): type for type in templates.TYPES}
"""The sorts of records of which there is a template, by what people call them."""


_SHOWN = 5


_FAULTS_SHOWN = 10


_COLUMNS_SHOWN = 40


_WORDS = {
    Outcome.CREATED: "à créer", Outcome.UPDATED: "à mettre à jour", Outcome.UNCHANGED: "inchangées",
    Outcome.CONFLICT: "à regarder", Outcome.REFUSED: "refusées",
}  # fmt: skip


_DONE = {**_WORDS, Outcome.CREATED: "créées", Outcome.UPDATED: "mises à jour"}


@click.command(
    "import",
    cls=Command,
    rank=30,
    epilog="\b\n" + "\n".join(["Formats reconnus :", *(f"- {each.label}" for each in formats())]),
)
@click.argument("files", metavar="FICHIER…", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
@click.option("--yes", is_flag=True, help="Appliquer sans demander.")
@click.option(
    "--report", type=Out(), metavar="RAPPORT", help="Écrire toutes les anomalies dans ce fichier (.csv ou .json)."
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLONNE=CHAMP",
    help='Dire ce qu\'une colonne donne, par exemple "Intitulé=Raison sociale" ; à répéter.',
)
@click.option("--skip", "skips", multiple=True, metavar="COLONNE", help="Ne pas lire cette colonne ; à répéter.")
@click.option(
    "--template",
    type=Choice(_TEMPLATES),
    metavar="SORTE",
    help=f"Écrire, avec --out, un classeur vide à remplir, dont les intitulés s'importent : {', '.join(_TEMPLATES)}.",
)
@click.option("--out", type=Out(), metavar="CLASSEUR", help="Le classeur de --template (.xlsx), qui est remplacé.")
@pass_session
@click.pass_context
def import_(
    ctx: click.Context, session: Session, files: tuple[str, ...], dry_run: bool, yes: bool, report: Path | None,
    maps: tuple[str, ...], skips: tuple[str, ...], template: str | None, out: Path | None,
) -> None:  # fmt: skip
    """Importer des partenaires depuis des fichiers : plan, relecture, puis écriture."""
    if template or out:
        _write_template(ctx, session, files, template, out)
        return
    if not files:
        raise click.MissingParameter(ctx=ctx, param=next(each for each in ctx.command.params if each.name == "files"))
    if not (dry_run or yes or output.on_terminal()):
        raise click.UsageError(
            "Sans terminal, ajoutez --yes pour appliquer l'import, ou --dry-run pour le plan seul.", ctx
        )
    network = session.network(create=True)
    paths = [Path(file).expanduser() for file in files]
    mapping = chosen(paths, maps, skips, our_names(network.actor))
    faults: list[ImportFault] = []
    if dry_run or not yes:
        with _heard(report if dry_run else None, faults, session.json) as hear, _watched("Lecture") as watch:
            tally = plan(network, paths, mapping, watch, hear).tally
        if dry_run or not _accepted(tally):
            _conclude(ctx, session, None, tally, faults, _WORDS)
            return
        faults.clear()
    with _heard(report, faults, session.json) as hear, _watched("Import") as watch:
        done = run(network, paths, mapping, watch, hear)
    _tell_resumed(done)
    _conclude(ctx, session, done.run, done.tally, faults, _DONE)


def _write_template(
    ctx: click.Context, session: Session, files: Sequence[str], template: str | None, out: Path | None
) -> None:
    """Write the empty workbook of a sort of records; it is one sheet to fill and one that tells what is accepted."""
    if not (template and out) or files:
        raise click.UsageError("--template SORTE et --out CLASSEUR vont ensemble, sans fichier à importer.", ctx)
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"« {out.name} » : le nom du classeur doit finir par .xlsx.", field="out")
    type = _TEMPLATES[template]
    sheets = [(SCHEMA.nodes[type].about.plural, templates.headers(type), ()), templates.guide(type)]
    keep(out, blank(out.name, workbook_bytes(sheets)), field="out")
    columns = list(templates.headers(type))
    session.give({"file": str(out), "columns": columns}, lambda: [f"{count(len(columns), 'colonne')} dans {out}."])


@contextmanager
def _heard(report: Path | None, faults: list[ImportFault], keep: bool) -> Iterator[Callable[[ImportFault], None]]:
    """Where faults go while they are found: into the report, and kept when the result is to hold them all."""
    writing: AbstractContextManager[Callable[[ImportFault], None]] = (
        write_faults(report) if report else nullcontext(lambda fault: None)
    )
    with writing as write:

        def hear(fault: ImportFault) -> None:
            write(fault)
            if keep:
                faults.append(fault)

        yield hear


@contextmanager
def _watched(label: str) -> Iterator[Callable[[Progress], None]]:
    with output.progress(label) as draw:
        yield lambda progress: draw(progress.position, progress.total)


def _accepted(tally: Tally) -> bool:
    """Show the plan where it does not mix with the result, and ask."""
    for line in _plan_text(tally, _WORDS):
        output.say(line)
    if not (tally.rows[Outcome.CREATED] or tally.rows[Outcome.UPDATED] or tally.related):
        return False
    return output.confirm("Appliquer ?")


def _conclude(
    ctx: click.Context, session: Session, run_id: str | None, tally: Tally, faults: Sequence[ImportFault],
    words: dict[Outcome, str],
) -> None:  # fmt: skip
    document = {"run": run_id, **{outcome.value: tally.rows[outcome] for outcome in Outcome},
                "columns": [column._asdict() for column in tally.columns],
                "faults": [fault._asdict() for fault in faults]}  # fmt: skip
    session.give(document, lambda: _result_text(run_id, tally, words))
    if tally.rows[Outcome.REFUSED]:
        ctx.exit(FAULTS_FOUND)


def _tell_resumed(done: ImportReport) -> None:
    if done.resumed:
        output.say("Cet import avait été interrompu : il a repris où il s'était arrêté.")


def _result_text(run_id: str | None, tally: Tally, words: dict[Outcome, str]) -> Iterator[str]:
    if words is _WORDS:
        yield from _plan_text(tally, words)
        yield "Rien n'a été écrit."
        return
    yield _counts(tally, words)
    yield from _left_text(tally)
    yield from _faults_text(tally)
    if run_id is None and any(column.target is None for column in tally.columns):
        yield "Le réseau savait déjà tout ce qui est repris : rien n'a changé."
    elif run_id is None:
        yield "Le réseau savait déjà tout : rien n'a changé."
    else:
        yield f"Import {run_id} terminé. Pour l'annuler : reseau28 undo {run_id}"


def _plan_text(tally: Tally, words: dict[Outcome, str]) -> Iterator[str]:
    yield _counts(tally, words)
    yield from _columns_text(tally)
    for outcome in Outcome:
        rows = tally.details[outcome][:_SHOWN] if outcome is not Outcome.UNCHANGED else []
        if rows:
            yield f"{outcome.label} :"
        for row in rows:
            yield f"  ligne {row.row} · {row.name or 'sans nom'} · {row.reason}"
    yield from _faults_text(tally)


def _columns_text(tally: Tally) -> Iterator[str]:
    """What each column is read as, sheet by sheet."""
    sheets = dict.fromkeys((column.file, column.sheet) for column in tally.columns)
    for file, sheet in sheets:
        columns = [column for column in tally.columns if (column.file, column.sheet) == (file, sheet)]
        yield f"Colonnes de {file}{f', feuille {sheet}' if sheet else ''} :"
        for column in columns[:_COLUMNS_SHOWN]:
            target = label(column.target) if column.target else "non reprise"
            yield f"  {column.header or 'sans intitulé'} → {target} ({column.why.removeprefix('non reprise : ')})"
        if len(columns) > _COLUMNS_SHOWN:
            yield f"  … et {count(len(columns) - _COLUMNS_SHOWN, 'autre')} (toutes avec --json)."


def _left_text(tally: Tally) -> Iterator[str]:
    """How many columns were read, and which were not and why."""
    left = [column for column in tally.columns if column.target is None]
    if tally.columns:
        read = count(len(tally.columns) - len(left), "colonne reprise", "colonnes reprises")
        yield f"Colonnes : {read}, {number(len(left))} non {plural(len(left), 'reprise')}{' :' if left else '.'}"
    for column in left[:_COLUMNS_SHOWN]:
        yield f"  {column.header or 'sans intitulé'} ({column.why.removeprefix('non reprise : ')})"
    if len(left) > _COLUMNS_SHOWN:
        yield f"  … et {count(len(left) - _COLUMNS_SHOWN, 'autre')} (toutes avec --json)."


def _counts(tally: Tally, words: dict[Outcome, str]) -> str:
    rows = [f"{number(tally.rows[outcome])} {word}" for outcome, word in words.items()]
    related = [count(tally.related[kind], kind.label) for kind in Related if tally.related[kind]]
    return f"Lignes : {', '.join(rows)}." + (f" Avec elles : {', '.join(related)}." if related else "")


def _faults_text(tally: Tally) -> Iterator[str]:
    repaired = tally.codes[REPAIRED]
    for total, noun, repairs in ((tally.codes.total() - repaired, "anomalie", False), (repaired, "réparation", True)):
        told = [fault for fault in tally.faults if fault.repair is repairs][:_FAULTS_SHOWN]
        if total:
            yield f"{count(total, noun)} :"
        yield from (f"  {_where(fault)} : {fault.message} {fault.hint}" for fault in told)
        if total > len(told):
            yield f"  … et {count(total - len(told), 'autre')} (toutes avec --report FICHIER)."


def _where(fault: ImportFault) -> str:
    sheet = f", feuille {fault.sheet}" if fault.sheet else ""
    row = f", ligne {fault.row}" if fault.row else ""
    return f"{fault.file}{sheet}{row}" + (f", colonne « {fault.column} »" if fault.column else "")
