"""Proofs on the command line: deposited, shown, fetched, listed, checked, destroyed; each act with its attestation."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from crm import days
from crm.errors import ConflictError, StoreError
from crm.faults import Fault
from crm.files import media, paths, private
from crm.network import Network
from crm.vault import accepting, checking, continuity, deposits, readings, texts
from crm.vault.access import Act, Attestation
from crm.vault.attested import Attested
from crm.vault.checking import Survey
from crm.vault.deposits import Deposited, Description
from crm.vault.readings import Counts, Metadata
from crm.vault.revisions import ERASED, Revision
from graph_schema.evidence import Evidence, EvidenceKind, period, standing, unmoving
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, number, plural, short_date, weight
from ui.cli import output, statements
from ui.cli.command import CommandGroup, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import moment, table
from ui.cli.summaries import summary
from ui.cli.values import Choice, DayParameter, Out, Whole, limit_option
from ui.fields import said

_LISTED = ("kind", "fact_on", "received_on", "covers_from", "covers_to", "filed_on", "sha256", "url")
_NO_PROOF = "aucune preuve n'a suivi dans ce réseau"
_UNATTESTED = "Le coffre ne peut pas servir : ce contrôle n'y est pas attesté."
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@click.group(cls=CommandGroup, rank=220)
def evidence() -> None:
    """Déposer des preuves, les retrouver, vérifier que leurs fichiers n'ont pas changé."""


@evidence.command("add")
@click.argument("file", metavar="FICHIER|LIEN")
@click.option("--about", multiple=True, metavar="ID", help="Fiche que la preuve concerne ; peut être répétée.")
@click.option("--kind", type=Choice(EvidenceKind), metavar="TYPE", help="Type de preuve, par exemple compte_rendu.")
@click.option("--fact-on", type=DayParameter(), metavar="JOUR", help="Date du fait.")
@click.option("--title", default="", metavar="TEXTE", help="Titre (sinon le nom du fichier).")
@click.option("--received-on", type=DayParameter(), metavar="JOUR", help="Date de réception.")
@click.option("--covers-from", type=DayParameter(), metavar="JOUR", help="Début de la période couverte.")
@click.option("--covers-to", type=DayParameter(), metavar="JOUR", help="Fin de la période couverte.")
@click.option("--page", default="", metavar="TEXTE", help="Page du document qui le dit.")
@click.option("--passage", default="", metavar="TEXTE", help="Passage du document : titre, article, premiers mots.")
@click.option("--confidential", is_flag=True, help="Contenu fermé aux simples lecteurs.")
@click.option("--revises", "revised", metavar="ID", help="Nouvelle révision de cette preuve, au lieu d'une autre.")
@pass_session
def add(session: Session, /, file: str, revised: str | None, **given: Any) -> None:
    """Déposer un fichier dans le coffre, ou déclarer un lien.

    Un lien n'est pas consulté : la preuve reste déclarée. Un même contenu n'est gardé qu'une fois.
    """
    network = session.network()
    if _LINK.match(file):
        if revised:
            raise click.UsageError("--revises attend un fichier, pas un lien.")
        done = deposits.declare(network, file, _description(given))
    else:
        done = _deposited(network, Path(file).expanduser(), revised, given)
    session.give(_deposit_document(done), lambda: _deposit_text(done))


def _deposited(network: Network, path: Path, revised: str | None, given: dict[str, Any]) -> Attested[Deposited]:
    described = None if revised else _description(given)
    if revised and any(given.values()):
        raise click.UsageError("--revises ne change que le fichier : donnez-le seul.")
    with paths.given(path, "file") as stream:
        if described is None:
            return deposits.revise(network, str(revised), stream, path.name)
        return deposits.deposit(network, stream, path.name, described)


def _description(given: dict[str, Any]) -> Description:
    for option, name in (("--about", "about"), ("--kind", "kind"), ("--fact-on", "fact_on")):
        if not given[name]:
            raise click.UsageError(f"Il manque {option}.")
    covers = given.pop("covers_from"), given.pop("covers_to")
    return Description(covers=covers, **given)


@evidence.command("show")
@click.argument("id", metavar="ID")
@pass_session
def show_proof(session: Session, id: str) -> None:
    """Montrer ce que l'on sait d'une preuve et de ses révisions, sans son contenu."""
    done = readings.metadata(session.network(), id)
    found = done.value
    document = {
        **summary(found.record), "values": found.record.values, "standing": found.standing,
        "mobilises": found.mobilises,
        "about": [{**summary(each), "place": found.places[each.id]} for each in found.about],
        "revisions": [each._asdict() for each in found.revisions],
        "withheld": found.withheld or None, "destruction": found.destruction._asdict() if found.destruction else None,
        "attestation": done.attestation._asdict(),
    }  # fmt: skip
    session.give(document, lambda: [*_shown(found), _attested(done.attestation)])


