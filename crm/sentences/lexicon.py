# ruff: noqa: E501  (a table of words: one sense a line)
"""What the words of a contact mean: verbs with their forms, nouns, little words; in lower case without accents.

A table a kind, a sense a line; phrases are several words. Words that look like another form of a verb are kept under
each of their forms: what stands around them tells.
"""

from collections import defaultdict

from crm.sentences.conjugation import forms
from crm.sentences.nouns import NOUNS
from crm.sentences.senses import Sense, Word, words
from graph_schema.exchanges import Channel

_VERBS: dict[tuple[Sense, Channel | None], str] = {
    (Sense.CALL, Channel.CALL): "appeler rappeler telephoner retelephoner phoner",
    (Sense.WRITE, Channel.MAIL): "ecrire reecrire mailer",
    (Sense.WRITE, Channel.SMS): "textoter texter",
    (Sense.SEND, None): "envoyer renvoyer transmettre retransmettre adresser transferer expedier deposer remettre"
    " partager fournir communiquer retourner livrer diffuser faire_suivre faire_parvenir",
    (Sense.SEND, Channel.LETTER): "poster",
    (Sense.LEAVE, None): "laisser",
    (Sense.CONTACT, None): "contacter recontacter relancer solliciter inviter convier convoquer informer prevenir"
    " remercier alerter aviser feliciter demarcher prospecter interroger questionner prendre_contact reprendre_contact"
    " prendre_attache consulter missionner inscrire poser_la_question poser_une_question",
    (Sense.SAY, None): "repondre dire redire demander redemander confirmer proposer accepter refuser decliner indiquer"
    " annoncer signaler expliquer preciser valider presenter promettre avertir suggerer regretter evoquer reclamer"
    " reprocher contester saluer recommander exposer montrer apprendre insister revenir accuser_reception decommander donner_suite donner_son_accord faire_savoir se_plaindre s'excuser"
    " se_plaindre decider acter assurer rassurer soumettre detailler exprimer reporter decaler annuler supprimer",
    (Sense.WANT, None): "vouloir souhaiter chercher rechercher prendre recruter attendre hesiter pouvoir"
    " aimer reprendre arreter quitter embaucher etudier reflechir renouveler partir rompre manquer garder"
    " former fermer ouvrir remplacer preferer",
    (Sense.MEET, Channel.MEETING): "voir revoir rencontrer dejeuner diner entrevoir accueillir faire_le_point"
    " faire_un_point",
    (
        Sense.TALK,
        None,
    ): "parler reparler discuter echanger papoter bavarder convenir croiser faire_connaissance debattre travailler negocier entendre_avec",
    (Sense.TALK, Channel.CALL): "raccrocher_avec",
    (Sense.VISIT, Channel.VISIT): "visiter",
    (Sense.MOVE, Channel.VISIT): "passer repasser aller retourner deplacer rendre venir accompagner",
    (Sense.REACH, None): "joindre avoir",
    (Sense.REACH, Channel.CALL): "decrocher",
    (Sense.RECEIVE, None): "recevoir recuperer",
    (Sense.TRY, None): "tenter essayer retenter reessayer",
    (Sense.MANAGE, None): "reussir arriver parvenir finir",
    (Sense.ATTEND, None): "participer assister intervenir animer",
    (Sense.SIGN, None): "signer cosigner resigner",
    (Sense.MAKE, None): "faire refaire tenir mener effectuer",
    (
        Sense.PLAN,
        None,
    ): "prevoir fixer caler planifier programmer organiser preparer poser noter recaler bloquer replanifier refixer reprogrammer",
    (Sense.ACT, None): "verifier finaliser rediger recueillir mettre donner trouver suivre actualiser creuser penser"
    " boucler completer corriger imprimer regler traiter chiffrer saisir classer mettre_a_jour rappeler"
    " lancer relire valoriser commander reserver tenir_au_courant conclure soigner",
}

ADVERBS = words(
    "bien enfin encore deja juste tout aussi donc finalement vite rapidement brievement longuement vraiment tjs tjrs"
    " toujours ensuite alors directement rapido hier presque plutot nouveau re gentiment tres poliment"
    " spontanement egalement tous toutes deux ensemble"
)
NEGATIONS = frozenset(["ne", "n'", "non", "pas", "plus", "jamais", "point"])
OURS = frozenset(["j'", "je", "on", "nous", "jai", "moi", "ns"])
THEIRS = frozenset(["il", "elle", "ils", "elles", "qui", "ca", "celui-ci", "celle-ci", "lequel", "laquelle", "ceux-ci"])
CLITICS = frozenset(["lui", "leur", "l'", "le", "la", "les", "y", "en", "se", "s'", "vous", "te", "t'"])
HAVE_I = frozenset(["ai", "avons", "suis", "sommes", "avais", "avions", "jai"])
HAVE_THEY = frozenset(["a", "ont", "avait", "avaient", "est", "sont", "etait", "etaient", "as"])
ARTICLES = words(
    "le la les l' un une des du de d' notre nos mon ma mes son sa ses leur leurs ce cette ces cet au aux plusieurs deux"
    " trois quatre 2 3 4 2e 3e petit petite nouveau nouvelle nouvel dernier derniere premier premiere bref breve long longue"
    " court courte rapide bon bonne belle grosse gros autre second seconde quelques beau"
)

_LONGEST = 5


def _table() -> dict[tuple[str, ...], tuple[Word, ...]]:
    found: defaultdict[tuple[str, ...], list[Word]] = defaultdict(list)
    for (sense, channel), verbs in _VERBS.items():
        for verb in verbs.split():
            *light, last = verb.replace("s'", "s'_").split("_")
            first = light[0] if light else last
            rest = [*light[1:], last] if light else []
            if first in ("se", "s'"):
                for form, tense in forms(last):
                    found[first, form].append(Word(sense, tense, channel))
                continue
            for form, tense in forms(first):
                found[form, *rest].append(Word(sense, tense, channel))
    for (sense, channel), nouns in NOUNS.items():
        for noun in nouns.split("|"):
            found[tuple(noun.split())].append(Word(sense, None, channel))
    return {phrase: tuple(dict.fromkeys(words)) for phrase, words in found.items()}


TABLE = _table()


def longest(words: list[str]) -> tuple[tuple[Word, ...], int]:
    """The meanings of the longest phrase with which the words begin, and how many words it has; none: (), 1."""
    for many in range(min(_LONGEST, len(words)), 0, -1):
        if (found := TABLE.get(tuple(words[:many]))) is not None:
            return found, many
    return (), 1
