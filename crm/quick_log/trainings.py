"""The training actions that a sentence names: by code, in full, or shortened as offices write them (« TP CIP »)."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple, Self

from crm.sentences.folding import folded

_WORD = re.compile(r"[a-z0-9]+")

_LITTLE = frozenset(_WORD.findall("a au aux avec ce chez d de des du en et l la le les par pour pr s sur un une"))
_APART = frozenset(_WORD.findall("avec ce chez par pour pr sur un une"))
"""Little words after which something else begins."""

_EVERYDAY = frozenset(
    _WORD.findall(
        "accompagnement accueil action activite aide animation assistance assistant bilan bilans charge client"
        " clients commerce commercial commerciale communication competence competences conduite conseil conseiller"
        " conseillere conseilleres conseillers contrat emploi employe employes encadrement entreprise entreprises"
        " equipe equipes evaluation formateur formateurs formation formations formatrice gestion industrie"
        " industriel insertion maintenance management marketing metier metiers montage niveau numerique"
        " orientation parcours pratique preparation prevention production professionnel professionnelle projet"
        " public qualite relation relations responsable ressources sante securite service services social sport"
        " suivi systeme technique tourisme transport transports travail travaux vente visite"
    )
)
"""Words that stand for no training action by themselves."""

_OFFICE = frozenset(
    _WORD.findall(
        "aft ars aud bdc bpf bts caf cap cci cdd cdi cfa cma cod cpf csp dsn dpo drh dsi est fle foq iae jpo mdph"
        " mde mfr msg nrp pdg pfmp pmi pme pmsmp ptp rdv reg rep rgpd rqth rsa sms spe tel tpe tth vae vsi"
    )
)
"""Initials that say something else in an office."""

_FILLERS = frozenset(
    _WORD.findall("car ces dit est fin les mai mes mis non ont oui par pas plus que qui ras ses son sur tous")
)
"""Short words that are whole in themselves, not the beginning of one."""

_DETERMINERS = frozenset(
    _WORD.findall(
        "l la le les un une des du notre votre son sa ses leur leurs ce cet cette mon ma deux trois quatre cinq"
        " mme m mr comme d"
    )
)
"""What makes of a trade a person who exercises it."""

_DIPLOMA = re.compile(
    r"(?<![\w'-])(?:(?P<cap>caps?|certificat d'aptitude professionnelle)|(?P<bts>bts|brevet de technicien superieur)"
    r"|(?P<tp>t\.?p\.?|titres? (?:a finalite )?pro(?:f?\.|fessionnels?)?|titres?)"
    r"|(?P<bac>bac(?:calaureat)?s?(?: pro(?:f\.|fessionnels?)?)?)|(?P<bp>bp|brevet professionnel)"
    r"|(?P<mc>mc|mention complementaire)|(?P<licence>licence(?: pro(?:fessionnelle)?)?)|(?P<but>but|dut)"
    r"|(?P<cqp>cqpi?|certificat de qualification professionnelle)|(?P<master>master|mastere|mba)|(?P<bachelor>bachelor)"
    r"|(?P<bep>bep)|(?P<deust>deust)|(?P<cs>certificat de specialisation))(?![\w-])"
)
_LEAD = re.compile(
    r"(?<![\w'-])(?:formations?|parcours|modules?|sessions?|jurys?|apprenti(?:e|s|es)?|alternante?s?|stagiaires?"
    r"|certifications?|diplomes?|cursus|programmes?|plaquettes?|candidat(?:e|s|es|ure|ures)?|places?|dossiers?|cv|promos?"
    r"|inscriptions?|flyers?|affiches?)(?![\w-])"
)
"""After these words a trade is the one that is taught."""

_CODE = re.compile(r"(?<![\w-])(?P<of>rncp|rs)[ n°:-]{0,3}(?P<number>\d{2,6})(?![\w-])")
_ANOTHER = re.compile(r"\w+(?:eur|euse|iste|ien|ienne|ier|iere|ant|ante)s?")
"""« menuisier installateur »: words that make another trade of the one before."""

_THING = re.compile(r"\w+(?:ment|tion|sion|age|ance|ence|ite|ie|ique|ure|ise)s?")
"""Words that are nobody's trade: « management », « comptabilité »."""

_STOP = re.compile(r" ?(?:[,;:.!?)]|$)")
_OF = re.compile(r"[ ,(]*(?:(?:de|du|des|a|au|chez|la|le|les) |[dl]')*")
_AND = re.compile(r"\s*(?:[,/+&]|,? ?(?:et|ou)|et/ou)\s*(?:(?:le|la|les|en|de|du|des) |[dl]')?")


