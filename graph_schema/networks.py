"""The field's well-known networks: what a partner's name says of its kind, and functions that the kind leaves out.

A name that is not surely one of them says nothing: « Garage de la Mission », « Transports Région Nord » are companies.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from graph_schema.text import fold
from graph_schema.vocabularies import FUNCTIONS_OF_KIND, Function, Kind


class KindNames(NamedTuple):
    """A kind of partner as names and files call it: regular expressions on folded text.

    ``begins`` is how a name begins; ``anywhere`` is so distinctive that it may stand elsewhere in a name; ``words``
    mean the kind only where the text is known to be about kinds (a « type » column) or not to be a company's name.
    ``more`` are functions besides those of the kind; ``also`` are other kinds under which people file it.
    """

    kind: Kind
    begins: str = ""
    anywhere: str = ""
    words: str = ""
    more: tuple[Function, ...] = ()
    also: tuple[Kind, ...] = ()


_REGIONS = (
    "auvergne rhone alpes|bourgogne franche comte|bretagne|centre val de loire|corse|grand est|guadeloupe|guyane|"
    "hauts de france|ile de france|la reunion|martinique|mayotte|normandie|nouvelle aquitaine|occitanie|"
    "pays de la loire|provence alpes cote d azur|paca|reunion|sud"
)

_TRADES = (
    "agricol|agroaliment|artisan|assurance|banc|banq|batiment|boucher|boulang|bois|btp|chimi|coiffure|commerc|constr|"
    "credit|distribution|emplo[iy]|entrepr|exploitants|hotel|immobilier|imprim|indust|infirm|medec|meti|metal|mecan|"
    "negoc|particuliers|patron|pharma|plast|profession|propre|restaur|securite privee|services|textile|tourisme|"
    "transport|travaux publics|verre"
)
"""How the words begin by which a federation tells its branch; others are of sport or leisure."""


NETWORKS: tuple[KindNames, ...] = (
    KindNames(
        Kind.EMPLOYMENT,
        "cap emploi",
        "reseau cheops|cheops",
        "cap emploi",
        more=(Function.EMPLOYMENT, Function.DISABILITY),
        also=(Kind.DISABILITY,),
    ),
    KindNames(
        Kind.EMPLOYMENT,
        "apec|maison de l emploi|plie|ml (?:de|du|des|d)|milo",
        "france travail|pole emploi|missions? locales?",
        "maison de l emploi|apec|service public de l emploi",
    ),
    KindNames(
        Kind.JOINT_BODY,
        "akto|atlas opco|transitions pro",
        "opco|afdas|ocapiat|constructys|uniformation|opcommerce|transition pro|transitions pro",
        "akto|operateur de competences",
    ),
    KindNames(
        Kind.CHAMBER,
        "cci|cma|ccir|crma|chambre (?:regionale |departementale |interdepartementale |territoriale )?"
        "(?:de|des) (?:commerce|metiers)|chambre (?:regionale |departementale )?d agriculture",
        "chambre de commerce et d industrie|chambre de metiers et de l artisanat",
        "cci|cma|chambre",
    ),
    KindNames(
        Kind.EPCI,
        "communaute (?:de communes|d agglomeration|urbaine)|cc (?:du|de|des|d)|agglomeration (?:de|du|d)|"
        "metropole (?:europeenne|rouen|nice|aix|toulon|grand|du|de|d|des)|(?:lille|bordeaux|nantes|dijon|brest|"
        "tours|rennes|orleans|clermont auvergne|montpellier mediterranee|toulouse|saint etienne) metropole$",
        "communaute de communes|communaute d agglomeration|communaute urbaine",
        "metropole|agglomeration|intercommunalite|epci|cc|cu",
    ),
    KindNames(
        Kind.DISABILITY, "", "agefiph|fiphfp", "", more=(Function.DISABILITY, Function.FUNDER), also=(Kind.FUNDER,)
    ),
    KindNames(
        Kind.DISABILITY,
        "maison departementale (?:des personnes handicapees|de l autonomie)|apf france handicap|"
        "lada?pt|handicap emploi",
        "mdph",
        "mda|handicap|maison departementale des personnes handicapees",
    ),
    KindNames(
        Kind.ADAPTED,
        "entreprise adaptee",
        "esat|eatt|etablissement (?:et|ou) service d (?:aide|accompagnement) par le travail",
        "entreprise adaptee|ea",
    ),
    KindNames(
        Kind.IAE,
        "etti|siae|regie de quartier|(?:structure|chantier|entreprise)s? d insertion|"
        "association intermediaire|atelier et chantier d insertion|groupement d employeurs pour l insertion",
        "geiq|chantiers? d insertion|entreprise de travail temporaire d insertion",
        "iae|siae|aci|ei|ai|etti",
    ),
    KindNames(Kind.CEP, "", "", "cep|operateur cep|conseil en evolution professionnelle"),
    KindNames(
        Kind.GUIDANCE,
        "cio|crij|cite des metiers|centre d information et d orientation|(?:bureau|point) information jeunesse",
        "service public de l orientation",
        "cio|spro|centre d information et d orientation",
    ),
    KindNames(
        Kind.SOCIAL_CENTRE,
        "centre socia(?:l|ux)|centre socio ?culturel|csc|ccas|cias",
        "centre communal d action sociale|centre intercommunal d action sociale",
        "centre social|csc|ccas|centre socioculturel",
    ),
    KindNames(
        Kind.STATE,
        "prefecture|sous prefecture|rectorat|draaf|direction (?:departementale|regionale) (?:de l emploi|"
        "de l economie|du travail|de l alimentation)|dsden",
        "dreets|drieets|ddetspp|ddets|direccte",
        "prefecture|direction departementale|rectorat|academie|service de l etat",
    ),
    KindNames(
        Kind.SCHOOL,
        "lycee|college|universite|cfa|greta|afpa|mfr|maison familiale rurale|iut|ecole (?:primaire|"
        "elementaire|maternelle|superieure|nationale|de la deuxieme chance|de la 2e chance)|e2c|(?:centre|organisme) "
        "de formation|campus des metiers|institut medico educatif|ime|epide",
        "centre de formation d apprentis|centre de formation des apprentis",
        "ecole|iut|campus|lycee|college|universite",
    ),
    KindNames(
        Kind.BRANCH,
        rf"branche professionnelle|federation (?=(?:.* )?(?:{_TRADES}))|"
        "syndicat (?:professionnel|patronal|national|departemental|regional) des?|"
        "union patronale|uimm|umih|capeb|ffb|frtp|fntp|cpme|medef|u2p|fnsea|fdsea",
        "union des industries et metiers de la metallurgie|syndicat professionnel",
        "branche|syndicat professionnel|federation",
    ),
    KindNames(
        Kind.FUNDER,
        rf"conseil regional|region (?:{_REGIONS})(?: pyrenees mediterranee| provence alpes cote d azur)?$",
        "",
        "financeur|region",
        more=(Function.FUNDER, Function.LOCAL),
    ),
    KindNames(
        Kind.OTHER,
        "conseil departemental|departement (?:de|du|des|d)|mairie|ville de|commune de",
        "",
        "mairie|commune|departement",
        more=(Function.LOCAL,),
    ),
    KindNames(Kind.ASSOCIATION, "association|asso|assoc", "", "association|assoc|asso"),
)
"""In the order in which they are tried."""

_LEAD = re.compile(
    r"(?:(?:l|la|le|les|antenne|agence|association|asso|bureau|delegation|direction|espace|federation|groupe|point|"
    r"reseau|service|site|union)(?: (?:de|du|des|d|l|la|le|les|regionale?|departementale?|nationale?|locale?)\b)* )+"
)
"""What people put before the name of a network: « Antenne de la mission locale »."""

_TRADE = re.compile(
    r"(?:sarl|sas|sasu|eurl|sa|sci|scop|snc|ets|etablissements|garage|boulangerie|boucherie|patisserie|restaurant|hotel|"
    r"cafe|brasserie|bar|pharmacie|imprimerie|transports?|taxis?|ambulances?|auto ecole|coiffure|salon|librairie|"
    r"supermarche|residence|clinique|cabinet|atelier|menuiserie|plomberie|peinture|fleuriste|interim|le petit)\b"
)
"""How the name of a company begins: what follows is its street, its neighbour or a play on words."""

_ACRONYMS = frozenset(
    {
        "afpa", "akto", "apec", "ccir", "cci", "cfa", "cio", "cma", "cpme", "crij", "crma", "csc", "e2c", "epide",
        "ffb", "fntp", "fnsea", "frtp", "greta", "ime", "iut", "ml", "mfr", "milo", "plie", "siae", "u2p",
        "uimm", "umih",
    }
)  # fmt: skip
"""Names of networks that are short enough to be those of companies too."""

_COMMON = frozenset({"college", "lycee", "universite", "mairie", "federation", "prefecture", "rectorat"})
"""Words that companies take for their names."""

_FIRM = re.compile(
    r"\b(?:sarl|sasu?|eurl|sa|sci|scop|snc|cgm|associes|assurances?|audit|automobiles?|auto|bar|bistrot?|boutique|cafe|"
    r"carrelage|chauffage|climatisation|coiffure|computers?|conseils?|constructions?|consulting|couverture|electricite|"
    r"engineering|etancheite|fils|fleurs|food|freres|holding|ingenierie|immo|immobilier|informatique|interim|isolation|"
    r"location|logistique|maconnerie|mecanique|medical|menuiserie|metallerie|negoce|nettoyage|parfumerie|paysages?|"
    r"peinture|pizza|plomberie|pressing|productions?|pub|renovation|resto|shop|snack|solutions?|store|studio|"
    r"systemes?|systems?|taxis?|technologies|toiture|tp|transports?|voyages)\b"
)
"""Words that make of a short or common word the name of a company: « CMA CGM », « CFA Conseil », « Le Lycée Café »."""

_SEPARATOR = re.compile(r"\s[-–—:/|·]\s|[(),;|]")
_LODGING = re.compile(r"chambres? d hotes?\b")
_GLUED = re.compile(r"(?<=\w)[-‐‑](?=(?:toi|moi|nous|vous|le|la)\b)", re.IGNORECASE)
_BEGINS = tuple(
    (each, re.compile(rf"(?:{'|'.join(filter(None, (each.begins, each.anywhere)))})\b"))
    for each in NETWORKS
    if each.begins or each.anywhere
)
_ANYWHERE = tuple((each, re.compile(rf"\b(?:{each.anywhere})\b")) for each in NETWORKS if each.anywhere)
_LOOSE = tuple(
    (each, re.compile(rf"\b(?:{'|'.join(filter(None, (each.begins, each.anywhere, each.words)))})\b"))
    for each in NETWORKS
)


@lru_cache(maxsize=65_536)
def well_known(name: str) -> KindNames | None:
    """The network that an organisation's name surely says it belongs to, or None.

    >>> well_known("Mission locale de l'Exemple").kind.label, well_known("Garage de la Mission")
    ("Service public de l'emploi", None)
    """
    folded = fold(name)
    if not folded or _TRADE.match(folded) or _GLUED.search(name):
        return None
    parts = [part for piece in _SEPARATOR.split(name) if (part := fold(piece))]
    found = (network for part in parts for start in _starts(part) for network in _begun(start))
    first = next(found, None)
    if first is None or first.kind is Kind.ASSOCIATION:
        first = next((network for network, pattern in _ANYWHERE if pattern.search(folded)), first)
    return first


def _starts(part: str) -> Iterator[str]:
    """A part of a name, then without what leads to the name proper: the latter tells more when it tells anything."""
    if lead := _LEAD.match(part):
        yield part[lead.end() :]
    yield part


def _begun(text: str) -> Iterator[KindNames]:
    found = ((network, pattern.match(text)) for network, pattern in _BEGINS)
    return (network for network, match in found if match and not _of_a_firm(match[0], text[match.end() :]))


def _of_a_firm(word: str, after: str) -> bool:
    """Whether the word that a network is known by is there a mere part of a company's name."""
    return word.strip() in _ACRONYMS | _COMMON and _FIRM.search(after) is not None


