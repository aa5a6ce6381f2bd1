# ruff: noqa: E501  (a table of words)
"""The words that tell names, roles, hours, what an exchange was about and where a clause ends, in folded text."""

import re

CIVILITY = re.compile(r"(?<![\w'-])(?P<civility>mme|mlle|melle|mr|m|monsieur|madame|dr)\.? +")
LITTLE = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "des",
        "du",
        "d",
        "un",
        "une",
        "et",
        "en",
        "au",
        "aux",
        "a",
        "chez",
        "avec",
        "pour",
        "par",
        "sur",
        "s",
        "ce",
    ]
)
COMMON = frozenset(
    [
        "ras",
        "rdvs",
        "appel",
        "appele",
        "mail",
        "mails",
        "visite",
        "vu",
        "vue",
        "rdv",
        "rv",
        "msg",
        "message",
        "relance",
        "contact",
        "rencontre",
        "reunion",
        "point",
        "echange",
        "tel",
        "sms",
        "cfa",
        "cap",
        "bts",
        "bp",
        "bac",
        "titre",
        "opco",
        "teams",
        "zoom",
        "visio",
        "ok",
        "nrp",
        "drh",
        "rh",
        "pdg",
        "cv",
        "btp",
        "afest",
        "qualiopi",
        "rncp",
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "nous",
        "je",
        "tu",
        "j",
        "qui",
        "que",
        "quoi",
        "pas",
        "ne",
        "n",
        "si",
        "mais",
        "ou",
        "donc",
        "car",
        "puis",
        "rien",
        "tout",
        "tous",
        "bien",
        "bon",
        "bonne",
        "rappeler",
        "appeler",
        "relancer",
        "envoyer",
        "prevoir",
        "penser",
        "voir",
        "recu",
        "envoye",
        "ecrit",
        "laisse",
        "croise",
        "dejeuner",
        "dejeune",
        "passe",
        "parle",
        "discute",
        "eu",
        "reponse",
        "retour",
        "convention",
        "contrat",
        "stage",
        "alternance",
        "apprenti",
        "apprentis",
        "alternant",
        "salon",
        "forum",
        "webinaire",
        "atelier",
        "seminaire",
        "colloque",
        "signature",
        "presentation",
        "inauguration",
        "entretien",
        "dejeuner",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "hier",
        "demain",
        "aujourd",
        "avant",
        "apres",
        "ce",
        "cette",
        "ces",
        "cet",
        "dans",
        "sans",
        "suite",
        "cf",
        "re",
        "tr",
        "fw",
        "fwd",
        "pb",
        "modele",
        "exemple",
        "maquette",
        "croquis",
        "brouillon",
        "formation",
        "entreprise",
        "projet",
        "besoin",
        "accueil",
        "garage",
        "hotel",
        "restaurant",
        "transports",
        "boulangerie",
        "pharmacie",
        "ai",
        "avons",
        "suite",
        "objet",
        "concernant",
        "nouvelle",
        "nouveau",
        "coup",
        "fil",
        "telephone",
        "telephoné",
        "merci",
        "todo",
        "super",
        "tres",
        "courrier",
        "lettre",
        "newsletter",
        "devis",
        "place",
        "places",
        "poste",
        "postes",
        "contacte",
        "rencontre",
        "recontacte",
        "visiter",
        "telephone",
        "sollicite",
        "invite",
        "informe",
        "prevenu",
        "remercie",
        "repondu",
        "echange",
        "discute",
        "parle",
        "joint",
        "tente",
        "essaye",
        "transmis",
        "message",
        "messages",
        "rappelle",
        "appelle",
        "salons",
        "forums",
        "copie",
        "sympa",
        "merci",
        "vm",
        "suivi",
        "prospection",
        "relances",
        "relancee",
        "rappelee",
        "appelee",
        "vus",
        "vues",
        "recus",
        "mails",
        "textos",
        "texto",
        "whatsapp",
        "rappele",
        "rappel",
        "linkedin",
        "whatsapp",
        "copil",
        "comite",
        "ag",
        "jpo",
        "jury",
        "bilan",
        "audit",
        "tuteur",
        "mission",
        "conseil",
        "branche",
        "region",
    ]
)
"""Words that are a name only where one is expected, or with more words."""

