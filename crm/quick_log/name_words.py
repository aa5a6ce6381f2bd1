# ruff: noqa: E501  (a table of words)
"""The words that tell names and roles, in folded text: what a name may be shortened to, what is none, where one is expected."""

import re

CIVILITY = re.compile(r"(?<![\w'-])(?P<civility>mme|mlle|melle|mr|m|monsieur|madame|dr)\.? +")

COMMON = frozenset((
    "ac", "accueil", "afest", "ag", "ai", "alternance", "alternant", "aout", "app", "appel", "appele", "appelee",
    "appeler", "appelle", "apprenti", "apprentis", "apres", "atelier", "attend", "audit", "aujourd", "avait",
    "avant", "avons", "avril", "bac", "bc", "besoin", "bien", "bilan", "bon", "bonne", "boulangerie", "bp",
    "branche", "brouillon", "noel", "paques", "toussaint", "pentecote", "gerant", "gerante", "directeur", "directrice",
    "responsable", "referent", "referente", "conseiller", "conseillere", "assistante", "comptable", "dirigeant", "btp", "bts", "cap", "car", "ccl", "ccn", "ccp", "ce", "cep", "ces", "cet", "cette",
    "cf", "cfa", "cip", "clea", "colloque", "comite", "cordialement", "bonjour", "bonsoir", "concernant", "conseil", "contact", "contacte", "contrat",
    "conv", "convention", "copie", "copil", "coup", "courrier", "cpf", "cqp", "cr", "croise", "croquis", "cv",
    "dans", "deca", "decembre", "dejeune", "dejeuner", "demain", "demande", "devis", "dimanche", "discute",
    "dit", "donc", "drh", "ds", "echange", "ecrit", "elle", "elles", "entreprise", "entretien", "envoye",
    "envoyer", "essaye", "est", "etaient", "etait", "eu", "exemple", "fc", "fevrier", "fil", "fle", "formation",
    "forum", "forums", "fw", "fwd", "garage", "hier", "hotel", "ici", "jeune", "jeunes", "urgent", "urgente", "important", "info", "attention", "ifa", "il", "ils", "inauguration",
    "informe", "invite", "j", "janvier", "je", "jeudi", "joint", "journee", "jpo", "juillet", "juin", "jury",
    "laisse", "lettre", "linkedin", "lundi", "mai", "mail", "mails", "mais", "maquette", "mardi", "mars", "matin",
    "mco", "merci", "mercredi", "message", "messages", "midi", "mission", "mme", "modele", "mr", "msg", "n", "ne",
    "newsletter", "nous", "nouveau", "nouvelle", "novembre", "nrp", "ns", "objet", "octobre", "ok", "on", "ont",
    "opco", "ou", "parle", "pas", "passe", "pb", "pdg", "penser", "personne", "pharmacie", "pj", "place",
    "places", "pmsmp", "poec", "poei", "point", "poste", "postes", "pr", "prepa", "presentation", "prevenu",
    "prevoir", "projet", "promet", "prospection", "ptp", "puis", "qse", "qualiopi", "que", "qui", "quoi",
    "rappel", "rappele", "rappelee", "rappeler", "rappelle", "ras", "rdv", "rdvs", "re", "recontacte", "recu",
    "recus", "region", "relance", "relancee", "relancer", "relances", "remercie", "rencontre", "rep", "repondu",
    "reponse", "restaurant", "retour", "reunion", "rgpd", "rh", "rib", "iban", "kbis", "rien", "rncp", "rqth", "rse", "rv",
    "salon", "salons", "samedi", "sans", "seminaire", "septembre", "si", "signature", "sms", "soir", "sollicite",
    "sont", "ss", "stage", "suite", "suivi", "super", "sympa", "teams", "tel", "telephone", "tente", "texto",
    "textos", "th", "titre", "tjs", "todo", "tous", "tout", "tp", "tr", "transmis", "transports", "tres", "tu",
    "tuteur", "vae", "vendredi", "veut", "visio", "visite", "visiter", "vm", "voir", "vu", "vue", "vues", "vus",
    "webinaire", "whatsapp", "zoom",
))  # fmt: skip
"""Words that are a name only where one is expected, or with more words."""