_NEAR = 20
"""How far apart, in characters, two words that belong together may stand."""


class Title(NamedTuple):
    """A training action as it may be named: its diploma, its words, its acronyms and the shape of its initials."""

    id: str
    diploma: str | None
    words: tuple[str, ...]
    acronyms: frozenset[str]
    initials: re.Pattern[str]
    code: str

    @classmethod
    def of(cls, id: str, title: str, code: str | None) -> Self:
        """Read a title."""
        low = folded(title)
        diploma = _DIPLOMA.match(low)
        every = _WORD.findall(low[diploma.end() if diploma else 0 :])
        while len(every) > 1 and (every[0] in _LITTLE or _LEAD.fullmatch(every[0])):
            every = every[1:]
        words = tuple(word for word in every if word not in _LITTLE)
        acronyms = {folded(each) for each in re.findall(r"\b[A-Z]{3,}\b", title)} if title.upper() != title else set()
        # « ADVF », Assistant de vie aux familles: a little word may lend its letter.
        shape = "".join(word[0] if word not in _LITTLE else f"{word[0]}?" for word in every)
        named = diploma.lastgroup if diploma else None
        return cls(id, named, words, frozenset(acronyms) & {*words}, re.compile(shape), folded(code or ""))


class NamedTrainings(NamedTuple):
    """What a sentence names: for each naming the training actions that may be meant, and the words that say it;
    ``bare``: only a diploma is named, of which there is one action: « un calendrier de BTS ».
    """

    groups: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    bare: bool = False


class _Word(NamedTuple):
    start: int
    end: int
    said: str


class _Match(NamedTuple):
    ids: tuple[str, ...]
    after: int  # the place, among the words of the text, of the first one after
    diploma: str | None


def named(text: str, titles: Sequence[Title], names: Collection[tuple[int, int]] = ()) -> NamedTrainings:
    """Read which training actions a folded text names, outside the names of people and organisations in it."""
    reading = _Reading(text, [each for each in titles if each.words], names)
    matches = list(reading.matches())
    groups = [*_coded(text, titles), *(each.ids for each in matches)]
    certain = {each[0] for each in groups if len(each) == 1}
    kept = dict.fromkeys(each for each in groups if len(each) == 1 or not certain & {*each})
    return NamedTrainings(tuple(kept), frozenset(reading.said), not kept and reading.is_bare())


def _coded(text: str, titles: Sequence[Title]) -> Iterator[tuple[str, ...]]:
    for code in _CODE.finditer(text):
        ids = tuple(each.id for each in titles if each.code == code["of"] + code["number"])
        if ids:
            yield ids


