"""What someone asked a canvas to show, and how: a value that the address, a saved view and an export all carry."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from crm import days
from crm.analytics.freshness import State
from crm.canvas.families import FAMILIES, LINKS, SET_ASIDE
from crm.store.values import is_kept
from graph_schema.declaration import Vocabulary
from graph_schema.limits import Limit
from graph_schema.vocabularies import Function
from graph_schema.wording import count, listing

DEEPEST = Limit(
    4, "Liens de distance autour de ce qui est dessiné", "refusé par la commande, ramené à la limite à l'écran"
)
"""Beyond so many links from the start, everything is near everything."""

MANY = 500
"""At most so many ids of one sort: a state is what someone clicked together."""


class Colour(Vocabulary):
    """What the colour of a node says."""

    FRESHNESS = "fraicheur", "Fraîcheur"
    FAMILY = "famille", "Famille"
    FUNCTION = "fonction", "Fonction"
    COMMUNITY = "communaute", "Communauté"


class SizeMeaning(Vocabulary):
    """What the size of a node says."""

    DEGREE = "degre", "Nombre de liens"
    RELAY = "relais", "Rôle de relais"
    NONE = "aucune", "Tous égaux"


@dataclass(frozen=True, slots=True)
class CanvasState:
    """A canvas as asked for; equal states show the same picture of the same network on the same day.

    ``starts`` are ids of nodes or of territories (``commune:62498``), ``search`` a text whose finds are starts too.
    What is at most ``depth`` links away is shown. An entry of ``expanded`` is an id, or ``id/LinkType`` for that type
    only; ``collapsed`` nodes lead no further; ``hidden`` ones are out; ``pinned`` ones stay and do not move. The
    ``…_out`` sets say what the legend has switched off: link types, families, states, functions. ``path`` joins two
    nodes, ``introduce`` asks who can introduce us to a node, ``loss`` what goes dark without one, ``compare`` what has
    changed since a day.
    """

    starts: tuple[str, ...] = ()
    search: str = ""
    depth: int = 1
    expanded: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    links_out: frozenset[str] = frozenset()
    families_out: frozenset[str] = SET_ASIDE
    states_out: frozenset[State] = frozenset()
    functions_out: frozenset[Function] = frozenset()
    colour: Colour = Colour.FRESHNESS
    size: SizeMeaning = SizeMeaning.DEGREE
    path: tuple[str, str] | None = None
    introduce: str = ""
    loss: str = ""
    compare: date | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing yet."""
        return not (self.starts or self.search or self.introduce or self.path)

    def to_json(self) -> dict[str, Any]:
        """What differs from an empty state, as JSON; ``read`` gives the state back."""
        bare = CanvasState()
        return {
            field.name: _plain(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(bare, field.name)
        }


class Read(NamedTuple):
    """A state as far as it could be read, and a French sentence about what could not (or nothing)."""

    state: CanvasState
    notice: str = ""


def read(content: object) -> Read:
    """The state that a JSON text or a mapping holds. What it says wrongly is left out and said, never an error."""
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            content = None
    if not isinstance(content, Mapping):
        return Read(CanvasState(), "Cette vue est illisible : elle s'ouvre vide.")
    wrong: list[str] = []
    found: dict[str, Any] = {}
    for name, value in content.items():
        if name not in _READERS:
            wrong.append(str(name)[:40])
            continue
        kept, refused = _READERS[name](value)
        wrong += refused
        if kept is not None:
            found[name] = kept
    return Read(CanvasState(**found), _notice(wrong))


def _notice(wrong: list[str]) -> str:
    if not wrong:
        return ""
    shown = (each.encode(errors="replace").decode() for each in dict.fromkeys(wrong))
    names = listing([f"« {each} »" for each in shown], limit=3)
    return f"{count(len(wrong), 'réglage inconnu', 'réglages inconnus')} de cette vue, laissés de côté : {names}."


_Reader = Callable[[Any], tuple[Any, list[str]]]
"""Takes a JSON value; returns what it means (None for the default) and what of it means nothing."""


def _texts(value: Any) -> list[str]:
    return [each for each in value if each and _is_text(each)][:MANY] if isinstance(value, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and is_kept(value)  # half a surrogate pair, which JSON can spell, goes nowhere


def _ids(value: Any) -> tuple[frozenset[str], list[str]]:
    return frozenset(_texts(value)), []


def _some(known: Mapping[str, Any]) -> _Reader:
    """A set of known terms."""

    def read_terms(value: Any) -> tuple[frozenset[Any], list[str]]:
        texts = _texts(value)
        return frozenset(known[t] for t in texts if t in known), [t[:40] for t in texts if t not in known]

    return read_terms


def _one(vocabulary: type[Vocabulary]) -> _Reader:
    known = _terms(vocabulary)
    return lambda value: (known.get(str(value)), [] if str(value) in known else [str(value)[:40]])


def _terms(vocabulary: Iterable[Vocabulary]) -> dict[str, Vocabulary]:
    return {str(term): term for term in vocabulary}


def _text(value: Any) -> tuple[str | None, list[str]]:
    return (value[:200], []) if _is_text(value) else (None, [str(value)[:40]])


def _depth(value: Any) -> tuple[int | None, list[str]]:
    if isinstance(value, int) and not isinstance(value, bool):
        return min(max(value, 0), DEEPEST), []
    return None, [str(value)[:40]]


def _ends(value: Any) -> tuple[tuple[str, str] | None, list[str]]:
    texts = _texts(value)
    return ((texts[0], texts[1]), []) if len(texts) == 2 else (None, ["path"])


def _day(value: Any) -> tuple[date | None, list[str]]:
    day = days.read(value) if isinstance(value, str) else None
    return (day, []) if day else (None, [str(value)[:40]])


_READERS: Mapping[str, _Reader] = {
    "starts": lambda value: (tuple(dict.fromkeys(_texts(value))), []),
    "search": _text,
    "depth": _depth,
    "expanded": _ids,
    "collapsed": _ids,
    "hidden": _ids,
    "pinned": _ids,
    "links_out": _some({name: name for name in LINKS}),
    "families_out": _some({name: name for name in FAMILIES}),
    "states_out": _some(_terms(State)),
    "functions_out": _some(_terms(Function)),
    "colour": _one(Colour),
    "size": _one(SizeMeaning),
    "path": _ends,
    "introduce": _text,
    "loss": _text,
    "compare": _day,
}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Vocabulary) else value