ROLES = tuple(
    (re.compile(rf"(?<![\w'-])(?:(?:la|le|l'|une|un|leur|notre) ?)?(?:{said})(?![\w-])"), re.compile(meant))
    for said, meant in (
        (r"drh|rrh|(?:resp\w*|charge\w*|directeur|directrice) (?:des |de |du |d')?(?:rh|recrutement|ressources humaines|personnel)|rh", "ressources humaines|drh|rh"),
        (r"(?:co-?)?gerante?|patronn?e?|boss|chef d'entreprise", "geran|patron|dirigeant"),
        (r"(?:directeur|directrice|dir|dirigeante?|pdg|dg|presidente?|proviseure?|principale?)(?: general\w*)?", "direct|dirigeant|president"),
        (r"tuteur|tutrice|maitre d'apprentissage|maitre de stage", "tut|maitre"),
        (r"conseill(?:er|ere)(?: en insertion)?", "conseil"),
        (r"chargee? (?:de |d')?missions?(?: formation)?", r"charge.* mission"),
        (r"(?:chargee?|resp\w*) (?:de |des |d')?(?:rel\w*|relations?)(?: avec les)? ent\w*|cre", "relations? entreprise"),
        (r"deleguee?(?: regionale?| departementale?| territoriale?)?", "delega|delegu"),
        (r"(?:responsable|resp) (?:des |de la |du )?(?:relations? entreprises?|exploitation|formation|atelier|magasin)|chef d'atelier|chef de chantier|comptable|assistante?|secretaire|formateur|formatrice|responsable|interlocuteur|interlocutrice", "="),
        (r"standard|secretariat|accueil|equipe|service \w+", "$^"),
    )
)  # fmt: skip
"""How a person is named by what they do, and the roles that it may be."""

SLOT = re.compile(
    r"(?:^|[,:;(/+@§]|\b(?:avec|ac|chez|a|au|aux|du|de|des|et|ou|ni|la|le|les|par|mais|car|eue?s?|vue?s?|recue?s?|r?appele\w*|relance\w*|contacte\w*"
    r"|rencontre\w*|visite\w*|croise\w*|joint|joindre|ecrit|tel|sms|mail|r?appeler|relancer|voir|contacter|dejeune|repondu|rdv|rv|cr|visio|nrp|matin|soir|midi|ok|hier|demain|jour|lundi|mardi|mercredi|jeudi|vendredi)\b|\b[ld]')\s*$"
)
ANSWERS = re.compile(r"\s*(?:m'|nous |ns |me |m )?(?:a|ont|vient|rappelle|repond)\b")
ELSEWHERE = re.compile(r"(?:\b(?:a|en|sur|vers|salon|forum|de l'|de la|du|des|d')\s*)$")
SENT_TO = re.compile(
    r"(?:mails?|sms|message|appel|courrier|lettre|parle|ecrit|telephone|repondu|relance|envoye|transmis)[^,;.]{0,30} a\s*$"
)
SOMEONE = re.compile(
    r"(?:\bavec |§ et (?:avec )?)(?!lui|elle|eux|elles|succes|plaisir|son|sa|ses|leur|leurs|un|une|le|la|les|l'|des|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|plusieurs|quelques|certains|beaucoup|nous|moi|notre|nos|du|mon|ma|attention|interet|tous|toute|d'autres|lequel|puis|sans|pas|on|il|je|j')([a-z]{3,})\b(?! ?')"
)
"""Where a name is expected, what follows one, what is a place, and someone whom nothing else tells."""

