"""The schema page: every declared type with its fields, its links and its vocabularies, written from the registry."""

from collections.abc import Iterable, Iterator

from graph_schema.declaration import Link, Vocabulary
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, LinkType, NodeType, Shape
from graph_schema.wording import listing

_SHAPES = {
    Shape.TEXT: "texte",
    Shape.INTEGER: "nombre entier",
    Shape.NUMBER: "nombre",
    Shape.BOOLEAN: "oui ou non",
    Shape.DATE: "date",
    Shape.CHOICE: "un terme",
    Shape.TEXTS: "liste de textes",
    Shape.CHOICES: "plusieurs termes",
}
_FLAGS = {
    "unique": "unique",
    "index": "indexé",
    "search": "recherché",
    "personal": "donnée personnelle",
    "column": "colonne de liste",
    "hidden": "hors des formulaires",
    "vouched": "établi par Réseau 28, jamais saisi",
    "closed": "tu d'une preuve confidentielle",
}
_INTRO = (
    "Cette page est engendrée depuis les déclarations de `graph_schema` (`make docs`). "
    "Une fiche a un identifiant et un numéro de révision ; un champ sans valeur est absent. "
    "Les dates s'écrivent AAAA-MM-JJ. "
    "« En-têtes » donne les noms sous lesquels un fichier importé peut appeler le champ, "
    "outre son nom et son libellé, sans égard aux accents ni à la casse."
)


def markdown() -> str:
    """The whole page, in French."""
    blocks = [
        "# Le schéma",
        _INTRO,
        f"Version du schéma : {SCHEMA_VERSION}.",
        *_contents(),
        "## Les fiches",
        *(block for node in SCHEMA.nodes.values() for block in _node(node)),
        "## Les liens",
        "Tout lien peut porter une période, une certitude et ses propres preuves :",
        _table(("Champ", "Nom", "Contenu"), (_shared(field) for field in _shared_fields())),
        *(block for link in SCHEMA.links.values() for block in _link(link)),
        "## Les vocabulaires",
        *(block for vocabulary in _vocabularies() for block in _terms(vocabulary)),
        "## Les données personnelles",
        "Les champs déclarés comme données sur une personne :",
        "\n".join(_personal()),
    ]
    return "\n\n".join(blocks) + "\n"


def _contents() -> Iterator[str]:
    yield f"Fiches : {listing([_anchor(node.about.label, node.name) for node in SCHEMA.nodes.values()])}."
    yield f"Liens : {listing([_anchor(link.about.label, link.name) for link in SCHEMA.links.values()])}."


def _anchor(words: str, name: str) -> str:
    return f"[{words}](#{name.lower()})"


def _node(node: NodeType) -> Iterator[str]:
    yield f"### {node.name}"
    caption = listing([node.fields[name].about.label.lower() for name in node.about.caption])
    yield f"**{node.about.label}.** {node.about.help} Désigné par : {caption}."
    yield _fields(node.fields.values())


def _link(link: LinkType) -> Iterator[str]:
    about = link.about
    yield f"### {link.name}"
    ends = f"{_ends(about.sources)} → {_ends(about.targets)}"
    yield f"**{about.label}** (dans l'autre sens : {about.inverse}). {ends}. {about.help}".rstrip()
    yield f"Relation Neo4j : `{link.relation}`."
    if own := [field for field in link.fields.values() if field.name not in Link.model_fields]:
        yield _fields(own)


def _ends(names: Iterable[str]) -> str:
    return ", ".join(_anchor(SCHEMA.nodes[name].about.label, name) for name in names)


def _fields(fields: Iterable[Field]) -> str:
    return _table(("Champ", "Nom", "Contenu", "Particularités", "En-têtes"), (_row(field) for field in fields))


def _row(field: Field) -> tuple[str, ...]:
    about = field.about
    label = f"{about.label} — {about.help}" if about.help else about.label
    flags = ["obligatoire"] if field.required else []
    flags += [words for flag, words in _FLAGS.items() if getattr(about, flag)]
    headers = ", ".join(header.strip() for header in about.headers.split(",") if header.strip())
    return label, f"`{field.name}`", _content(field), ", ".join(flags), headers


def _content(field: Field) -> str:
    shape = _SHAPES[field.shape]
    if field.vocabulary is None:
        return shape
    return f"{shape} de {_anchor(field.vocabulary.__name__, field.vocabulary.__name__)}"


def _shared_fields() -> list[Field]:
    link = next(iter(SCHEMA.links.values()))
    return [link.fields[name] for name in Link.model_fields]


def _shared(field: Field) -> tuple[str, ...]:
    return field.about.label, f"`{field.name}`", _content(field)


def _vocabularies() -> list[type[Vocabulary]]:
    """Every vocabulary of a field, in the order in which fields name them."""
    found = (field.vocabulary for type in _declared() for field in type.fields.values())
    return list(dict.fromkeys(vocabulary for vocabulary in found if vocabulary is not None))


def _declared() -> list[NodeType | LinkType]:
    return [*SCHEMA.nodes.values(), *SCHEMA.links.values()]


def _terms(vocabulary: type[Vocabulary]) -> Iterator[str]:
    yield f"### {vocabulary.__name__}"
    yield _table(("Terme", "Valeur"), ((term.label, f"`{term.value}`") for term in vocabulary))


def _personal() -> Iterator[str]:
    for type in _declared():
        if fields := type.fields_with("personal"):
            yield f"- {type.about.label} : {listing([field.about.label.lower() for field in fields])}."


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
