"""What exchanges are about: the periods at work, agreement or training action that their words speak of."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from crm.demo.scene import Hosting, SmallNetwork
from graph_schema.vocabularies import Purpose

_RUNNING = frozenset({"Point sur les accueils en cours", "Visite de suivi", "Signalement d'un changement de tuteur"})
_OVER = "Bilan de la période"
_AGREEMENT = frozenset({"Question sur la convention", "Relance : convention à renouveler"})
_PROGRAMME = {
    "Évolution du référentiel et attentes du métier": Purpose.CO_CONSTRUCTION,
    "Proposition d'un poste d'accueil": Purpose.HOSTING,
    "Demande d'information sur l'alternance": None,
    "Retour sur un candidat": Purpose.HOSTING,
}
_RECENT = timedelta(days=120)


def subjects(scene: SmallNetwork, partners: Collection[str], day: date, words: str) -> tuple[list[str], Purpose | None]:
    """What of these partners an exchange of that day is about, the nearest first, and what it serves."""
    if words in _RUNNING or words == _OVER:
        hosted = [each for each in scene.hostings if each.host in partners]
        over = [each for each in hosted if _last(scene, each) < day <= _last(scene, each) + _RECENT]
        running = [each for each in hosted if scene.ago(each.starts) <= day <= _last(scene, each)]
        found = [each.id for each in (over if words == _OVER else running)]
        return found, Purpose.HOSTING if found else None
    if words in _AGREEMENT:
        signed = [each.id for each in scene.signed if set(each.partners) & set(partners) and each.day <= day]
        return signed[-1:], None
    if words in _PROGRAMME:
        found = _programmes(scene, partners)[:1]
        return found, _PROGRAMME[words] if found else None
    return [], None


def _last(scene: SmallNetwork, hosting: Hosting) -> date:
    return scene.ago(hosting.ends if hosting.broken is None else hosting.broken)


def _programmes(scene: SmallNetwork, partners: Iterable[str]) -> list[str]:
    known = (scene.partners[id] for id in partners if id in scene.partners)
    return [programme for partner in known for programme in partner.programmes]
