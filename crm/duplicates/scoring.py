"""How much speaks for two organisations being one, in a figure and in French words. Pure: no store, no clock."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

from crm.duplicates.addresses import elsewhere
from crm.duplicates.judging import apart, contradictions, judge
from crm.duplicates.names import compatible, name_keys, tells
from graph_schema.declaration import Vocabulary

_ALIKE = 88
"""Names of which ``rapidfuzz`` finds so much alike, of a hundred, are close."""

_PROBABLE, _WIDE = 0.75, 0.5
_AGAINST = 0.7
"""What is left of a score for each thing that contradicts."""


class Sureness(Vocabulary):
    """How surely two records are one partner."""

    CERTAIN = "certaine", "Certaine"
    PROBABLE = "probable", "Probable"
    WIDE = "large", "Possible"


class Likeness(NamedTuple):
    """How surely two contents are one organisation: strength, score from 0 to 100, what speaks for it and against."""

    strength: Sureness
    score: int
    reasons: tuple[str, ...]


class _Sign(NamedTuple):
    words: str
    weight: float


_SAME = (
    ("siret", _Sign("même SIRET", 0.99)),
    ("uai", _Sign("même UAI", 0.95)),
    ("siren", _Sign("même SIREN", 0.6)),
    ("email", _Sign("même courriel", 0.5)),
    ("phone", _Sign("même téléphone", 0.5)),
    ("website", _Sign("même site web", 0.4)),
)


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> Likeness | None:
    """How surely two contents are one organisation; None where too little speaks for it, or something forbids it."""
    if apart(one, other):
        return None
    named = _of_names(one, other)
    signs = [*_same(one, other), *named]
    unlike = 1.0
    for sign in signs:
        unlike *= 1 - sign.weight
    against = tuple(contradictions(one, other))
    score = (1 - unlike) * _AGAINST ** len(against)
    judgement = judge(one, other)
    reasons = (*(sign.words for sign in signs), *_place(one, other), *(f"mais {each}" for each in against))
    if judgement and judgement.certain:
        return Likeness(Sureness.CERTAIN, max(round(100 * score), 90), reasons)
    if named and (score >= _PROBABLE or (judgement and not against)):
        return Likeness(Sureness.PROBABLE, round(100 * score), reasons)
    return Likeness(Sureness.WIDE, round(100 * score), reasons) if score >= _WIDE else None


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[_Sign]:
    for field, sign in _SAME:
        if one.get(field) and one.get(field) == other.get(field):
            yield sign
    here, there = (str(each.get("address") or "") for each in (one, other))
    town = str(one.get("city") or other.get("city") or "")
    if here and there and not elsewhere(here, there, town) and one.get("commune") == other.get("commune"):
        yield _Sign("même adresse", 0.4)


def _place(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    here, there = one.get("commune"), other.get("commune")
    if here and there:
        yield "même commune"
    elif here or there:
        yield "commune connue d'un seul côté"


def _of_names(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[_Sign]:
    """The one sign that their names give, if they do."""
    signs = [sign for a in name_keys(one) for b in name_keys(other) if (sign := _named(a, b)) is not None]
    best = max(signs, key=lambda sign: sign.weight, default=None)
    return [best] if best else []


def _named(one: str, other: str) -> _Sign | None:
    """What two keys of names have in common."""
    if one == other:
        return _Sign("même nom", 0.65) if tells(one) else _Sign("même nom, que beaucoup portent", 0.3)
    words, others = set(one.split()), set(other.split())
    if any(len(word) == 1 or not word.isalpha() for word in words ^ others):
        return None  # « Crèche A » and « Crèche D », « Lycée 1 » and « Lycée 2 » are as near as two can be, and two
    apart_by = OSA.distance(one, other, score_cutoff=2)
    if apart_by == 1 and min(len(one), len(other)) > 4:
        return _Sign("même nom à une lettre", 0.6)
    if apart_by == 2 and min(len(one), len(other)) > 11:
        return _Sign("même nom à deux lettres", 0.5)
    if compatible(one, other) and all(map(tells, (one, other))):
        return _Sign("un nom contient l'autre", 0.4)
    return _Sign("noms proches", 0.4) if token_sort_ratio(one, other) >= _ALIKE else None
