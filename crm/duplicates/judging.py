"""Whether two contents are one organisation: for certain, perhaps, or not. Pure: no store, no clock.

For certain takes an identifier, or the same name in the same place, and nothing that contradicts: another whole name,
another address, another UAI. Another SIRET, another SIREN or another commune says that they are two.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from crm.duplicates.addresses import elsewhere
from crm.duplicates.names import compatible, forms_contradict, name_key, own_domain, tells
from graph_schema.text import fold
from graph_schema.vocabularies import Kind

Contents = Mapping[str, Any]
WEAK = 5
"""The rank of what another name makes doubtful; ranks below are certain, those above are contradicted or unsure."""


class Judgement(NamedTuple):
    """How surely two contents are one organisation (1 first; certain or not), and why (French)."""

    rank: int
    certain: bool
    reason: str


def apart(one: Contents, other: Contents) -> bool:
    """Whether an identifier or the commune says that they are two."""
    return any(one.get(f) and other.get(f) and one[f] != other[f] for f in ("siret", "siren", "commune"))


def judge(one: Contents, other: Contents) -> Judgement | None:
    """What two contents have in common that could make them one organisation; None where nothing does."""
    if apart(one, other):
        return None
    found = _shared(one, other)
    if found is None or not found.certain:
        return found
    if against := ", ".join(contradictions(one, other)):
        return Judgement(found.rank + WEAK, False, f"{found.reason}, mais {against}")
    return found


def contradictions(one: Contents, other: Contents) -> Iterator[str]:
    """What says, of two contents that share a name or an identifier, that they may be two all the same (French)."""
    if one.get("uai") and other.get("uai") and one["uai"] != other["uai"]:
        yield "un autre UAI"
    if elsewhere(_text(one, "address"), _text(other, "address"), _text(one, "city") or _text(other, "city")):
        yield "une autre adresse"
    if forms_contradict(_text(one, "name"), _text(other, "name")):
        yield "une association et une société"
    if not (one.get("commune") and other.get("commune")) and _another_place(one, other):
        yield "une autre ville"


def _shared(one: Contents, other: Contents) -> Judgement | None:
    """What two contents share, before anything that contradicts it."""
    place = bool(one.get("commune")) and one.get("commune") == other.get("commune")
    if one.get("siret") and one.get("siret") == other.get("siret"):
        return Judgement(0, True, "même SIRET")
    if one.get("uai") and one.get("uai") == other.get("uai"):
        return Judgement(1, True, "même UAI")
    if place and one.get("siren") and one.get("siren") == other.get("siren"):
        sure = _one_establishment(one, other)
        why = "même SIREN dans la même commune"
        return Judgement(1, True, why) if sure else Judgement(WEAK + 1, False, f"{why}, mais un autre nom")
    if named := _named_alike(one, other):
        return _by_name(one, other, place, named)
    domains = {own_domain(_text(each, "email")) for each in (one, other)}
    if place and len(domains) == 1 and domains != {""}:
        return _by_domain(one, other)
    return None


def _by_name(one: Contents, other: Contents, place: bool, named: str) -> Judgement:
    """Two contents of which one bears a name of the other."""
    nowhere = not one.get("commune") and not other.get("commune")
    why = f"{named} dans la même commune" if place else f"{named}, commune inconnue des deux côtés"
    if not place and not nowhere:
        return Judgement(WEAK + 3, False, f"{named}, mais la commune n'est connue que d'un côté")
    if not all(tells(_text(each, "name"), _text(each, "city")) for each in (one, other)):
        return Judgement(WEAK + 2, False, f"{why}, mais ce nom est celui de beaucoup d'autres")
    if named != "même nom":
        return Judgement(WEAK, False, why)
    return Judgement(2 if place else 3, True, why)


def _by_domain(one: Contents, other: Contents) -> Judgement:
    """Two contents of one commune that share an e-mail domain of their own, and no name."""
    why = "même domaine électronique dans la même commune"
    if not _text(one, "name") or not _text(other, "name"):
        return Judgement(WEAK + 2, False, f"{why}, sans nom")
    keys = [_key(each, _text(each, "name")) for each in (one, other)]
    # A chamber is often called by its bare acronym: a town has one of each.
    if compatible(*keys) and {"cci", "cma"} & {*keys}:
        return Judgement(4, True, why)
    return Judgement(WEAK, False, f"{why}, mais un autre nom")


def _one_establishment(one: Contents, other: Contents) -> bool:
    """Whether two contents of one SIREN and commune are surely one establishment: alike named, or wholly otherwise.

    A company's brand is often not its legal name; « Crèche A », « Crèche D » are two of a town's services.
    """
    names = [_text(each, "name") for each in (one, other)]
    if not all(names) or _named_alike(one, other) == "même nom":
        return True
    companies = all((each.get("kind") or Kind.COMPANY) == Kind.COMPANY for each in (one, other))
    words, others = (set(_key(each, name).split()) for each, name in zip((one, other), names, strict=True))
    return companies and not words & others


def _named_alike(one: Contents, other: Contents) -> str:
    """« même nom » where one is called as the other (its name, or another name of it), else what they share."""
    own, others = _key(one, _text(one, "name")), _key(other, _text(other, "name"))
    if own and own == others:
        return "même nom"
    if own in _other_names(other) or others in _other_names(one):
        return "même nom"
    if _other_names(one) & _other_names(other):
        return "même sigle ou autre nom"
    return ""


def _other_names(values: Contents) -> set[str]:
    """The keys of an organisation's acronym and other names that can tell it from others."""
    names = [values.get("acronym"), *(values.get("aliases") or ())]
    town = _text(values, "city")
    return {_key(values, str(name)) for name in names if name and tells(str(name), town)}


def _another_place(one: Contents, other: Contents) -> bool:
    for field in ("postal_code", "city"):
        said = fold(_text(one, field)), fold(_text(other, field))
        if all(said) and said[0] != said[1]:
            return True
    return False


def _key(values: Contents, name: str) -> str:
    return name_key(name, _text(values, "city")) if name else ""


def _text(values: Contents, field: str) -> str:
    return str(values.get(field) or "")
