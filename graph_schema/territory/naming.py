"""How French names a place inside a sentence: « la Somme », « dans la Somme », « au Havre ».

Source: usage as Insee records it for départements and régions: the article, and the elision before a vowel.
"""

from types import MappingProxyType

from graph_schema.territory.places import Level, Place

_MASCULINE = frozenset(
    "14 15 18 25 29 30 32 39 41 45 46 47 49 56 59 62 63 67 68 69 81 82 83 84 90 94 95".split(" ")  # noqa: SIM905
)
_PLURAL = frozenset("04 05 06 08 13 22 40 64 65 66 78 79 88 92".split(" "))  # noqa: SIM905
_BARE = frozenset(("75", "974", "976"))
"""Départements without an article (« Paris », « La Réunion », « Mayotte »); whatever is left is feminine."""

_OVERSEAS = frozenset(("971", "972", "973"))
_CORSICA = frozenset(("2A", "2B"))
_REGIONS = MappingProxyType({"32": "les", "52": "les", "44": "le", "04": "", "06": ""})
"""Régions of which French does not say « en »: Hauts-de-France, Pays de la Loire, Grand Est, La Réunion, Mayotte."""

_CENTRE = "24"
_FEMININE_EPCI = ("CC ", "CA ", "CU ", "Métropole ", "Eurométropole ")
_MUTE = ("Hérault",)
_VOWELS = tuple("AEIOUYÀÂÉÈÊËÎÏÔÖŒÙÛÜ")


def named(place: Place) -> str:
    """The place with its article, as the object of a verb: « la Somme », « l'Ain », « Paris », « Lens »."""
    article = _article(place)
    return f"{article}{'' if article in ('', _ELIDED) else ' '}{place.name}"


def within(place: Place) -> str:
    """Where something is: « dans la Somme », « en Bretagne », « à Lens », « au Havre »."""
    if _without_article(place):
        return f"en {place.name}"
    article = _article(place)
    if article:
        return f"dans {named(place)}"
    return _at(place.name)


_ELIDED = "l'"


def _without_article(place: Place) -> bool:
    """Whether French says « en » of it."""
    if place.level is Level.REGION:
        return place.code not in _REGIONS
    return place.level is Level.DEPARTEMENT and place.code in _OVERSEAS | _CORSICA


def _article(place: Place) -> str:
    match place.level:
        case Level.DEPARTEMENT if place.code in _BARE:
            return ""
        case Level.DEPARTEMENT if place.code in _PLURAL:
            return "les"
        case Level.DEPARTEMENT if _elides(place.name):
            return _ELIDED
        case Level.DEPARTEMENT:
            return "le" if place.code in _MASCULINE else "la"
        case Level.REGION if place.code == _CENTRE:
            return "le"
        case Level.REGION:
            return _REGIONS.get(place.code) or ("" if place.code in _REGIONS else _feminine(place.name))
        case Level.EPCI if place.name.startswith("Eu"):
            return _ELIDED
        case Level.EPCI if place.name.startswith(_FEMININE_EPCI):
            return "la"
    return ""


def _feminine(name: str) -> str:
    return _ELIDED if _elides(name) else "la"


def _elides(name: str) -> bool:
    return name.startswith((*_VOWELS, *_MUTE)) and not name.startswith("Yv")


def _at(name: str) -> str:
    """« à » before a name that may begin with its own article."""
    for article, contracted in (("Le ", "au"), ("Les ", "aux")):
        if name.startswith(article):
            return f"{contracted} {name.removeprefix(article)}"
    return f"à {name}"