class _Reading:
    """One text, read word after word; ``said`` grows by the words that name a training action or a diploma."""

    def __init__(self, text: str, titles: Sequence[Title], names: Collection[tuple[int, int]]) -> None:
        self._text, self._titles, self._names = text, titles, names
        found = (_Word(*each.span(), each.group()) for each in _WORD.finditer(text))
        self._words = [each for each in found if each.said not in _LITTLE]
        self._diplomas = [each for each in _DIPLOMA.finditer(text) if not self._in_name(each.start())]
        self.said = {word for each in self._diplomas for word in _WORD.findall(each.group())}

    def is_bare(self) -> bool:
        """Whether a diploma stands alone, of which there is one action."""
        spoken = (each for each in self._diplomas if _STOP.match(self._text, each.end()))
        alone = (str(each.lastgroup) for each in spoken if not self._text[: each.start()].endswith("en "))
        return any(sum(each.diploma == kind for each in self._titles) == 1 for kind in alone)

    def matches(self) -> Iterator[_Match]:
        at, before = 0, None
        while at < len(self._words):
            match = self._from(at, before)
            if match is None:
                at, before = at + 1, None
                continue
            yield match
            self.said |= {word.said for word in self._words[at : match.after]}
            at, before = match.after, match.diploma

    def _from(self, at: int, before: str | None) -> _Match | None:
        """What is named from a word on: after a diploma, after « formation » and the like, else by itself.

        ``before``: the diploma of the action named just before, which may serve again: « CAP élec et pâtissier ».
        """
        word = self._words[at]
        here = next((each for each in self._diplomas if each.start() <= word.start < each.end()), None)
        if here:
            after = next((i for i, each in enumerate(self._words) if each.start >= here.end()), at)
            return self._best(after, str(here.lastgroup), shortened=True) if self._joined(here.end(), after) else None
        if before and _AND.fullmatch(self._text[self._words[at - 1].end : word.start]):
            again = self._best(at, before, shortened="," not in self._text[self._words[at - 1].end : word.start])
            if again:
                return again
        if self._in_name(word.start) or any(self._joined(each.end(), at) for each in self._diplomas):
            return None
        leads = _LEAD.fullmatch(word.said) and self._joined(word.end, at + 1)
        if leads and not self._in_name(self._words[at + 1].start):
            taught = self._best(at + 1, None, taught=True)
            if taught:
                return taught
        return self._best(at, None)

    def _best(self, at: int, diploma: str | None, shortened: bool = False, taught: bool = False) -> _Match | None:
        """The titles of which most words are said from there; those said in full before those said in part."""
        if at >= len(self._words):
            return None
        counts = {
            each: self._after_diploma(at, each, shortened) if diploma else self._alone(at, each, taught)
            for each in self._titles
            if diploma in (None, each.diploma)
        }
        most = max((count for count, _ in counts.values()), default=0)
        best = [each for each in counts if most and counts[each][0] == most]
        best = [each for each in best if most == len(each.words)] or best
        if not best or (diploma is None and len(best) > 1 and most == 1):
            return None
        return _Match(tuple(each.id for each in best), max(counts[each][1] for each in best), diploma)

    def _after_diploma(self, at: int, title: Title, shortened: bool) -> tuple[int, int]:
        """How many words of a title are said from there after its diploma, and where they end."""
        if self._initials(at, title, 2):
            return len(title.words), at + 1
        for first in range(len(title.words)):
            count = self._run(at, title.words[first:], 3 if shortened else 0)
            if (count and first == 0 and not self._is_another(at + count, title, count)) or count > 1:
                return count, at + count
        return 0, at

    def _alone(self, at: int, title: Title, taught: bool) -> tuple[int, int]:
        """The same of a title without its diploma: in full, or by a word that stands for it and is no trade."""
        said = self._words[at].said
        if self._initials(at, title, 3) and said not in _OFFICE:
            return len(title.words), at + 1
        if said in title.acronyms:
            return 1, at + 1
        count = self._run(at, title.words, 0)
        if count == 1 and (said in _EVERYDAY or len(said) < 4 or self._is_another(at + 1, title, count)):
            return 0, at
        trade = title.diploma and not taught
        if trade and (count < max(2, len(title.words)) or self._of_someone(at, at + count)):
            return 0, at
        return count, at + count

    def _run(self, at: int, words: Sequence[str], shortest: int) -> int:
        """How many of these words are said one after the other; from the second on, they may be cut short."""
        count = 0
        while count < len(words) and at + count < len(self._words):
            if count and not self._joined(self._words[at + count - 1].end, at + count):
                break
            if not _meets(self._words[at + count].said, words[count], 3 if count else shortest):
                break
            count += 1
        return count

    def _initials(self, at: int, title: Title, shortest: int) -> bool:
        said = self._words[at].said
        return len(said) >= shortest and len(title.words) >= shortest and bool(title.initials.fullmatch(said))

    def _is_another(self, after: int, title: Title, count: int) -> bool:
        """Whether what is said in part is another trade: « menuisier installateur »."""
        if (
            count >= len(title.words)
            or after >= len(self._words)
            or not self._joined(self._words[after - 1].end, after)
        ):
            return False
        return bool(_ANOTHER.fullmatch(self._words[after].said))

    def _of_someone(self, at: int, after: int) -> bool:
        """Whether a trade is that of a person: « la conseillère », « deux employés », « conseillère de » somewhere."""
        if _THING.fullmatch(self._words[at].said):
            return False
        start = self._words[at].start
        before = _WORD.findall(self._text[max(0, start - _NEAR) : start])
        employer = _OF.match(self._text, self._words[after - 1].end)
        return bool(before and before[-1] in _DETERMINERS) or bool(employer and self._in_name(employer.end()))

    def _joined(self, end: int, at: int) -> bool:
        """Whether nothing stands between that place and a word but a little word or a hyphen."""
        if at >= len(self._words) or self._words[at].start < end:
            return False
        between = self._text[end : self._words[at].start]
        if len(between) > _NEAR:
            return False
        return bool(re.fullmatch(r"[\w\s'\"«»(-]*", between)) and not _APART & {*_WORD.findall(between)}

    def _in_name(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._names)


def _meets(said: str, word: str, shortest: int) -> bool:
    """Whether a word is that of a title: the same, its trade or its plural, or its first letters where they serve."""
    if said == word or (min(len(said), len(word)) > 4 and said.rstrip("es") == word.rstrip("es")):
        return True
    if shortest and len(said) >= shortest and said not in _FILLERS and word.startswith(said):
        return True
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said, word, strict=False)))
    return same >= 5 and same >= 0.6 * max(len(said), len(word)) and said not in _EVERYDAY