@evidence.command("get")
@click.argument("id", metavar="ID")
@click.argument("file", type=Out(), metavar="FICHIER")
@click.option("--revision", type=Whole(1), metavar="N", help="Une révision précédente (sinon la dernière).")
@pass_session
def get(session: Session, id: str, file: Path, revision: int | None) -> None:
    """Écrire le fichier d'une preuve, son empreinte vérifiée ; un fichier existant n'est pas remplacé."""
    private.check_new(file)
    network = session.network()
    with (
        private.new_file(file) as target,
        readings.read(network, id, revision=revision) as (record, stream, attestation),
    ):
        shutil.copyfileobj(stream, target)
    document = {"id": id, "file": str(file), "sha256": attestation.sha256, "attestation": attestation._asdict()}
    session.give(document, lambda: [f"{file} : {record.values['title']}, empreinte vérifiée.", _attested(attestation)])


@evidence.command("list")
@click.option("--about", default="", metavar="ID", help="Les preuves de cette fiche seulement.")
@click.option("--kind", type=Choice(EvidenceKind), metavar="TYPE", help="Ce type seulement, par exemple compte_rendu.")
@click.option("--count", "only_count", is_flag=True, help="Dire seulement combien il y en a.")
@pass_session
def list_(session: Session, about: str, kind: EvidenceKind | None, only_count: bool) -> None:
    """Lister les preuves, la plus récente d'abord, ou les compter."""
    network = session.network()
    if only_count:
        counted = readings.count(network, about, kind)
        document = {**counted.value._asdict(), "attestation": counted.attestation._asdict()}
        session.give(document, lambda: [_counts(counted.value), _attested(counted.attestation)])
        return
    done = readings.listing(network, about, kind)
    items = [
        {**summary(each), **{name: each.values.get(name) for name in _LISTED}, "standing": standing(each.values)}
        for each in done.value
    ]  # fmt: skip
    document = {"items": items, "attestation": done.attestation._asdict()}
    session.give(document, lambda: [*_listed(done.value), _attested(done.attestation)])


@evidence.command("check")
@click.argument("id", metavar="[ID]", required=False, default="")
@click.option(
    "--attestation", "out", type=Out(), metavar="FICHIER",
    help="Attester ce contrôle dans un nouveau fichier : texte, ou JSON (.json).",
)  # fmt: skip
@pass_session
@click.pass_context
def check(ctx: click.Context, session: Session, id: str, out: Path | None) -> None:
    """Relire les fichiers d'une preuve, ou de tout le coffre, et comparer leurs empreintes.

    L'attestation d'une preuve dit ce qui a été trouvé, quand et par qui, et nomme la tête des deux journaux.
    """
    network = session.network()
    try:
        faults = _checked(session, network, id, out)
    except (ConflictError, StoreError):
        faults = checking.faults(network, proof=id or None)
        if not faults:  # it is the check that cannot be attested: a full disk, a medium that is only read
            raise
        document = {"ok": False, "faults": [fault._asdict() for fault in faults], "attestation": None}
        session.give(document, lambda: [*(fault.message for fault in faults), _UNATTESTED])
    if faults:
        ctx.exit(FAULTS_FOUND)


def _checked(session: Session, network: Network, id: str, out: Path | None) -> list[Fault]:
    """Check, say and attest what is found; returns the faults."""
    if id or out is not None:
        return statements.attest(session, network, id, out)
    done = readings.check(network, id)
    faults = done.value
    document = {
        "ok": not faults, "faults": [fault._asdict() for fault in faults], "attestation": done.attestation._asdict()
    }  # fmt: skip
    intact = f"Chaque fichier est celui qui a été déposé ; journal des accès intact ({done.attestation.number} lignes)."
    told = [fault.message for fault in faults] or [intact]
    session.give(document, lambda: [*told, _attested(done.attestation)])
    return faults