def network_of_words(text: str) -> KindNames | None:
    """The network that a word of a « type » column means, alone or first: « mission locale », « Lycée (public) ».

    A single word further on says nothing of the kind: an « auto-école » is no school.
    """
    parts = [part for piece in _SEPARATOR.split(text) if (part := fold(piece))]
    if not parts or _TRADE.match(parts[0]) or _LODGING.match(parts[0]):
        return None
    return next((network for network, pattern in _LOOSE if any(_leads(part, pattern) for part in parts)), None)


def _leads(part: str, pattern: re.Pattern[str]) -> bool:
    """Whether a network is what a part of a text says first, or in several words."""
    found = pattern.search(part)
    if found is None or found.start() == 0 or " " in found[0].strip():
        return found is not None
    lead = _LEAD.match(part)
    return lead is not None and lead.end() >= found.start()


@lru_cache(maxsize=65_536)
def network_of_body(name: str) -> KindNames | None:
    """The network that the name of a public body or an association tells: surely, or by two words or more."""
    folded = fold(name)
    if (network := well_known(name)) or _TRADE.match(folded):
        return network
    found = ((network, pattern.search(folded)) for network, pattern in _LOOSE)
    return next((network for network, match in found if match and " " in match[0].strip()), None)


_HAVE_MORE = frozenset(kind for each in NETWORKS if each.more for kind in (each.kind, *each.also))


def functions_of(kind: Kind, name: str) -> tuple[Function, ...]:
    """The functions of a partner that declares none: those of its kind, and those of the network of its name.

    A name counts only under a kind that goes with it: someone who says « Entreprise » of a « Cap emploi » is believed.
    """
    own = FUNCTIONS_OF_KIND[kind]
    if kind not in _HAVE_MORE:
        return own
    network = well_known(name)
    if network is None or kind not in (network.kind, *network.also):
        return own
    return tuple(dict.fromkeys((*own, *network.more)))
