"""Evidence: what attests the facts of the small network. No file is kept yet, so no proof bears a digest.

Each proof names a partner, has the date of its fact, and serves the indicators that the field gives to its kind.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from crm.demo.agreements import kind_of
from crm.demo.names import COLLEAGUES
from crm.demo.planted import START_ONLY
from crm.demo.scene import Hosting, Partner, SmallNetwork, weekday
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN, OPERATOR, PASTRY, SALES
from graph_schema.agreements import AgreementKind
from graph_schema.evidence import Evidence, EvidenceKind, EvidenceStatus, Phase, Proves
from graph_schema.programmes import PlacementKind
from graph_schema.vocabularies import Function, Kind, Purpose

UNDATED = {
    "evid-undated-1": ("Liste des entreprises d'accueil", EvidenceKind.LIST),
    "evid-undated-2": ("Plaquette du réseau", EvidenceKind.INFORMATION),
    "evid-undated-3": ("Courriel d'un partenaire", EvidenceKind.EXCHANGE),
}
_WELL_KEPT = (COMMERCE, ELECTRICIAN, ADVISER, OPERATOR)
_BEFORE, _DURING, _AFTER = Phase
_SHAPED = {
    _BEFORE: "Relecture du référentiel d'activités avec le partenaire",
    _DURING: "Point sur le contenu, à mi-parcours, avec le partenaire",
    _AFTER: "Bilan du contenu avec le partenaire",
}
_CO, _HOSTING = [Purpose.CO_CONSTRUCTION], [Purpose.HOSTING]


def add(scene: SmallNetwork) -> None:
    """Note proofs of meetings, agreements, programmes, hostings, of what was said, and of the other indicators."""
    _of_meetings(scene)
    _of_agreements(scene)
    for rank, programme in enumerate(_WELL_KEPT):
        _of_shaping(scene, programme, rank)
        _of_accueil(scene, programme, rank)
    _of_accueil(scene, SALES, len(_WELL_KEPT))
    _of_pastry(scene)
    _of_hostings(scene)
    _of_feedback(scene)
    _of_other_indicators(scene)
    _undated(scene)


def file(
    scene: SmallNetwork, title: str, kind: EvidenceKind, fact: date | None, proved: Iterable[str],
    indicators: Sequence[str], phases: Sequence[Phase] = (),
    purposes: Sequence[Purpose] = (), *, known: date | None = None, id: str = "",
) -> str:  # fmt: skip
    """Note a proof filed some days after its fact (or after the day on which it was ``known``), and what it attests.

    Returns its id. Phases and purposes are those of indicator 28.
    """
    id = id or scene.next("evid")
    filed = min(max(fact, known or fact) + timedelta(days=8), scene.ago(1)) if fact else scene.ago(200)
    stamp = scene.monthly(filed, COLLEAGUES[0], "Preuves déposées")
    scene.book.node(stamp, Evidence.TYPE, id, {
        "title": title, "kind": kind, "fact_on": fact, "filed_on": filed, "author": COLLEAGUES[0],
        "phase": list(phases), "purpose": list(purposes), "indicators": list(indicators),
        "status": EvidenceStatus.VALIDATED if fact else EvidenceStatus.DRAFT,
    })  # fmt: skip
    for one in dict.fromkeys(proved):
        scene.book.link(stamp, Proves.TYPE, id, one)
    return id


def _of_meetings(scene: SmallNetwork) -> None:
    """The validated minutes, with the partners who came."""
    for rank, held in enumerate(scene.held):
        if not held.partners:
            continue
        council, disability = held.id.startswith("meet-2"), held.id.startswith("meet-5")
        kind = EvidenceKind.COUNCIL if council else EvidenceKind.MINUTES
        indicators = ["20", "28"] if council else ["26", "28"] if disability else ["28"]
        phase = tuple(Phase)[rank % 3]
        title = f"{'PV' if council else 'Compte rendu'} signé, {held.title}"
        proved = (held.id, *held.about, *held.partners)
        file(scene, title, kind, held.day, proved, indicators, [phase], _CO, known=held.known)


def _of_agreements(scene: SmallNetwork) -> None:
    for signed in scene.signed:
        (id,) = signed.partners
        partner, proved = scene.partners[id], (signed.id, id)
        if kind_of(partner) is AgreementKind.SUBCONTRACT:
            file(scene, "Contrat de sous-traitance signé", EvidenceKind.SUBCONTRACT, signed.day, proved, ["27"])
            continue
        indicators = ["26", "28"] if _of_disability(partner) else ["28"]
        purposes = _HOSTING if partner.company else tuple(Purpose)
        file(scene, signed.title, EvidenceKind.AGREEMENT, signed.day, proved, indicators, [_BEFORE], purposes)


def _of_shaping(scene: SmallNetwork, programme: str, rank: int) -> None:
    """Those who shape a programme, once in each phase; the one before it also tells how the trade moves."""
    shapers = scene.shapers[programme]
    for number, (phase, title) in enumerate(_SHAPED.items()):
        partner, since = shapers[number % len(shapers)]
        day = weekday(max(scene.ago(325 - 70 * number - 5 * rank), since + timedelta(days=4)))
        indicators = ["24", "28"] if phase is _BEFORE else ["28"]
        file(scene, title, EvidenceKind.EXCHANGE, day, (programme, partner), indicators, [phase], _CO)


def _of_accueil(scene: SmallNetwork, programme: str, rank: int) -> None:
    """How periods at work are prepared, followed and looked back on."""
    employment = [p for p in scene.drawn() if p.kind is Kind.EMPLOYMENT and p.engaged and p.stance.alive]
    prepared = weekday(scene.ago(310 - 5 * rank))
    file(
        scene, "Échange préparatoire avec le service public de l'emploi", EvidenceKind.EMPLOYMENT, prepared,
        (programme, employment[rank % len(employment)].id), ["28"], [_BEFORE], _HOSTING,
    )  # fmt: skip
    hosted = [each for each in scene.hostings if each.programme == programme and not each.broken]
    if visited := [each for each in hosted if each.visits and each.starts > 20]:
        visit = visited[0]
        file(scene, "Visite de suivi", EvidenceKind.VISIT, _midway(scene, visit), (programme, visit.id, visit.host),
             _followed(visit), [_DURING], _HOSTING)  # fmt: skip
    if ended := [each for each in hosted if each.ends > 20]:
        last = ended[-1]
        file(scene, "Attestation de fin de période", EvidenceKind.CERTIFICATE, weekday(scene.ago(last.ends - 10)),
             (programme, last.id, last.host), ["28"], [_AFTER], _HOSTING)  # fmt: skip


def _of_pastry(scene: SmallNetwork) -> None:
    for days in (320, 290):
        title = "Réunion de préparation d'une session avec les pâtissiers"
        proved = (PASTRY, START_ONLY.id)
        file(scene, title, EvidenceKind.EXCHANGE, weekday(scene.ago(days)), proved, ["28"], [_BEFORE], tuple(Purpose))


def _of_hostings(scene: SmallNetwork) -> None:
    """A visit, or the livret of an alternance, for two hostings in three; and what followed the ruptures."""
    employment = [p for p in scene.drawn() if p.kind is Kind.EMPLOYMENT and p.engaged and p.stance.alive]
    for rank, each in enumerate(scene.hostings):
        proved = (each.id, each.host)
        if each.broken:
            if each.kind is PlacementKind.WORK_STUDY and each.broken > 12:
                helper = employment[rank % len(employment)].id
                file(scene, "Contact avec le service public de l'emploi après une rupture", EvidenceKind.EMPLOYMENT,
                     weekday(scene.ago(each.broken - 8)), (*proved, helper), ["12"])  # fmt: skip
        elif rank % 3 and each.starts > 50 and each.programme in (*_WELL_KEPT, SALES):
            if each.kind is PlacementKind.WORK_STUDY and rank % 2:
                file(scene, EvidenceKind.BOOKLET.label, EvidenceKind.BOOKLET, _midway(scene, each), proved,
                     _followed(each), [_DURING], _HOSTING)  # fmt: skip
            elif each.visits:
                file(scene, EvidenceKind.VISIT.label, EvidenceKind.VISIT, _midway(scene, each), proved,
                     _followed(each), [_DURING], _HOSTING)  # fmt: skip


def _of_feedback(scene: SmallNetwork) -> None:
    """A questionnaire for every third answer; a plan for each complaint and for every third change that followed."""
    for heard in scene.heard[::3]:
        proved = (heard.id, *heard.about, *heard.partners)
        (hosting,) = (each for each in scene.hostings if each.id in heard.about)
        last = hosting.broken or hosting.ends
        phase = _AFTER if heard.day > scene.ago(last) else _DURING
        file(scene, f"Questionnaire, {heard.title}", EvidenceKind.SURVEY, heard.day, proved, ["28", "30"], [phase],
             _HOSTING)  # fmt: skip
    for said in scene.complaints:
        proved = (said.id, *said.about, *said.partners)
        title = f"Réponse à la réclamation, {scene.partners[said.partners[0]].name}"
        file(scene, title, EvidenceKind.ACTION_PLAN, said.day, proved, ["31", "32"], known=said.known)
    for changed in scene.improved[::3]:
        proved = (changed.id, *changed.partners)
        file(scene, changed.title, EvidenceKind.ACTION_PLAN, changed.day, proved, ["28", "32"], [_AFTER], _CO)


def _of_other_indicators(scene: SmallNetwork) -> None:
    """Watching trades, disability, support around the training, getting a job; and the letters of the network."""
    planned = (
        (Kind.BRANCH, "Rencontre sur l'évolution du métier", EvidenceKind.INVITATION, "24", 150),
        (Kind.ADAPTED, "Premier contact pour le réseau handicap", EvidenceKind.EXCHANGE, "26", 120),
        (Kind.ASSOCIATION, "Relais mobilité et logement des apprentis", EvidenceKind.EXCHANGE, "14", 100),
        (Kind.EMPLOYMENT, "Point sur les sorties vers l'emploi", EvidenceKind.EMPLOYMENT, "29", 80),
    )
    for kind, title, proof, indicator, days in planned:
        some = [p for p in scene.drawn() if p.kind is kind and p.engaged and p.stance.alive][:3]
        for rank, partner in enumerate(some):
            day = weekday(scene.ago(days + 45 * rank))
            file(scene, f"{title}, {partner.name}", proof, day, [partner.id], [indicator])
    for letter in scene.newsletters[-4:]:
        file(scene, letter.title, EvidenceKind.INFORMATION, letter.day, (letter.id, *letter.partners), ["28"],
             [_DURING], tuple(Purpose))  # fmt: skip


def _undated(scene: SmallNetwork) -> None:
    """What the pitfall wants: proofs whose date nobody knows."""
    hosts = list(dict.fromkeys(each.host for each in scene.hostings if each.programme == COMMERCE))
    for (id, (title, kind)), host in zip(UNDATED.items(), hosts, strict=False):
        file(scene, title, kind, None, [COMMERCE, host], ["28"], [_BEFORE], _HOSTING, id=id)


def _midway(scene: SmallNetwork, hosting: Hosting) -> date:
    """A day within a period at work, and past."""
    length = hosting.starts - max(hosting.ends, 0)
    day = weekday(scene.ago(hosting.starts - min(40, length // 2)))
    return max(day, scene.ago(hosting.starts))


def _followed(hosting: Hosting) -> list[str]:
    """The indicators that the follow-up of a period at work serves: coordination is a matter of alternance."""
    return ["10", "13", "28"] if hosting.kind is PlacementKind.WORK_STUDY else ["10", "28"]


def _of_disability(partner: Partner) -> bool:
    return partner.kind is Kind.DISABILITY or Function.DISABILITY in partner.functions
