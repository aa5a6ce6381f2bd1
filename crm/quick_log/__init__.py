"""What a sentence says of an exchange (« appelé Mme Exemple ce matin : deux places »), read with the network in hand.

The grammar is in ``crm.sentences``, names in ``crm.quick_log.match``, what it was about in ``crm.quick_log.concerns``.
What is not certain is a question; nothing stands in the way of saving, and the sentence is kept as it was written.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from crm.quick_log import concerns
from crm.quick_log.concerns import Topic
from crm.quick_log.doubts import name_doubts
from crm.quick_log.match import NamedParty, NamesFound, Party, matches_of, mentions, party
from crm.quick_log.name_words import ANSWERS, CIVILITY, SLOT, SOMEONE
from crm.quick_log.names import Mention
from crm.quick_log.parties import before_of, parties_of
from crm.quick_log.strangers import is_in_event, strangers
from crm.records import actions, exchanges
from crm.sentences import folding
from crm.sentences.folding import folded
from crm.sentences.hints import ABOUT, HOUR, ODD_DAY
from crm.sentences.lexicon import longest
from crm.sentences.story import story as story_of
from crm.sentences.telling import Story
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import Channel, Direction
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.text import fold, visible
from graph_schema.vocabularies import Purpose
from graph_schema.wording import listing, lowered, short_date

ASIDE = "-"
"""What is picked for a name that is to be left aside."""

WHO = "avec qui"
"""What is asked, with an exchange, of which nobody is known to have taken part."""

WHOSE = "De qui venait l'échange : de vous, d'eux, ou des deux ?"

WITH_WHOM = "Avec qui était-ce : quel partenaire, quelle personne ?"

_WHICH_DAY = ("quel jour est-ce ?", "Quel jour était-ce", "Est-ce passé")

_OF_SOMETHING = re.compile(r" (?:de |d'|des )")
_ARTICLE = re.compile(r"\b(le|la|les|un|une|des|du|au|ce|cette|mon|ma|notre) $|\bl'$")
_ADJECTIVES = frozenset(
    ["petit", "petite", "grand", "grande", "long", "longue", "bref", "bon", "bonne", "beau", "gros", "premier"]
)
"""Adjectives that are family names too."""

_AROUND = " \t\r\n:,;.-–—>=()!?"


class FollowUp(NamedTuple):
    """What is to be done next, and when it is due (None: nobody said)."""

    title: str
    due_on: date | None


class Told(NamedTuple):
    """What a sentence tells.

    ``on`` is None when there was no exchange, only something to come. ``who``: the names, with who may be meant;
    ``topics``: what it was about, of which ``concerns`` is certain. Of ``questions`` none needs an answer before
    saving. ``spans`` tell where each part was read.
    """

    text: str
    on: date | None
    channel: Channel | None
    direction: Direction
    subject: str
    who: tuple[NamedParty, ...]
    concerns: tuple[NodeRecord, ...]
    purpose: tuple[Purpose, ...]
    follow_up: FollowUp | None
    questions: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...] = ()
    topics: tuple[Topic, ...] = ()

    def people(self) -> list[tuple[str | None, str]]:
        """The people who took part, each with their id, None for one whom nobody knows yet."""
        sure = [each.candidates[0] for each in self.who if each.sure]
        found: list[tuple[str | None, str]] = [(id, each.caption) for each in sure for id in each.people]
        found += [(id, each.candidates[0].caption) for each in self.who for id in each.person]
        unknown = (each for each in self.who if not each.sure and not each.is_organisation and not each.person)
        found += [(None, each.words) for each in unknown]
        return list(dict.fromkeys(found))

    def organisations(self) -> list[tuple[str | None, str]]:
        """The organisations that took part, named or for which someone named works."""
        sure = [each.candidates[0] for each in self.who if each.sure]
        found: list[tuple[str | None, str]] = [
            (id, each.detail if each.people else each.caption) for each in sure for id in each.organisations
        ]
        found += [(None, each.words) for each in self.who if not each.sure and each.is_organisation]
        return list(dict.fromkeys(found))

    def doubts(self) -> list[str]:
        """The questions about something else than a name or a direction."""
        elsewhere = {WHOSE, WITH_WHOM, *map(question, self.who)}
        return [each for each in self.questions if each not in elsewhere]

    def settled(self, picks: Mapping[str, str]) -> "Told":
        """The same once these were picked, for names or for the keys of topics; what they answer is not asked."""
        done = {
            question(each) for each in self.who
            if picks.get(each.words) in {ASIDE, *(party.key for party in each.candidates)}
        }  # fmt: skip
        open_ones = (each for each in self.topics if picks.get(each.key) != ASIDE)
        asked = {each.question for each in open_ones if not each.meant(picks.get(each.key))}
        done |= {each.question for each in self.topics} - asked
        left = tuple(each for each in self.questions if each not in done)
        return self._replace(questions=left, concerns=concerns.meant(self.topics, picks))

    def chosen(self, picks: Mapping[str, str] | None = None) -> dict[str, Party | None]:
        """For each name the party meant, None while that is not settled; names left aside are not in it."""
        picked = picks or {}
        return {
            each.words: _meant(each, picked.get(each.words)) for each in self.who if picked.get(each.words) != ASIDE
        }


def tell(
    network: Network, text: str, on: date, here: str | None = None, picks: Mapping[str, str] | None = None
) -> Told:
    """Read a sentence said on the day ``on``; ``here`` is the record that it is about when it names nobody.

    ``picks`` say who is meant by some of its names, or which record by some of its topics.
    """
    text = " ".join(visible(text).split())
    opened = party(network, here, on) if here else None
    return network.read(lambda tx: _told(tx, text, on, opened, picks or {})).settled(picks or {})


def save(
    network: Network, told: Told, picks: Mapping[str, str] | None = None, said_on: date | None = None
) -> Committed[str]:
    """Save what was told as one act, with its questions open; returns the id of the exchange, else of the action.

    ``said_on`` is the day on which it was told, where that is not the clock's today: what came before it is past.

    While nobody has said on which day it was, an exchange refreshes nothing: its direction stays to be said.
    """
    told = told.settled(picks or {})
    chosen = told.chosen(picks)
    parties = [each for each in chosen.values() if each]
    organisations = [*dict.fromkeys(id for each in parties for id in each.organisations)]
    certain = [id for each in told.who if chosen.get(each.words, ASIDE) is None for id in each.person]
    people = [*dict.fromkeys([*(id for each in parties for id in each.people), *certain])]
    followed = [id for each in parties for id in each.organisations or each.people]
    asked = [words[:500] for words, meant in chosen.items() if meant is None]
    asked = asked or ([WHO] if told.on and not parties else [])
    asked += [each[:500] for each in told.doubts()]
    direction = Direction.UNKNOWN if any(map(doubts_day, told.questions)) else told.direction

    def work(unit: UnitOfWork) -> str:
        made = []
        if told.on:
            values = {
                "channel": told.channel, "direction": direction, "subject": told.subject, "said": told.text,
                "purpose": [*told.purpose], "asked": asked,
            }  # fmt: skip
            concerns = [each.id for each in told.concerns]
            made.append(exchanges.add(unit, told.on, values, [*organisations, *people], concerns))
        if told.follow_up:
            title, due_on = told.follow_up
            left = () if told.on else asked
            made.append(actions.add(unit, title, due_on=due_on, follows=followed, said=told.text, asked=left))
        return made[0]

    if told.on:
        exchanges.check(network, told.on, bool(told.text), said_on)
    elif not told.follow_up:
        raise InputError("Rien n'est à enregistrer : ni un échange, ni une action.", field="said")
    return network.commit(_reason(told), work)


def _reason(told: Told) -> str:
    if told.on is None:
        return "Action ajoutée"
    return f"Échange consigné : {lowered(told.channel.label) if told.channel else 'contact'} du {told.on:%d/%m/%Y}"


def _told(tx: ReadTransaction, text: str, on: date, opened: Party | None, picks: Mapping[str, str]) -> Told:
    low = folded(text)
    here = opened.organisations if opened else ()
    found = mentions(tx, text, low, on, here)
    known = _known(low, found.mentions)
    taken = [(each.start, each.end) for each in known]
    apart = folding.times(low, taken, on)
    hidden = [*taken, *((m.start, m.end) for m in apart), *(m.span() for m in HOUR.finditer(low))]
    programmes = concerns.titles(tx, low, taken)
    strange = strangers(text.replace("’", "'"), low, hidden, known, programmes.words)
    names = sorted([*known, *strange], key=lambda each: each.start)
    story = story_of(text, [(each.start, each.end) for each in names], on)
    parties = parties_of(found, names, story, low)
    who = _who(found, parties, text, here)
    settled = {id for each in who if each.sure for id in each.candidates[0].organisations}
    if opened and (not who or not settled | {id for each in who if each.sure for id in each.candidates[0].people}):
        who.append(NamedParty(opened.caption, (opened,), sure=True))
    meant = [_meant(each, picks.get(each.words)) for each in who if picks.get(each.words) != ASIDE]
    organisations = {id for each in meant if each for id in each.organisations}
    known_days = [*((m.start, m.end) for m in apart), *folding.no_days(low)]
    odd = [each for each in ODD_DAY.finditer(low) if not any(start < each.end() <= end for start, end in known_days)]
    about = concerns.subject(tx, low, organisations, on, programmes)
    questions = [f"« {text[slice(*each.span())]} » n'est pas un jour : quel jour est-ce ?" for each in odd]
    questions += [*story.questions, *_asked(who, bool(story.on)), *(about.questions if story.on else ())]
    if story.on and story.direction is Direction.UNKNOWN:
        questions.append(WHOSE)
    questions += name_doubts(text, low, found, names, parties)
    left = [each for each in strange if each not in parties and CIVILITY.match(low, each.start)]
    questions += [f"Qui est « {text[each.start : each.end]} » ?" for each in left]
    reduced = folding.reduced(low, [(each.start, each.end) for each in names])
    questions += [f"Qui est « {each} » ?" for each in SOMEONE.findall(reduced) if not longest([each])[0]]
    spans = [*story.spans, *((each.start, each.end, "name") for each in parties)]
    return Told(
        text, story.on, story.channel, story.direction, _subject(text, story), tuple(who),
        concerns.meant(about.topics, {}), tuple(about.purpose), _follow_up(text, low, story, names, who),
        tuple(dict.fromkeys(questions)), _apart(spans), about.topics,
    )  # fmt: skip


def topics(tx: ReadTransaction, said: str, organisations: Collection[str], on: date) -> tuple[Topic, ...]:
    """What a sentence says that an exchange with these organisations was about."""
    low = folded(said)
    known = _known(low, mentions(tx, said, low, on, organisations).mentions)
    programmes = concerns.titles(tx, low, [(each.start, each.end) for each in known])
    return concerns.subject(tx, low, organisations, on, programmes).topics


def _known(low: str, found: Sequence[Mention]) -> list[Mention]:
    """The names of the network that are names where they stand."""
    known = [each for each in found if _named(low, each, found) and not _describes(low, each)]
    known = [each for each in known if not _is_place(each, known)]
    apart_from_event = [each for each in known if not is_in_event(low, each.start)]
    titled = [each for each in known if CIVILITY.match(low, each.start)]
    return [each for each in known if each in (*apart_from_event, *titled) or not (each.partly and apart_from_event)]


def _describes(low: str, mention: Mention) -> bool:
    """Whether a family name is rather what a contact was like: « petit appel », « long échange »."""
    after = re.match(r" ([a-z]+)(?: |$)", low[mention.end :])
    alike = mention.single and low[mention.start : mention.end] in _ADJECTIVES and after is not None
    return alike and any(word.tense is None for word in longest([after[1]])[0])  # type: ignore[index]


def _named(low: str, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether words without a capital are a name there: only where one is expected, not in what is told."""
    if not mention.plain:
        return True
    before = before_of(low, mention, found)
    article = _ARTICLE.search(before) if mention.type == Person.TYPE else None
    if article and not any(
        fold(str(each.values["family_name"])).startswith(article[1] or "l ") for each in mention.records
    ):
        return False
    if ABOUT.search(re.split(r"[,;:.(]| qui | que ", before)[-1]):
        return False
    if _OF_SOMETHING.match(low, mention.end) and not any(
        each.start - mention.end < 7 for each in found if each.start > mention.end
    ):
        return False
    return bool(SLOT.search(before) or (mention.type == Person.TYPE and ANSWERS.match(low, mention.end)))