@evidence.command("journal")
@click.argument("id", metavar="[ID]", required=False, default="")
@limit_option
@click.option("--restart", is_flag=True, help="Mettre de côté un journal abîmé et en commencer un autre.")
@click.option("--why", default="", metavar="TEXTE", help="Pourquoi il est recommencé ; gardé au nouveau journal.")
@pass_session
def journal(session: Session, id: str, limit: int | None, restart: bool, why: str) -> None:
    """Dire qui a déposé, lu, vérifié ou détruit quoi, le plus récent d'abord."""
    network = session.network()
    if restart:
        if id:
            raise click.UsageError("--restart porte sur tout le journal : ne donnez pas de preuve.")
        begun = continuity.restart(network, why)
        document = {"aside": begun.value, "attestation": begun.attestation._asdict()}
        told = f"Journal des accès recommencé ; l'ancien reste au coffre sous « {begun.value} »."
        session.give(document, lambda: [told, begun.attestation.detail, _attested(begun.attestation)])
        return
    done = readings.journal(network, id)
    lines = done.value[:limit]
    alone = readings.without_proof(network, lines)
    rows = (
        (str(e.number), moment(e.at), e.actor, Act(e.act).label, e.about, _NO_PROOF if e.number in alone else e.detail)
        for e in lines
    )
    session.give(
        {"items": [{**each._asdict(), "without_proof": each.number in alone} for each in lines]},
        lambda: table(("N°", "DATE", "AUTEUR", "ACTE", "PREUVE", "DÉTAIL"), rows),
    )


@evidence.command("texts")
@click.option("--all", "every", is_flag=True, help="De tous les documents, et non de ceux-là seuls qui n'en ont pas.")
@pass_session
def texts_(session: Session, every: bool) -> None:
    """Tirer des documents le texte que la recherche lit ; rien n'en est gardé dans le réseau."""
    done = texts.remake(session.network(), all=every)
    found = done.value
    said = [
        f"{count(found.taken, 'texte tiré', 'textes tirés')} des documents,"
        f" {count(found.without, 'document')} sans texte,"
        f" {count(found.dropped, 'texte sans document retiré', 'textes sans document retirés')}.",
        *(f"Preuve {each.id}, document non lu : {each.why}" for each in found.unread),
    ]
    session.give(
        {**found._asdict(), "unread": [each._asdict() for each in found.unread]}
        | {"attestation": done.attestation._asdict()},
        lambda: [*said, _attested(done.attestation)],
    )


@evidence.command("destroy")
@click.argument("id", metavar="[ID]", required=False)
@click.option("--why", default="", metavar="TEXTE", help="Pourquoi ; gardé au journal des accès.")
@click.option("--orphans", is_flag=True, help="Les fichiers qu'aucune preuve ne nomme, au lieu d'une preuve.")
@click.option("--yes", is_flag=True, help="Détruire sans demander.")
@pass_session
def destroy(session: Session, id: str | None, why: str, orphans: bool, yes: bool) -> None:
    """Détruire les fichiers d'une preuve : la preuve, ses dates et ses empreintes restent. C'est sans retour."""
    if bool(id) == orphans:
        raise click.UsageError("Donnez une preuve, ou --orphans.")
    network = session.network()
    if not yes:
        output.require_yes("Détruire pour de bon ?", "détruire")
    if not id:
        _sweep(session, network, why)
        return
    done = deposits.destroy(network, id, why)
    removed, shared = done.value
    document = {"id": id, **done.value._asdict(), "attestation": done.attestation._asdict()}
    session.give(document, lambda: [_destroyed(len(removed), shared), _attested(done.attestation)])


def _sweep(session: Session, network: Network, why: str) -> None:
    done = deposits.destroy_orphans(network, why)
    (removed, spared), many = done.value, len(done.value.spared)
    document = {"id": None, "removed": removed, "spared": spared, "attestation": done.attestation._asdict()}
    told = [_destroyed(len(removed), 0)]
    if spared:
        kept = f"{count(many, 'fichier')} sans preuve {plural(many, 'gardé')}, que le journal des accès dit"
        told.append(f"{kept} {plural(many, 'déposé')} : « reseau28 verify » les nomme, --why les détruit.")
    session.give(document, lambda: [*told, _attested(done.attestation)])


def _destroyed(removed: int, shared: int) -> str:
    gone = "Aucun fichier du coffre n'est détruit"
    if removed:
        gone = f"{count(removed, 'fichier')} du coffre {plural(removed, 'détruit')}"
    if shared:
        verb = "restent, gardés" if shared > 1 else "reste, gardé"
        gone += f" ; {count(shared, 'contenu')} y {verb} par une autre preuve"
    return f"{gone}."


