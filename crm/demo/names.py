"""Invented names, all recognisable as such: people, companies, streets."""

from random import Random

from graph_schema.vocabularies import Civility

COLLEAGUES = ("C. Exemple", "J. Fictif", "A. Modèle", "S. Maquette")
"""Who works for the invented provider; the first follows most of the partners."""

_WOMEN = (
    "Claire", "Amina", "Sophie", "Nadia", "Camille", "Élodie", "Fatou", "Hélène", "Inès", "Julie", "Karima", "Laure",
    "Manon", "Noémie", "Océane", "Pauline", "Rachel", "Sabrina", "Thérèse", "Valérie", "Yasmine", "Zoé", "Maëlle",
    "Agnieszka", "Béatrice",
)  # fmt: skip
_MEN = (
    "Alain", "Bruno", "Cédric", "David", "Étienne", "Farid", "Guillaume", "Hugo", "Ibrahim", "Jérôme", "Kévin", "Loïc",
    "Mehdi", "Nicolas", "Olivier", "Patrick", "Quentin", "Romain", "Stanislas", "Thomas", "Ulysse", "Victor", "William",
    "Xavier", "Yann",
)  # fmt: skip
_FAMILY = (
    "Exemple", "Fictif", "Modèle", "Imaginaire", "Spécimen", "Maquette", "Prototype", "Chimère", "Fable", "Légende",
    "Mirage", "Esquisse", "Échantillon", "Factice", "Simili", "Pastiche", "Parabole", "Semblant", "Hypothèse",
    "Scénario", "Brouillon", "Croquis", "Personnage", "Figurant", "Anonyme", "Quidam", "Inventé", "Supposé", "Songe",
    "Utopie",
)  # fmt: skip
_COMPANY_WORDS = (
    "Exemple", "Fictif", "Imaginaire", "Modèle", "Spécimen", "Factice", "Chimère", "Prototype", "Mirage", "Maquette",
    "de la Fable", "de la Légende", "du Bon Exemple", "des Trois Exemples", "Fictif et Fils", "Exemple Frères",
    "du Pastiche", "de l'Esquisse", "Utopie", "Échantillon", "du Songe", "de la Parabole", "Simili", "du Faux-Semblant",
)  # fmt: skip
STREETS = (
    "rue de l'Exemple", "avenue du Modèle", "place de la Fable", "boulevard Imaginaire", "rue des Spécimens",
    "chemin du Mirage", "rue de la Maquette", "allée des Chimères", "zone d'activité du Prototype",
)  # fmt: skip


def person(random: Random, compound: bool = False) -> tuple[Civility, str, str]:
    """A civility, a given name and a family name; ``compound`` gives far more different family names."""
    civility = random.choice((Civility.MRS, Civility.MR))
    given = random.choice(_WOMEN if civility is Civility.MRS else _MEN)
    family = random.choice(_FAMILY)
    if compound:
        family = f"{family}-{random.choice(_FAMILY)}"
    return civility, given, family


def company(random: Random, trade: str) -> str:
    """The name of a company of a trade, e.g. « Menuiserie Imaginaire »."""
    return f"{trade} {random.choice(_COMPANY_WORDS)}"
