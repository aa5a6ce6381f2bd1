"""What a partner is engaged in: agreements with their status, periods at work hosted, committees and meetings.

Each row has the door to change its engagement without leaving the sheet.
"""

from datetime import date

from crm.records.engagements import TYPES
from crm.records.sheet import Sheet, Tie
from crm.records.sheet import sheet as read
from graph_schema.agreements import Agreement, AgreementStatus, PartyTo, Signed
from graph_schema.committees import Attendance, Attended, Meeting, SitsOn
from graph_schema.programmes import HostedBy, Placement, TutoredBy
from graph_schema.registry import SCHEMA
from graph_schema.wording import NBSP, short_date
from ui import session
from ui.look import Mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens.partners import evidence, overview, where

_STATUSES = {
    AgreementStatus.DRAFT: Mark("Projet", "never", "○"),
    AgreementStatus.SENT: Mark("Envoyée", "watch", "◐"),
    AgreementStatus.SIGNED: Mark("Signée", "fresh", "●"),
    AgreementStatus.RENEWED: Mark("Reconduite", "fresh", "●"),
    AgreementStatus.EXPIRED: Mark("Échue", "chase", "▲"),
    AgreementStatus.TERMINATED: Mark("Résiliée", "closed", "✕"),
}


def chosen(sheet: Sheet) -> Sheet | None:
    """What is to be edited or deleted: the engagement that the address names, else the sheet's own record.

    None for an engagement that is there no more: nothing else is changed in its place.
    """
    target = where.target()
    if not target:
        return sheet
    ties = (*sheet.ties, *(each.tie for each in sheet.represented))
    if not any(tie.other.id == target and tie.other.type in TYPES for tie in ties):
        return None
    return read(session.network(), target, sheet.on)


def head(engagement: Sheet, act: str) -> Markup:
    """Which engagement it is, and the way from changing it to deleting it and back."""
    ways = {where.EDIT: "Modifier", where.REMOVE: "Supprimer"}
    doors = [
        element("a", words, class_="door button", href=where.to(name, engagement.record.id),
                aria_current="true" if name == act else None)
        for name, words in ways.items()
    ]  # fmt: skip
    label = SCHEMA.nodes[engagement.record.type].about.label
    name = element("p", element("span", f"{label} · ", class_="muted"), engagement.caption, class_="strong")
    return join(name, element("div", *doors, class_="actions"))


def agreements(sheet: Sheet) -> Markup:
    """Agreements, those that end last first."""
    found = [(each, tie) for tie in sheet.of(PartyTo.TYPE, Signed.TYPE) if isinstance(each := _content(tie), Agreement)]
    found.sort(key=lambda pair: pair[0].ends_on or date.max, reverse=True)
    proofs = evidence.of(tie for _, tie in found)
    rows = [
        (
            cell(_STATUSES[each.status(sheet.on)].html()),
            cell(
                element("div", door(each.subject, where.to_record(tie.other.id)), _tool(tie)),
                element("div", _kind(each), class_="muted small"),
                evidence.folded(tie, proofs),
            ),
            cell(
                element("div", _days(each), class_="figure"),
                element("div", each.stands(sheet.on), class_="muted small"),
            ),
        )
        for each, tie in found
    ]
    return table(("Statut", "Convention", "Dates"), rows)


def placements(sheet: Sheet) -> Markup:
    """Periods at work, newest first."""
    found = [
        (each, tie) for tie in sheet.of(HostedBy.TYPE, TutoredBy.TYPE) if isinstance(each := _content(tie), Placement)
    ]
    found.sort(key=lambda pair: pair[0].starts_on, reverse=True)
    proofs = evidence.of(tie for _, tie in found)
    rows = [
        (
            cell(door(each.kind.label, where.to_record(tie.other.id)), _tool(tie), evidence.folded(tie, proofs)),
            cell(each.learner or "", class_="muted"),
            cell(_span(each.starts_on, each.ends_on), class_="figure"),
            cell(_course(each, sheet.on)),
        )
        for each, tie in found
    ]
    return table(("Forme", "Apprenant", "Dates", "État"), rows)


def committees(sheet: Sheet) -> Markup:
    """Committees where they sit, then the meetings to which they were called, newest first; whom they sent."""
    sent = [(tie, "") for tie in sheet.of(SitsOn.TYPE, Attended.TYPE)]
    sent += [(each.tie, session.caption(each.person)) for each in sheet.represented]
    seats = [_seat(tie, who) for tie, who in sent if tie.link.type == SitsOn.TYPE and not tie.ended]
    met = [(meeting, tie, who) for tie, who in sent if isinstance(meeting := _content(tie), Meeting)]
    met.sort(key=lambda each: each[0].held_on, reverse=True)
    proofs = evidence.of(tie for _, tie, _ in met)
    rows = [
        (
            cell(short_date(meeting.held_on), class_="figure"),
            cell(
                element("div", door(meeting.title, where.to_record(tie.other.id)), _tool(tie)),
                element("div", who, class_="muted small"),
                evidence.folded(tie, proofs),
            ),
            cell(_attendance(meeting, tie, sheet.on)),
        )
        for meeting, tie, who in met
        if meeting.held_on <= sheet.on or not session.is_past()
    ]
    return join(
        *((heading("Siège"), element("ul", *seats, class_="lines")) if seats else ()),
        *((heading("Réunions"), table(("Date", "Réunion", "Présence"), rows)) if rows else ()),
    )


def _attendance(meeting: Meeting, tie: Tie, on: date) -> str:
    if meeting.held_on > on:
        return "à venir"
    return Attendance(str(tie.link.values.get("status", Attendance.PRESENT))).label


def _seat(tie: Tie, who: str) -> Markup:
    about = [each for each in (who, tie.link.values.get("role"), tie.link.values.get("college")) if each]
    name = door(tie.caption, where.to_record(tie.other.id))
    words = element("span", name, element("span", "".join(f" · {each}" for each in about), class_="muted"), _tool(tie))
    return element("li", words, element("span", overview.period(tie), class_="muted small figure"))


def _tool(tie: Tie) -> Markup:
    return where.tool(tie.other.id, tie.caption)


def _content(tie: Tie) -> object:
    return SCHEMA.nodes[tie.other.type].load(tie.other.values)


def _kind(agreement: Agreement) -> str:
    number = [f"n°{NBSP}{agreement.number}"] if agreement.number else []
    tacit = ["tacite reconduction"] if agreement.tacit_renewal else []
    return " · ".join([agreement.kind.label, *number, *tacit])


def _days(agreement: Agreement) -> str:
    return _span(agreement.effective_on or agreement.signed_on or agreement.sent_on, agreement.ends_on)


def _span(start: date | None, end: date | None) -> str:
    said = [f"du {short_date(start)}" if end else f"depuis le {short_date(start)}"] if start else []
    return " ".join([*said, *([f"au {short_date(end)}"] if end else [])])


def _course(placement: Placement, on: date) -> str:
    if placement.broken_on and placement.broken_on <= on:
        return f"rompu le {short_date(placement.broken_on)}"
    if placement.starts_on > on:
        return "à venir"
    return "terminé" if placement.ends_on and placement.ends_on < on else "en cours"