@evidence.command("vault")
@click.option("--accept", is_flag=True, help="Ce dossier est désormais le coffre, quoi qu'il manque.")
@pass_session
@click.pass_context
def vault(ctx: click.Context, session: Session, accept: bool) -> None:
    """Dire où sont les fichiers des preuves, combien, et si rien n'y manque, sans les relire.

    --accept donne à cette place une identité neuve, notée au journal : une copie ailleurs n'est plus le coffre.
    """
    network = session.network()
    if accept:
        accepting.accept(network)
    seen = checking.survey(network)
    document = {
        "folder": seen.address, "id": seen.id, "files": seen.files, "bytes": seen.bytes, "strangers": seen.strangers,
        "ok": not seen.faults, "faults": [fault._asdict() for fault in seen.faults],
    }  # fmt: skip
    session.give(document, lambda: _surveyed(seen))
    if seen.faults and not accept:
        ctx.exit(FAULTS_FOUND)


def _surveyed(seen: Survey) -> Iterator[str]:
    if seen.id:
        yield f"{seen.address} : {count(seen.files, 'fichier')}, {weight(seen.bytes)} · coffre {seen.id}"
    elif not seen.faults:
        yield f"{seen.address or 'Aucune place'} : à créer au premier dépôt."
    if seen.strangers:
        yield f"  {checking.others(seen.strangers)}"
    yield from (fault.message for fault in seen.faults)
    if seen.id and not seen.faults:
        yield "Chaque fichier est là ; « reseau28 evidence check » les relit."


def _deposit_document(done: Attested[Deposited]) -> dict[str, Any]:
    content = done.value.content
    return {
        "id": done.value.id, "sha256": content.sha256 if content else None, "size": content.size if content else None,
        "media": content.media if content else None, "known": content.known if content else False,
        "wordless": done.value.wordless or None, "remark": done.value.remark or None,
        "attestation": done.attestation._asdict(),
    }  # fmt: skip


def _deposit_text(done: Attested[Deposited]) -> Iterator[str]:
    content = done.value.content
    if content is None:
        yield f"Lien déclaré · {done.value.id}"
    else:
        yield f"Preuve déposée : {media.labelled(content.media)}, {weight(content.size)} · {done.value.id}"
        yield f"  empreinte {content.sha256}"
        if content.known:
            yield "  ce contenu était déjà dans le coffre : il n'est gardé qu'une fois."
        yield from (f"  {said}" for said in (done.value.remark, done.value.wordless) if said)
    yield _attested(done.attestation)


def _shown(found: Metadata) -> Iterator[str]:
    kind, record = SCHEMA.nodes[Evidence.TYPE], found.record
    yield f"{kind.caption(record.values)} · {found.standing.label} · {record.id}"
    for name, field in kind.fields.items():
        if name in record.values and not field.about.hidden:
            yield f"  {field.about.label} : {said(field, record.values[name])}"
    if found.withheld:
        yield f"  {found.withheld}"
    if found.destruction:
        yield f"  {readings.destroyed_words(found.destruction)}"
    if unsaid := unmoving([each.type for each in found.about]):
        yield f"  {unsaid}"
    for each in found.about:
        where = f", {said_in}" if (said_in := found.places[each.id]) else ""
        yield f"  – atteste {SCHEMA.nodes[each.type].caption(each.values)} · {each.id}{where}"
    yield from map(_revision, found.revisions)


def _revision(each: Revision) -> str:
    digest = f"empreinte {each.sha256}" if each.sha256 else ""
    size = weight(each.size) if each.size else ""
    parts = (ERASED, digest) if each.erased else (each.file_name, media.labelled(each.media), size, digest)
    what = each.url if each.url and not each.erased else ", ".join(filter(None, parts))
    return f"  révision {each.number}, {days.moment(each.at)}, {each.author} : {what}"


def _listed(found: Sequence[NodeRecord]) -> Iterator[str]:
    rows = (
        (_day(each.values.get("fact_on")), _day(each.values.get("received_on")), period(each.values),
         each.values["title"], EvidenceKind(str(each.values["kind"])).label, standing(each.values).label, each.id)
        for each in found
    )  # fmt: skip
    yield from table(("DATE DU FAIT", "REÇUE LE", "PÉRIODE", "PREUVE", "TYPE", "VALEUR", "IDENTIFIANT"), rows)
    if not found:
        yield "Aucune preuve."


def _day(text: object) -> str:
    return short_date(date.fromisoformat(str(text))) if text else ""


def _counts(found: Counts) -> str:
    return (
        f"{count(found.proofs, 'preuve')} : {number(found.attested)} avec fichier, {number(found.declared)} sans,"
        f" {number(found.destroyed)} au fichier détruit · {count(found.files, 'fichier')}, {weight(found.bytes)}."
    )


def _lines(newest: Attestation) -> str:
    """How many lines the access log has."""
    return count(newest.number, "ligne")


def _attested(attestation: Attestation) -> str:
    return f"Attestation n° {attestation.number} · {attestation.digest[:16]}"