ROLES = tuple(
    (re.compile(rf"(?<![\w'-])(?:(?:la|le|l'|une|un|leur|notre) ?)?(?:{said})(?![\w-])"), re.compile(meant))
    for said, meant in (
        (r"drh|rrh|(?:resp\w*|charge\w*|directeur|directrice) (?:des |de |du |d')?(?:rh|recrutement|ressources humaines|personnel)|rh", "ressources humaines|drh|rh"),
        (r"(?:co-?)?gerante?|patronn?e?|boss|chef d'entreprise", "geran|patron|dirigeant"),
        (r"(?:directeur|directrice|dir|dirigeante?|pdg|dg|presidente?)(?: general\w*)?", "direct|dirigeant|president"),
        (r"tuteur|tutrice|maitre d'apprentissage|maitre de stage", "tut|maitre"),
        (r"conseill(?:er|ere)(?: en insertion)?", "conseil"),
        (r"charge[e]? de (?:mission|relations? entreprises?)(?: formation)?", "charge|relations"),
        (r"(?:responsable|resp) (?:des |de la |du )?(?:relations? entreprises?|exploitation|formation|atelier|magasin)|chef d'atelier|chef de chantier|comptable|assistante?|secretaire|formateur|formatrice|responsable|interlocuteur|interlocutrice", "="),
        (r"standard|secretariat|accueil|equipe|service \w+", "$^"),
    )
)  # fmt: skip
"""How a person is named by what they do, and the roles that it may be."""

HOUR = re.compile(
    r"(?<![\w/])(?:(?:(?:a|vers|des|avant|apres|pendant|durant|de|jusqu'a|pour) )?(?:\d{1,2} ?(?:heures?|hrs?|h)(?: ?[0-5]\d)?|\d{1,2}:\d{2}|\d{1,3} ?(?:min|mn|minutes?))"
    r"|(?:a|vers|ce|en) midi|en (?:fin|debut) (?:de (?:matinee|journee|soiree)|d'apres-midi))(?![\w/])"
)
"""A time of the day or a duration: read, and left out."""

ABOUT = re.compile(
    r"(?<![\w'-])(?:(?:au sujet|a propos|suite a|par rapport|rapport|cf|au niveau)(?: (?:de la|de l'|des|de|du|d'|a|au|aux|la|le))?|concernant|conc|sujet|objet|pour|sur|re|cf|afin|depuis|en vue)(?:(?<=')|(?![\w'])) ?"
)
"""What comes after is what it was about."""

BREAK = re.compile(
    r"[;?!\n]|(?<!@)(?<!@ ):|(?<!\btel)(?<!\bresp)(?<!\bref)(?<!\bconf)(?<!\bets)(?<!\benv)\.(?=\s|$)|(?<!§),|,(?! ?§)|\s[-–—]\s|\((?!§\))|(?<!\(§)\)|[-=]>|(?<!§) et (?!§)(?!(?:de |du |la |le |l'|chez )*§)|\b(?:puis|mais|donc|car|alors)\b|\b(?:qui|que|qu')(?!\w)|(?<=[\w§@]) (?=(?:il|elle|ils|elles) )"
)
"""Where a clause ends."""

HOSTING = re.compile(
    r"(?<!(?:forum|salon) de l')(?<!(?:forums|salons) de l')\b(?:apprenti(?:e|s|es)?|alternan\w*|stages?|stagiaires?|immersions?|afest|tuteurs?|tutrices?|tutorat|maitres? d'apprentissage"
    r"|contrats? d'apprentissage|contrats? (?:de )?pro(?:fessionnalisation|s)?|pmsmp|pfmp|mises? en situation|periodes? en entreprise|accueil(?:le|lir|lera|lerait|lent|li|lis|lons)"
    r"|(?:convention|capacites?|conditions|livret|terrains?|entreprises?|structures?|lieux?|places?|projet) d'accueil|accueil (?:d'|des? |en |du |de l'))\b"
)
BUILDING = re.compile(
    r"\b(?:referentiels?|co-?constru\w*|co-?concev\w*|co-?conception|ingenieries?|contenus?(?: de| pedagogique)?|maquette pedagogique|conseil de perfectionnement|blocs? de competences"
    r"|programmes? (?:pedagogiques?|de formation)|(?:adapt\w+|revoir|revu\w*|constru\w+|concev\w+|reecri\w+) (?:ensemble )?(?:le|la|les|nos|notre|un|une|ce) (?:programme|parcours|formation|module|titre)s?"
    r"|parcours sur mesure|progression pedagogique|besoins? en competences|cahier des charges)\b"
)
"""What the network is mobilised for, when a sentence says it."""
PLACEMENTS = re.compile(
    r"(?<![\w'-])(?:(?:l'|(?:le|la|son|sa|leur|notre|votre|du|au|ce|cet|cette) )(?:jeune )?(?P<kind>alternant|apprenti|apprenant|stagiaire|stage|immersion)e?"
    r"|(?:son|leur|cette|notre) (?P<way>alternance))(?![\w-])"
)
SOUGHT = re.compile(
    r"\b(?:cherch|recherch|recrut|embauch|trouv|veu[tx]|veulent|voudr|souhait|prendr|besoin|candidat|manqu|attend|envisag|futur|prochain|offre|profil)\w*"
)
"""What is said before an apprentice who is not there yet."""
TO_COME = re.compile(
    r" (?:prochaine?|future?|ideale?|a venir|suivante?|d'ete|de (?:3e|troisieme|fin|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
    r"|(?:qui )?(?:arrivera|commencera|debutera|demarrera|viendra|(?:arrive|commence|debute|demarre)(?: plus tard)? (?:en|le|au|lundi|mardi|mercredi|jeudi|vendredi|demain)))\b"
)
"""What is said after them."""
AGREEMENTS = re.compile(
    r"(?<![\w-])(?:(?P<none>(?:pas|plus|jamais)(?: encore)? (?:de |d'une )|(?:sans|aucune) )|(?P<new>(?:une |d'une )(?:nouvelle |autre )?|(?:la |leur |notre |cette |de )?(?:nouvelle|prochaine|future) )"
    r")?(?:(?:conventions?|conv)(?![\w-])|avenants?(?![\w-]))\.?"
    r"(?! (?:collective|citoyenne|tripartite|annuelle de la branche))(?: (?:de |d'|cadre de )(?P<kind>partenariat|formation|accueil|stage|sous-traitance))?"
)