def _is_place(mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether one word in which several organisations agree is rather where they are (« à Lille »)."""
    alone = mention.type == Organisation.TYPE and len(mention.records) > 1 and mention.single
    return alone and any(each is not mention and not each.single for each in known)


def _who(found: NamesFound, parties: Sequence[Mention], text: str, here: Sequence[str]) -> list[NamedParty]:
    names = [*parties, *found.mentions]
    said = {r.id for each in names if each.type == Organisation.TYPE and len(each.records) == 1 for r in each.records}
    who: dict[str, NamedParty] = {}
    for number, each in enumerate(parties):
        words = text[each.start : each.end]
        match = matches_of(found, each, words, said | {*here})
        if who.get(words, match) != match:  # « la directrice du garage et la directrice de l'hôtel »
            near = parties[max(number - 1, 0) : number + 2]
            words = text[min(one.start for one in near) : max(one.end for one in near)]
        who.setdefault(words, match._replace(words=words))
    return list(who.values())


def _asked(who: Sequence[NamedParty], took_place: bool) -> list[str]:
    if took_place and not who:
        return [WITH_WHOM]
    return [question(each) for each in who if not each.sure]


def doubts_day(question: str) -> bool:
    """Whether a question asks on which day the exchange was."""
    return any(each in question for each in _WHICH_DAY)


def question(match: NamedParty) -> str:
    """What is asked of a name that is not settled."""
    if match.person:
        return f"« {match.words} » travaille pour plusieurs structures : pour laquelle était-ce ?"
    if match.candidates:
        which = "laquelle" if re.match(r"(?:mme|mlle|madame)\b", folded(match.words)) else "lequel"
        return f"Plusieurs répondent au nom de « {match.words} » : {which} est-ce ?"
    return f"« {match.words} » n'est pas dans votre réseau : qui est-ce ?"


def _subject(text: str, story: Story) -> str:
    told = [text[start:end].strip(_AROUND) for start, end in story.told]
    return ", ".join(filter(None, told))[:500] or text[:500]


def _follow_up(
    text: str, low: str, story: Story, names: Sequence[Mention], who: Sequence[NamedParty]
) -> FollowUp | None:
    if story.follow is None:
        return None
    start, end, due_on = story.follow
    title = text[start:end].strip(_AROUND)
    title = title[:1].upper() + title[1:]
    if not any(start <= each.start < end for each in names) and who:
        named = [each.candidates[0].caption if each.sure else each.words for each in who]
        title = f"{title} ({listing(named, 2)})"
    return FollowUp(title[:500], due_on)


def _apart(spans: Sequence[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Parts in order, none over another."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        if span[0] < span[1] and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return tuple(kept)


def _meant(match: NamedParty, key: str | None) -> Party | None:
    picked = next((each for each in match.candidates if each.key == key), None)
    return picked or (match.candidates[0] if match.sure else None)


def described(told: Told) -> str:
    """What would be saved, in a few French words."""
    parts = []
    if told.on:
        way = lowered(told.channel.label) if told.channel else "échange"
        parts.append(f"{way} du {short_date(told.on)}, {told.direction.label.lower()}")
    if told.follow_up:
        due = f" pour le {short_date(told.follow_up.due_on)}" if told.follow_up.due_on else ""
        parts.append(f"à faire{due} : {told.follow_up.title}")
    return " ; ".join(parts)
