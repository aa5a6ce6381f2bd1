"""Agreements in every status, each written as it happened: drafted, sent, signed, ended."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import cycle
from typing import NamedTuple

from crm.demo.names import COLLEAGUES
from crm.demo.scene import Fact, Partner, SmallNetwork, Stance
from graph_schema.agreements import Agreement, AgreementKind, Covers, PartyTo, Signed
from graph_schema.vocabularies import Family, Tier


class Course(NamedTuple):
    """The course of an agreement, in days before the day of the demonstration (negative: days to come)."""

    sent: int | None
    signed: int | None = None
    ends: int | None = None
    terminated: int | None = None
    tacit: bool = False


IN_FORCE = Course(230, 215, -300)
LONG = Course(520, 500, -220)
TACIT = Course(700, 690, 100, tacit=True)
ENDING = Course(345, 335, -40)
EXPIRED = Course(640, 620, 90)
TERMINATED = Course(480, 465, -120, terminated=150)
SENT = Course(25)
DRAFT = Course(None)

_DISTANT = 300
"""Signatures older than so many days are journalled by the month."""

_SUBCONTRACTOR = "62.02A"
"""The activity of those who teach the digital modules for us."""

_INSTITUTIONS = (IN_FORCE, LONG, TACIT, ENDING, IN_FORCE)
_DORMANT = (Stance.CHASE, Stance.CHASED)
_COMPANIES = (IN_FORCE, LONG, SENT, EXPIRED, IN_FORCE, DRAFT, TERMINATED, TACIT, ENDING)


def add(scene: SmallNetwork) -> None:
    """Note an agreement with each engaged institution and with one engaged company in three; some with dormant ones."""
    random = scene.chance("agreements")
    institutions, companies = cycle(_INSTITUTIONS), cycle(_COMPANIES)
    dormant = cycle((EXPIRED, TERMINATED, DRAFT))
    for partner in scene.drawn():
        if partner.engaged and partner.kind.family is not Family.COMPANY:
            sign(scene, partner, next(institutions), _covered(partner), shift=random.randint(-12, 12))
        elif partner.engaged and partner.tier is not Tier.C and random.random() < 0.6:
            sign(scene, partner, next(companies), _covered(partner), shift=random.randint(-12, 12))
        elif not partner.engaged and partner.stance in _DORMANT and partner.tier is Tier.B and random.random() < 0.4:
            sign(scene, partner, next(dormant), (), shift=random.randint(-12, 12))


def sign(
    scene: SmallNetwork, partner: Partner, course: Course, programmes: Iterable[str], shift: int = 0,
    people: Sequence[str] = (),
) -> str:  # fmt: skip
    """Note an agreement with a partner, each step on its day; returns its id."""
    book = scene.book
    id = scene.next("conv")
    drafted = scene.ago((course.sent or 20) + 15 - shift)
    stamp = scene.monthly(max(drafted, scene.known(partner.id)), COLLEAGUES[0], "Projets de convention")
    kind = kind_of(partner)
    book.node(stamp, Agreement.TYPE, id, {
        "subject": f"{kind.label} avec {partner.name}", "number": f"{drafted.year}-{id[-3:]}", "kind": kind,
        "tacit_renewal": course.tacit or None, "notice_days": 60 if course.tacit else None,
    })  # fmt: skip
    book.link(stamp, PartyTo.TYPE, partner.id, id)
    for programme in programmes:
        book.link(stamp, Covers.TYPE, id, programme)
    if course.sent is not None:
        sent = scene.ago(course.sent - shift)
        book.change(scene.monthly(sent, COLLEAGUES[0], "Conventions envoyées"), id, {"sent_on": sent})
    if course.signed is not None:
        _signed(scene, partner, id, course, shift, people)
    return id


def kind_of(partner: Partner) -> AgreementKind:
    """What we sign with a partner: to host, to teach a module for us, or to work together."""
    if partner.naf == _SUBCONTRACTOR:
        return AgreementKind.SUBCONTRACT
    return AgreementKind.HOSTING if partner.company else AgreementKind.PARTNERSHIP


def _signed(scene: SmallNetwork, partner: Partner, id: str, course: Course, shift: int, people: Sequence[str]) -> None:
    assert course.signed is not None
    book, author = scene.book, scene.owners[partner.id]
    signed = scene.ago(course.signed - shift)
    if course.signed > _DISTANT:
        stamp = scene.monthly(signed, author, "Conventions signées")
    else:
        stamp = scene.stamp(signed + timedelta(days=2), author, f"Convention signée : {partner.name}")
    scene.signed.append(Fact(id, f"Convention signée avec {partner.name}", signed, (partner.id,)))
    ends = None if course.ends is None else scene.ago(course.ends - shift)
    book.change(stamp, id, {"signed_on": signed, "effective_on": signed, "ends_on": ends})
    for signatory in people or scene.staff(partner.id, signed, stamp.day)[:1]:
        book.link(stamp, Signed.TYPE, signatory, id, {"valid_from": signed})
    if course.terminated is not None:
        day = scene.ago(course.terminated - shift)
        reason = f"Convention résiliée : {partner.name}"
        book.change(scene.stamp(day, author, reason), id, {"terminated_on": day})


def _covered(partner: Partner) -> tuple[str, ...]:
    return partner.programmes or ("prog-01", "prog-03")
