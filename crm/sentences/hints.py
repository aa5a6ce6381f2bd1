# ruff: noqa: E501  (a table of words)
"""The words that tell hours, what an exchange was about and where a clause ends, in folded text."""

import re

LITTLE = frozenset((
    "a", "au", "aux", "avec", "ce", "chez", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par",
    "pour", "s", "sur", "un", "une",
))  # fmt: skip
"""Words that a name may leave out or hold between others."""

HOUR = re.compile(
    r"(?<![\w/])(?:(?:(?:a|vers|des|avant|apres|pendant|durant|de|jusqu'a|pour) )?(?:\d{1,2} ?(?:heures?|hrs?|h)(?: ?[0-5]\d)?|\d{1,2}:\d{2}|\d{1,3} ?(?:min|mn|minutes?))"
    r"|(?:a|vers|ce|en) midi|en (?:fin|debut) (?:de (?:matinee|journee|soiree)|d'apres-midi))(?![\w/])"
)
"""A time of the day or a duration: read, and left out."""

ABOUT = re.compile(
    r"(?<![\w'-])(?:(?:au sujet|a propos|suite a|par rapport|rapport|cf|au niveau)(?: (?:de la|de l'|des|de|du|d'|a|au|aux|la|le))?|concernant|conc|sujet|objet|pour|sur|re|cf|afin|depuis|en vue)(?:(?<=')|(?![\w'])) ?"
)
"""What comes after is what it was about."""


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
    r"|(?:son|leur|cette|notre) (?P<way>alternance)"
    r"|(?:l'|(?:la |en )?periode |(?:bilan|visite|suivi|fin) (?:de |d'|de l')?)(?P<afest>afest)(?! prevue?| future)"
    r"|(?:bilan|visite|suivi|fin|point|evaluation) de (?:fin de )?(?P<of>stage|immersion))(?![\w-])"
)
OF_IT = re.compile(r"\b(?:bilan|visite|suivi|fin|point|evaluation|attestation|rapport) (?:de )?$")
SOUGHT = re.compile(
    r"\b(?:cherch|recherch|recrut|embauch|trouv|veu[tx]|veulent|voudr|souhait|prendr|besoin|candidat|manqu|attend|envisag|interess|futur|prochain|offre|profil)\w*"
)
"""What is said before an apprentice who is not there yet."""
TO_COME = re.compile(
    r" (?:prochaine?|future?|ideale?|a venir|suivante?|d'ete|de (?:3e|troisieme|fin|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
    r"|(?:qui )?(?:arrivera|commencera|debutera|demarrera|viendra|(?:arrive|commence|debute|demarre)(?: plus tard)? (?:en|le|au|lundi|mardi|mercredi|jeudi|vendredi|demain)))\b"
)
"""What is said after them."""
AGREEMENTS = re.compile(
    r"(?<![\w-])(?:(?P<none>(?:pas|plus|jamais)(?: encore)? (?:de |d'une )|(?:sans|aucune) )|(?P<new>(?:une |d'une )(?:nouvelle |autre )?|(?:la |leur |notre |cette |de )?(?:nouvelle|prochaine|future) )"
    r")?(?:(?:conventions?|conv)(?![\w-])|avenants?(?![\w-])(?! au contrat)|contrats?(?= de sous[- ]traitance))\.?"
    r"(?! (?:collective|citoyenne|tripartite|annuelle de la branche))(?: (?:de |d'|cadre de )(?P<kind>partenariat|formation|accueil|stage|sous[- ]traitance))?"
)


ODD_DAY = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2} (?:jan|fev|mar|avr|mai|jui|aou|sep|oct|nov|dec)[a-z]* \d{4}"
    r"|(?<=(?:le|du) )\d{1,2} (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
    r"|(?<=(?:le|du) )(?:3[01]/0?2|31/(?:0?[469]|11)))(?![\w/-])"
)
"""What is written as a day: with its year, or after « le », where nothing else can be meant."""

EVENT = re.compile(
    r"(?<![\w-])(?:^(?:[@^] )*|(?:au|aux|lors d'un|lors du|lors de la|lors des|lors de l'|sur le|sur un|pendant le|pdt le|a la|a un|a une|d'un|a l'|au cours du|durant le|pendant la) ?)"
    r"(?:stand (?:du|au) )?(?P<event>(?:salons?(?! (?:de coiffure|de beaute|de the))|forums?|job ?datings?|(?:journee )?portes ouvertes|jpo|colloque|seminaire|atelier|inauguration|afterwork"
    r"|petit[- ]dejeuner|soiree|club|conference|webinaire|convention annuelle|foire|rencontres|ag|assemblee generale|speed ?dating|remise des diplomes|journee)\b[^,;:()@^§.]*?)"
    r"(?=,|;|:|\(|\)|\.|@|\^|§| (?:r?envoye|adresse|transmis|diffuse)\w* | par (?:mail|courrier|sms)\b| aupres | avec | il | elle | et |$)"
)
"""Where people met among others: « au forum de l'emploi de Lens »."""
