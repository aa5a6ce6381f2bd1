"""Evidence: what attests the facts of the small network, without files yet."""

from datetime import date, timedelta
from hashlib import sha256
from itertools import product

from crm.demo.names import COLLEAGUES
from crm.demo.scene import Scene, weekday
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN, OPERATOR, PASTRY, SALES
from graph_schema.evidence import EvidenceKind, EvidenceStatus, Phase
from graph_schema.vocabularies import Purpose

UNDATED = {
    "evid-undated-1": "Liste des entreprises d'accueil",
    "evid-undated-2": "Plaquette du réseau",
    "evid-undated-3": "Courriel d'un partenaire",
}
_WELL_KEPT = (COMMERCE, ELECTRICIAN, ADVISER, OPERATOR)
_BY_PHASE = {
    Phase.BEFORE: (EvidenceKind.EMPLOYMENT, "Échange préparatoire avec le service public de l'emploi"),
    Phase.DURING: (EvidenceKind.VISIT, "Visite de suivi"),
    Phase.AFTER: (EvidenceKind.SURVEY, "Questionnaire de fin de période"),
}


def add(scene: Scene) -> None:
    """Note proofs of meetings, of agreements, of each programme's phases and of hostings."""
    _of_meetings(scene)
    for id, title, signed, partner in scene.signed:
        file(scene, title, EvidenceKind.AGREEMENT, signed, [Phase.BEFORE], [Purpose.HOSTING], [id, partner])
    _of_programmes(scene)
    _of_hostings(scene)
    for id, title in UNDATED.items():
        file(scene, title, EvidenceKind.LIST, None, [Phase.BEFORE], [Purpose.HOSTING], [COMMERCE], id=id)


def file(
    scene: Scene, title: str, kind: EvidenceKind, fact: date | None, phases: list[Phase], purposes: list[Purpose],
    proved: list[str], id: str = "",
) -> str:  # fmt: skip
    """Note a proof filed some days after its fact, and what it attests; returns its id."""
    id = id or scene.next("evid")
    filed = min(fact + timedelta(days=8), scene.ago(1)) if fact else scene.ago(200)
    stamp = scene.monthly(filed, COLLEAGUES[0], "Preuves déposées")
    digest = sha256(f"{id} {title}".encode()).hexdigest() if sum(id.encode()) % 2 else None
    scene.book.node(stamp, "Evidence", id, {
        "title": title, "kind": kind, "fact_on": fact, "filed_on": filed, "author": COLLEAGUES[0], "phase": phases,
        "purpose": purposes, "indicators": ["28"], "status": EvidenceStatus.VALIDATED if fact else EvidenceStatus.DRAFT,
        "sha256": digest, "file_name": f"{id}.pdf" if digest else None,
    })  # fmt: skip
    for one in proved:
        scene.book.link(stamp, "Proves", id, one)
    return id


def _of_meetings(scene: Scene) -> None:
    for id, title, day, _ in scene.held:
        if day < scene.ago(40):
            kind = EvidenceKind.COUNCIL if id.startswith("meet-2") else EvidenceKind.MINUTES
            phase = tuple(Phase)[int(id[-2:]) % 3]
            file(scene, f"Compte rendu signé, {title}", kind, day, [phase], [Purpose.CO_CONSTRUCTION], [id])


def _of_programmes(scene: Scene) -> None:
    """The well-kept programmes have both purposes in the three phases; the others what their pitfall wants."""
    for rank, programme in enumerate(_WELL_KEPT):
        for column, (phase, purpose) in enumerate(product(Phase, Purpose)):
            kind, title = _BY_PHASE[phase]
            day = weekday(scene.ago(330 - 60 * list(Phase).index(phase) - 9 * column - 5 * rank))
            file(scene, f"{title} ({purpose.label.lower()})", kind, day, [phase], [purpose], [programme])
    for phase in Phase:
        kind, title = _BY_PHASE[phase]
        file(scene, title, kind, weekday(scene.ago(210)), [phase], [Purpose.HOSTING], [SALES])
    for days in (320, 290):
        title = "Réunion de lancement avec les pâtissiers"
        file(scene, title, EvidenceKind.EXCHANGE, weekday(scene.ago(days)), [Phase.BEFORE], list(Purpose), [PASTRY])


def _of_hostings(scene: Scene) -> None:
    """A visit, and the livret for work-study, for two hostings in three."""
    for rank, hosting in enumerate(scene.hostings):
        if rank % 3 and hosting.starts > 50 and hosting.programme in (*_WELL_KEPT, SALES):
            kind = EvidenceKind.VISIT if rank % 2 else EvidenceKind.BOOKLET
            proved = [hosting.id, hosting.host]
            day = weekday(scene.ago(hosting.starts - 40))
            file(scene, kind.label, kind, day, [Phase.DURING], [Purpose.HOSTING], proved)
