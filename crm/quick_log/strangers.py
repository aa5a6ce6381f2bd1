"""Names in a sentence that nobody in the network bears: after a civility, or words with a capital."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from crm.quick_log.name_words import CIVILITY, COMMON, ELSEWHERE, FIRMS, SENT_TO
from crm.quick_log.names import Mention, is_place
from crm.sentences.hints import ABOUT, EVENT, LITTLE
from crm.sentences.lexicon import longest
from graph_schema.organisations import Organisation
from graph_schema.text import fold

_NAME = re.compile(r"[^\W\d_][\w'-]*(?: (?:de |du |le |la )?[A-ZÀ-Ý][\w'-]+)*")
_CAPITALS = re.compile(r"(?<![\w'.])[A-ZÀ-Ý][\w-]+(?: (?:(?:de la|de|du|des|le|la|et) |d'|l')?[A-ZÀ-Ý][\w-]+)*")
_CAUSE = re.compile(r"\b(?:pr|pour|sur|en|dates?|places?|candidate?s?|formation)\s*$")
_KIND = re.compile(
    rf"(?<![\w-])(?:centre de formation|centre social|organisme de formation|mission locale|{'|'.join(sorted(FIRMS))})"
    r" (?:(?:de la|de l'|du|des|de|d'|la|le|les) ?)?$"
)
_FIRM = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(FIRMS))}) (?:(?:de la|de l'|du|des|de|d'|la|le|les) ?)?(?=[a-z])")
_PLAIN = re.compile(r"(?:(?:de la|du|des|de|les|la|le) )?(?P<said>[a-z][a-z-]+)(?![\w'])")
_LEARNER = re.compile(r"\b(?:cv|contrat|dossier|candidature|stage|livret|profil|alternance|parcours) (?:de |d')$")
_AT = re.compile(r"(?:\b(?:a|en|sur|vers|de|du|des|d')|(?<=[\w'],))\s*$")
_SHORT = 5


def strangers(
    text: str, folded: str, taken: Sequence[tuple[int, int]], known: Sequence[Mention], titles: Set[str]
) -> list[Mention]:
    """The names that may be someone: no place, no title of training, not what the exchange was about."""
    found = []
    spans = [*_spans(text, folded, taken)]
    if not any(each.type == Organisation.TYPE for each in known):
        spans += _firms_without_capitals(text, folded, taken)
    for start, end in spans:
        kind = _KIND.search(folded[:start])
        if kind and (CIVILITY.match(folded, start) or re.search(r"\b(?:une?|des|d'une?|en) $", folded[: kind.start()])):
            kind = None
        if (
            _is_of_contacts(folded[start:end])
            or {*fold(folded[start:end]).split()} <= titles
            or not _is_someone(folded, start, known)
        ):
            continue
        if not kind and _is_short(text[start:end]) and (_CAUSE.search(folded[:start]) or known):
            continue
        if kind or not _is_where(folded, start, end):
            first = (fold(text[start:end]).split() or [""])[0]
            employer = _is_employer(folded, start, end, [*spans, *taken])
            firm = kind is not None or employer or folded[:start].endswith("l'") or first in FIRMS
            found.append(Mention(kind.start() if kind else start, end, (), firm=firm))
    return found


def _is_employer(folded: str, start: int, end: int, names: Iterable[tuple[int, int]]) -> bool:
    """Whether a name after another is that of an organisation: « Émilie Caron (Logisud) », « M. X, de Logisud »."""
    opened = re.search(r" ?\($|,? (?:de chez |chez |de |d')$", folded[:start])
    if opened is None or ("(" in opened.group()) != (folded[end : end + 1] == ")") or CIVILITY.match(folded, start):
        return False
    return any(last == opened.start() for _, last in names)


def _is_of_contacts(folded: str) -> bool:
    """Whether words are a code, or those of a contact: « APP-2026-011 », « Petit-déjeuner du Club », « Pris RDV »."""
    said = re.findall(r"[a-z]+", folded)
    if re.search(r"\d{3}", folded) or any(word.tense is None for word in longest(said)[0]):
        return True
    return all(word in LITTLE or longest([word])[0] for word in said)


def _is_where(folded: str, start: int, end: int) -> bool:
    """Whether a name is that of the place where something was: « le maire de Lens »."""
    before = folded[:start]
    return bool(_AT.search(before)) and not SENT_TO.search(before) and is_place(folded[start:end])


def is_in_event(folded: str, start: int) -> bool:
    """Whether a name that begins there is rather in that of an event: « au forum de l'emploi de Lens »."""
    return any(each.start("event") < start < each.end() for each in EVENT.finditer(folded))


