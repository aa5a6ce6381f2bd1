"""What proves: the evidence that a tie rests on, and that attests a record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from crm.network.rights import withheld
from crm.records.sheet import Sheet, Tie
from crm.store.protocol import ReadTransaction
from crm.vault import readings
from graph_schema.declaration import Trait
from graph_schema.evidence import Evidence, EvidenceKind, EvidenceStatus, Proves, Standing, period, standing, unmoving
from graph_schema.records import NodeRecord, Values
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, plural, short_date
from ui import documents, session
from ui.look import Mark, icon
from ui.markup import Markup, cell, door, element, join, table
from ui.screens.partners import document, where

Proofs = Mapping[str, Sequence[NodeRecord]]
"""Evidence by the id of the link that it justifies."""

_DRAFT = "Brouillon : elle compte déjà. Qui peut la modifier la dit « Validée » une fois relue."
_FACTS = frozenset(SCHEMA.having(Trait.ATTESTS))
"""What ties a partner by itself: evidence of it is evidence of the tie."""

_STATUSES = {
    EvidenceStatus.DRAFT: Mark("Brouillon", "watch", "◐"),
    EvidenceStatus.VALIDATED: Mark("Validée", "fresh", "●"),
    EvidenceStatus.OUTDATED: Mark("Périmée", "closed", "✕"),
}


def of(ties: Iterable[Tie]) -> Proofs:
    """The evidence of each of these ties: that which the link names, and that which attests the fact at its end."""
    wanted = list(ties)
    facts = {tie.other.id for tie in wanted if tie.other.type in _FACTS}
    named = {id for tie in wanted for id in _named(tie)}
    return session.network().read(lambda tx: _read(tx, wanted, facts, named)) if facts or named else {}


def _read(tx: ReadTransaction, ties: Sequence[Tie], facts: set[str], named: set[str]) -> Proofs:
    proving: dict[str, list[str]] = {}
    for link in tx.links_of(facts, [Proves.TYPE]) if facts else ():
        proving.setdefault(link.target, []).append(link.source)
    records = tx.get({*named, *(id for ids in proving.values() for id in ids)})
    found = {}
    for tie in ties:
        ids = dict.fromkeys((*_named(tie), *proving.get(tie.other.id, ())))
        found[tie.link.id] = [records[id] for id in ids if id in records]
    return found


def _named(tie: Tie) -> list[str]:
    ids = tie.link.values.get("evidence")
    return ids if isinstance(ids, list) else []


def folded(tie: Tie, proofs: Proofs) -> Markup:
    """How many pieces of evidence a tie has; they open under it, each a door to its sheet."""
    found = proofs.get(tie.link.id, ())
    missing = sum(id not in {each.id for each in found} for id in _named(tie))
    if not found and not missing:
        return Markup("")
    lines = [element("li", door(session.caption(each), where.to_record(each.id)), _about(each)) for each in found]
    if missing:
        lines.append(
            element(
                "li", f"{count(missing, 'preuve')} qui n'{plural(missing, 'existe', 'existent')} plus.", class_="muted"
            )
        )
    summary = element("summary", count(len(found) + missing, "preuve"))
    return element("details", summary, element("ul", *lines), class_="proofs small")


def everything(sheet: Sheet) -> Markup:
    """The evidence that attests the record itself, newest first."""
    found = [tie for tie in sheet.of(Proves.TYPE) if tie.other.type == Evidence.TYPE]
    found.sort(key=lambda tie: str(tie.other.values.get("fact_on", "")), reverse=True)
    rows = []
    for tie in found:
        record, values = tie.other, tie.other.values
        title, day = str(values["title"]), values.get("fact_on")
        file = _closed("Confidentielle") if withheld(record, session.actor()) else _named_file(record)
        rows.append(
            (
                cell(_day(day), class_="figure"),
                cell(
                    door(title, where.to_record(record.id)),
                    where.tool(record.id, title),
                    element("div", file, " ", document.pointer(record.id, tie), class_="muted small"),
                    element("div", _dates(values), class_="muted small"),
                ),
                cell(EvidenceKind(str(values["kind"])).label),
                cell(_STATUSES[EvidenceStatus(str(values.get("status", EvidenceStatus.DRAFT)))].html()),
            )
        )
    return table(("Date du fait", "Preuve", "Type", "Statut"), rows)


def file(sheet: Sheet) -> Markup:
    """The file of a proof and its dates, on its own sheet, and what it is not worth; nothing for any other record."""
    record, values = sheet.record, sheet.record.values
    if record.type != Evidence.TYPE:
        return Markup("")
    name, digest = _named_file(record), ""
    if values.get("vault") and "sha256" in values:
        digest = f" · empreinte {str(values['sha256'])[:12]}…"
    lines = [element("div", name, " · " if name else "", standing(values).label, digest, class_="muted")]
    fact = f"fait du {_day(values['fact_on'])}" if values.get("fact_on") else "sans date du fait"
    filed = f"déposée le {_day(values['filed_on'])}" if values.get("filed_on") else ""
    dates = " · ".join(filter(None, (fact, _dates(values), filed)))
    lines.append(element("div", icon(":material/event:"), " ", f"{dates[:1].upper()}{dates[1:]}", class_="muted"))
    draft = values.get("status", EvidenceStatus.DRAFT) == EvidenceStatus.DRAFT
    if draft and standing(values) is Standing.ATTESTED:
        lines.append(element("div", _DRAFT, class_="muted"))
    if sheet.withheld:
        lines.append(element("div", _closed(sheet.withheld)))
    if destroyed := session.network().read(lambda tx: readings.destruction(tx, record)):
        lines.append(element("div", icon(":material/delete_forever:"), " ", readings.destroyed_words(destroyed)))
    if unsaid := unmoving([tie.other.type for tie in sheet.of(Proves.TYPE)]):
        lines.append(element("div", icon(":material/campaign:"), " ", unsaid))
    return join(*lines)


def _dates(values: Values) -> str:
    """When a proof was received and what period it covers, in words."""
    received = f"reçue le {_day(values['received_on'])}" if values.get("received_on") else ""
    covers = f"couvre la période {covered}" if (covered := period(values)) else ""
    return " · ".join(filter(None, (received, covers)))


def _day(text: object) -> str:
    return short_date(date.fromisoformat(str(text))) if text else ""


def _named_file(record: NodeRecord) -> Markup:
    """The name of a proof's file, a door to what it holds while it is kept."""
    values = record.values
    if "file_name" not in values:
        return Markup("")
    name: str | Markup = str(values["file_name"])
    if readings.may_open(record, session.actor()):
        href = documents.address(record.id)
        name = element("a", name, class_="out", href=href, target="_blank", rel="noopener")
    return join(icon(":material/attach_file:"), " ", name)


def _closed(words: str) -> Markup:
    return join(icon(":material/lock:"), " ", words)


def _about(record: NodeRecord) -> Markup:
    day = record.values.get("fact_on")
    words = f" · {_day(day)}" if day else ""
    return element("span", words, class_="muted")