GONE = re.compile(
    r"(?: ?[,(])? ?(?:qui )?(?:(?:est |s'est |n'est |a |n'y est )?(?:partie?s?\b(?! (?:en (?:rdv|reunion|deplacement|visite)|dejeuner|prenante))|quitte (?:l|la|le|leur|sa|son|ses) ?\w+ (?:depuis|en|le|il)|a quitte"
    r"|(?:plus|n'est plus) (?:la\b|en poste|chez|dans|a )|demissionne|licencie|a la retraite|retraite[e]?\b|remplace[e]? par|ne travaille plus|decede))"
)
NOT_THERE = re.compile(
    r"(?:\bce n'est pas|\bvers(?: (?:sa|son|leur|une?) (?:collegue|confrere|consoeur|remplacante?))?|\b(?:mon|ma|notre) (?:collegue|formateur|formatrice|directeur|directrice|assistante?|stagiaire)|\bpas (?:vu|croise|rencontre)|\bsans|\bparle\w* de|\bde la part de|\brecommande\w* a|\bs'appelle|\babsence de|\ba la place de|\bau sujet de|\ba propos de|\bconcernant|\bgrace a|\bconseils? de|\brecommandation de|\brecommandee? par|\b(?:coordonnees|(?:le|un|du) contact) de|\bmessage pour|\bpar rapport a|\bremplac\w+|\ben remplacement de|\bsuccesseur de|\bremplacante? de)\s*$"
)
"""What follows someone who has left, and what comes before someone who was not there."""

ABBREVIATIONS = {
    "ml": "mission locale", "ft": "france travail", "pe": "pole emploi", "lp": "lycee professionnel",
    "pro": "professionnel", "ca": "communaute agglomeration", "cc": "communaute communes", "cs": "centre social", "ge": "groupement employeurs",
    "cu": "communaute urbaine", "dep": "departement", "cio": "centre information orientation", "cci": "chambre commerce industrie",
    "cma": "chambre metiers artisanat", "mdph": "maison departementale personnes handicapees",
    "dd": "direction departementale", "dr": "direction regionale", "chbre": "chambre", "ch": "chambre", "dreets": "direction regionale economie", "ddets": "direction departementale emploi", "ccas": "centre communal",
    "resto": "restaurant", "region": "conseil regional", "cd": "conseil departemental",
    "asso": "association", "assoc": "association",
    "aci": "chantier insertion", "ea": "entreprise adaptee", "ai": "association intermediaire", "ei": "entreprise insertion", "st": "saint", "ste": "sainte", "ets": "etablissements",
    "rect": "rectorat", "2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "7": "sept",
}  # fmt: skip
"""Words that names are commonly shortened to."""

FIRMS = frozenset((
    "agence", "amicale", "association", "asso", "auberge", "banque", "boulangerie", "boutique", "brasserie",
    "cabinet", "carrosserie", "centre", "cfa", "clinique", "club", "college", "commune", "conseil", "departement", "prefecture", "caf", "ccas", "chambre", "pole", "cooperative", "creche",
    "ecole", "ehpad", "entreprise", "etablissements", "ets", "federation", "ferme", "fondation", "fonderie",
    "foyer", "garage", "gie", "greta", "groupe", "groupement", "hopital", "hotel", "hypermarche", "institut", "iut",
    "jardinerie", "librairie", "lycee", "mairie", "maison", "menuiserie", "mfr", "micro-creche", "ong",
    "patisserie", "pharmacie", "plomberie", "residence", "restaurant", "sarl", "sas", "sasu", "scop", "societe",
    "abattoir", "camping", "chaudronnerie", "cimenterie", "conserverie", "domaine", "epicerie", "fromagerie", "imprimerie",
    "maconnerie", "scierie", "sucrerie", "traiteur",
    "studio", "supermarche", "superette", "syndicat", "transports", "universite", "usine", "ville",
))  # fmt: skip
"""What an organisation of which no more is known is called before its own name."""