NOT_DONE = re.compile(
    r"(?:pas|jamais) (?:encore |pu |reussi a |arrive a |eu le temps de |ose )*(?:l'|le |la )?(?:appele|appeler|ecrit|ecrire|vue?|contacte|contacter|rencontre|envoye|envoyer|relance|visite|voir|rencontrer)\w*"
    r"|(?:rdv|rv|reunion|visite|appel|entretien) (?:annulee?|reportee?)"
)
"""What was not done is no contact."""

SLOT = re.compile(
    r"(?:^|[,:;(/]|\b(?:avec|chez|a|au|aux|du|de|des|et|la|le|les|par|eue?|vue?s?|recue?|r?appele\w*|relance\w*|contacte\w*"
    r"|rencontre\w*|visite\w*|croise\w*|joint|joindre|ecrit|tel|sms|mail|r?appeler|relancer|voir|contacter|dejeune|repondu)\b|\b[ld]')\s*$"
)
ANSWERS = re.compile(r"\s*(?:m'|nous |me )?(?:a|ont|vient|rappelle|repond)\b")
ELSEWHERE = re.compile(r"(?:\b(?:a|en|sur|vers|salon|forum|de l'|de la|du|des|d')\s*)$")
SENT_TO = re.compile(
    r"(?:mails?|sms|message|appel|courrier|lettre|parle|ecrit|telephone|repondu|relance|envoye|transmis)[^,;.]{0,30} a\s*$"
)
SOMEONE = re.compile(
    r"(?:\bavec |§ et (?:avec )?)(?!lui|elle|eux|elles|succes|plaisir|son|sa|ses|leur|leurs|un|une|le|la|les|l'|des|deux|trois|nous|moi|notre|nos|du|mon|ma|attention|interet|tous|toute|d'autres|lequel|puis|sans|pas|on|il|je|j')([a-z]{3,})\b(?! ?')"
)
"""Where a name is expected, what follows one, what is a place, and someone whom nothing else tells."""

ODD_DAY = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2} (?:jan|fev|mar|avr|mai|jui|aou|sep|oct|nov|dec)[a-z]* \d{4}"
    r"|(?<=(?:le|du) )\d{1,2} (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
    r"|(?<=(?:le|du) )(?:3[01]/0?2|31/(?:0?[469]|11)))(?![\w/-])"
)
"""What is written as a day: with its year, or after « le », where nothing else can be meant."""

INVITED = re.compile(r"\b(?:invit|convi|convoqu|inscri)\w*(?![^,;]*[,;])")
INVITED_TO = re.compile(r"\b(?:invite|convie|convoque|inscrit)(?:e|s|es|nt)?(?: [^,;@]{0,30}?)? (?:a|au|aux|pour) ")
"""What comes after is what someone was invited to, still to come."""

OURS = re.compile(
    r"\b(?:mon|ma|notre|mes|nos) (?:e-?mails?|mails?|courriels?|appels?|coup de fil|messages?|msg|sms|textos?|courriers?|lettres?"
    r"|relances?|visites?|rdv|passages?|echanges?|propositions?|devis|demandes?|envois?)(?: de relance)? (?:de |du |d')?(?:de |du |d')?\w*\s*$"
)
"""« à mon mail de mardi »: the day is that of what we had done before."""

ABBREVIATIONS = {
    "ml": "mission locale", "ft": "france travail", "pe": "pole emploi", "lp": "lycee professionnel",
    "pro": "professionnel", "agglo": "agglomeration", "ca": "communaute agglomeration", "cc": "communaute communes",
    "cu": "communaute urbaine", "dep": "departement",
}  # fmt: skip
"""Words that names are commonly shortened to."""

BARE = re.compile(r"[§@^\s\W]*(?:(?:le|la|les|l'|de|du|des|d'|chez|a|au|et|avec|cf|re|tr|fwd|fw)\b[§@^\s\W]*)*")
"""A clause that holds names and days and nothing else."""