def _is_short(name: str) -> bool:
    """Whether a name is nothing but short words in capitals, as titles and schemes are called."""
    return all(len(word) <= _SHORT and word.isupper() for word in name.split())


def _is_someone(folded: str, start: int, known: Sequence[Mention]) -> bool:
    """Whether words with a capital that nobody bears may be someone: not a place, nor what the exchange was about."""
    before = folded[:start]
    clause = re.split(r"[,;:.(]| qui | que ", before)[-1]
    if is_in_event(folded, start) and not CIVILITY.match(folded, start):
        return False
    if known and ABOUT.search(clause):
        return False
    if known and _LEARNER.search(before):
        return False
    return not (known and ELSEWHERE.search(before) and not SENT_TO.search(before))


def _spans(text: str, folded: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    hidden, plain = list(folded), text == text.lower()
    for start, end in taken:
        hidden[start:end] = "\n" * (end - start)
    left = "".join(hidden)
    for title in CIVILITY.finditer(left):
        name = _NAME.match(text, title.end())
        last = name.end() if name else title.end()
        if "\n" in left[title.end() : last]:
            last = title.end() + len(re.sub(r"(?: (?:de|du|le|la))?\s*$", "", left[title.end() : last].split("\n")[0]))
        bare = title.group().strip() == "m" and not text[title.end() : title.end() + 1].isupper()
        bare = bare and not (plain and _ends_of_name(folded, title.end()) > title.end())
        bare = bare or re.match(r"(?:le|la|les) |l'", folded[title.end() :]) is not None  # « M. le directeur »
        if last > title.end() and not bare:
            yield title.start(), last
            left = left[: title.start()] + "\n" * (last - title.start()) + left[last:]
    shown = "".join("\n" if sign == "\n" else text[at] for at, sign in enumerate(left))
    for name in _CAPITALS.finditer(shown):
        first, last = name.span()
        while (
            first < last
            and (head := re.match(r"[\w-]+", folded[first:last]))
            and _is_no_name(folded, head, first, last)
        ):
            first += head.end()
            first += len(text[first:last]) - len(text[first:last].lstrip(" '’"))
        if first < last and "\n" not in left[first:last]:
            yield first, last


def _firms_without_capitals(text: str, folded: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """« scierie du lac »: where nothing has a capital, the words after what a firm is called."""
    places = [*taken]
    for kind in _FIRM.finditer(folded) if text == text.lower() else ():
        end = _ends_of_name(folded, kind.end())
        if end > kind.end() and not any(start < end and kind.start() < last for start, last in places):
            yield kind.end(), end


def _ends_of_name(folded: str, start: int) -> int:
    """Where the words end, from a place on, that may be a name: they are no words of contacts; the place if none."""
    end, at = start, start
    while word := _PLAIN.match(folded, at):
        said = word["said"]
        if said in COMMON or said in LITTLE or any(each in said for each in "0123456789") or longest([said])[0]:
            break
        end = word.end()
        at = end + 1 if folded[end : end + 1] == " " else len(folded)
    return end


def _is_no_name(folded: str, head: re.Match[str], first: int, last: int) -> bool:
    acts = re.match(r" (?:nous|m'a|ns) ?", folded[last:])  # « Adecco nous a appelés »
    opens = first == 0 and head.end() == last and not acts
    return head.group() in COMMON or head.group() in LITTLE or opens
