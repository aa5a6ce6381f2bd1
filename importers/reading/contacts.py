"""What a list says of the contacts that it dates: who spoke to whom, and how, in a cell or by the name of a column."""

import re
from datetime import date
from functools import lru_cache

from crm.sentences.lexicon import longest
from crm.sentences.senses import words as words_of
from crm.sentences.story import story
from graph_schema.exchanges import Channel, Direction
from graph_schema.text import fold
from importers.faults import ImportFault

_DIRECTIONS = (
    (Direction.FROM_THEM, ("reponse", "recu", "recue")),
    (Direction.FROM_US, ("relance", "relances", "envoi", "envoye", "envoyee")),
    (Direction.MUTUAL, ("echange", "rencontre", "visite", "rendez", "rdv", "entretien", "reunion")),
)
_CHANNELS = (
    (Channel.VISIT, ("visite",)), (Channel.MEETING, ("rendez", "rdv", "reunion", "entretien")),
    (Channel.CALL, ("appel", "telephone", "tel")), (Channel.MAIL, ("mail", "email", "courriel")),
)  # fmt: skip

_SIDES = {
    Direction.FROM_US: "nous moi sortant sortante sortants sortantes envoye envoyee envoyes envoyees envoi envois emis"
    " emise emission relance relances relancee outbound out",
    Direction.FROM_THEM: "eux elles partenaire entreprise employeur structure interlocuteur recu recue recus recues"
    " reception entrant entrante entrants entrantes reponse reponses repondu inbound in",
    Direction.MUTUAL: "mutuel mutuelle reciproque bilateral bilaterale echange echanges rencontre visite rdv rendez"
    " entretien reunion",
}
_SIDE_OF = {word: direction for direction, words in _SIDES.items() for word in words.split()}
_LITTLE = words_of(
    "a au d de des du l la le les un une par pour vers et notre nos leur leurs part cote sens initie initiee memes vous"
    " appel appels telephone telephonique tel mail mails email courriel sms message messages lettre courrier"
)
"""Words that may stand around those that tell a direction, and tell none."""

_TURNS = (
    (re.compile(r"\b(?:les deux|deux sens)\b"), "mutuel"), (re.compile(r"\bleur (?:part|initiative)\b"), "eux"),
    (re.compile(r"\b(?:notre|ma|mon) (?:part|initiative)\b"), "nous"),
)  # fmt: skip
_THROUGH = {
    "presentiel": Channel.MEETING, "physique": Channel.MEETING, "face": Channel.MEETING,
    "distanciel": Channel.MEETING, "visu": Channel.MEETING, "place": Channel.VISIT,
    "portable": Channel.CALL, "mobile": Channel.CALL, "fixe": Channel.CALL, "phone": Channel.CALL, "gsm": Channel.CALL,
    "emailing": Channel.NEWSLETTER, "mailing": Channel.NEWSLETTER, "poste": Channel.LETTER, "postal": Channel.LETTER,
    "internet": Channel.OTHER, "web": Channel.OTHER, "formulaire": Channel.OTHER, "sociaux": Channel.OTHER,
}  # fmt: skip
"""Words of a column « Canal » that a sentence has no use for."""

_ANY_DAY = date(2026, 1, 1)
_READ = 300
"""Characters of a text that are read for who contacted whom."""


@lru_cache(maxsize=1_024)
def meant_by(header: str) -> tuple[Direction, Channel | None]:
    """The direction and the channel of what a column dates, as far as its name tells.

    « Dernier contact » tells neither: a message left unanswered is one. It refreshes nothing until someone says more.
    """
    words = set(fold(header).split())
    direction = next((each for each, said in _DIRECTIONS if words.intersection(said)), Direction.UNKNOWN)
    return direction, next((each for each, said in _CHANNELS if words.intersection(said)), None)


@lru_cache(maxsize=1_024)
def direction_of(text: str) -> Direction | None:
    """The direction that a cell tells for certain: « Sortant », « Reçu », « eux », « message laissé »; else None.

    Every word must be understood: « mutuel ? » or « à voir » tell nothing.
    """
    if "?" in text:
        return None
    said = fold(text)
    for turn, word in _TURNS:
        said = turn.sub(word, said)
    words = said.split()
    sides = [_SIDE_OF[word] for word in words if word in _SIDE_OF]
    if sides and all(word in _SIDE_OF or word in _LITTLE for word in words):
        return _joined(sides, words, text)
    return Direction.FROM_US if is_unanswered(text) else None


def _joined(sides: list[Direction], words: list[str], text: str) -> Direction | None:
    if len(set(sides)) == 1:
        return sides[0]
    if Direction.MUTUAL in sides or "par" in words:
        return None
    if "et" in words or "&" in text or "+" in text:
        return Direction.MUTUAL
    towards = {"vers", "a", "au"}.intersection(words) or "→" in text or ">" in text
    return sides[0] if towards else None


@lru_cache(maxsize=1_024)
def is_unanswered(text: str) -> bool:
    """Whether a text tells of something that we did and nobody answered: « laissé un message », « répondeur »."""
    return story(text[:_READ], (), _ANY_DAY).direction is Direction.FROM_US


@lru_cache(maxsize=1_024)
def channel_of(text: str) -> Channel | None:
    """The one channel that a cell tells: « Téléphone », « Visio », « mail reçu », « répondeur »; else None."""
    words = [f"{word}'" if word in ("d", "l", "n") else word for word in fold(text).split()]
    found: dict[Channel, None] = {}
    while words:
        meanings, many = longest(words)
        channel = _THROUGH.get(words[0]) if many == 1 else None
        channels = [channel] if channel else [each.channel for each in meanings if each.tense is None and each.channel]
        found.update(dict.fromkeys(channels))
        words = words[many:]
    return next(iter(found)) if len(found) == 1 else None


def told_by_channel(text: str) -> Direction | None:
    """Who contacted whom, as far as the words of a column « Canal » tell: « mail reçu », « répondeur », « infolettre ».

    That people met is for the column of the direction, or of the date, to say.
    """
    if channel_of(text) is Channel.NEWSLETTER:
        return Direction.FROM_US
    direction = direction_of(text)
    return None if direction is Direction.MUTUAL else direction


def unsaid(file: str, sheet: str, header: str, stated: bool) -> ImportFault:
    """The remark on exchanges of which a sheet does not say who contacted whom; ``stated``: a column would."""
    if stated:
        message = (
            "Des lignes ne disent pas qui a contacté qui : ces échanges sont notés « Sens à préciser » et ne "
            "rafraîchissent aucune relation."
        )
        hint = "Complétez la colonne « Sens » : De nous, D'eux ou Mutuel."
    else:
        message = (
            f"L'intitulé « {header} » ne dit pas qui a contacté qui : ces échanges sont notés « Sens à préciser » et "
            "ne rafraîchissent aucune relation."
        )
        hint = (
            "Si le partenaire a répondu, nommez la colonne « Dernier échange », ou ajoutez une colonne « Sens » "
            "(De nous, D'eux, Mutuel)."
        )
    return ImportFault(file, sheet, 0, header, "", "direction_unsaid", message, hint)
