"""Names that a sentence may mean in two ways: asked, never guessed.

A name may take part in an exchange or only be spoken of. Where nothing tells, the sentence is read as it was, and who
wrote it is asked.
"""

import re
from collections.abc import Iterator, Sequence

from crm.quick_log.match import NamesFound
from crm.quick_log.name_words import NOT_THERE
from crm.quick_log.names import Mention
from crm.quick_log.parties import before_of, is_gone
from crm.sentences.hints import ABOUT
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.text import fold

_ANOTHER = re.compile(
    r"\b(?:a|avec|chez|et|par) (cel(?:le|ui|les)|ceux) (?:de la |de l'|des |du |de |d')([a-z][a-z-]+)"
)
_OF_PAPER = re.compile(
    r"\b(?:mails?|courriels?|courrier|message|note|info\w*|appel a projets|consigne|dossier|demande|financement|arrete"
    r"|fiche|offre|annonce|besoin|cv)(?: [\w-]+){0,3} (?:de la |de l'|des |du |de |d')$|\bpour (?:la |le |les |l')?$"
    r"|\baupres (?:de la |de l'|des |du |de |d')$"
)
_SEVERAL = re.compile(r"\b(?:des|les|aux|toutes les|tous les|plusieurs) $")
_OPENS = re.compile(r"(?:^|[,;:.(] ?|\bque |\bet )(?:la |le |l')?$")
_HOLDS = re.compile(
    r"\b(?:tut(?:eur|rice)|gerante?|direct(?:eur|rice)|drh|patronne?|responsable|maitre d'apprentissage)[ ,(]+$"
)
_WILL = re.compile(r" (?:sera|seront|serait|va|vont|devient|remplace)\b(?! (?:absent|en conge|indisponible))")


def name_doubts(
    text: str, low: str, found: NamesFound, names: Sequence[Mention], parties: Sequence[Mention]
) -> list[str]:
    """What is to be asked of the names of a sentence, of which these were read as taking part."""
    asked = [f"« {text[slice(*each.span())]} » : de qui s'agit-il ?" for each in _ANOTHER.finditer(low)]
    asked += [f"{text[each.start : each.end]} y a-t-il pris part ?" for each in _left_out(low, found, names, parties)]
    asked += [
        f"« {text[each.start : each.end]} » : lesquels ?"
        for each in parties
        if each.type == Organisation.TYPE and _SEVERAL.search(low[: each.start]) and _is_plural(low, each)
    ]
    asked += [
        f"Pour quelle structure était {text[each.start : each.end]} ?" for each in _elsewhere(low, found, parties)
    ]
    return asked + [
        f"{text[each.start : each.end]} y a-t-il pris part, ou en est-il seulement question ?"
        for each in _spoken_of(low, found, parties)
    ]


def _spoken_of(low: str, found: NamesFound, parties: Sequence[Mention]) -> Iterator[Mention]:
    """The organisations that may only be what a mail was about, or came from: nobody named works there."""
    people = [record.id for each in parties for record in each.records if each.type == Person.TYPE]
    employers = {id for person in people for id in found.works_for(person)}
    for each in parties[1:]:
        known = {record.id for record in each.records} & employers
        if each.type == Organisation.TYPE and not known and _OF_PAPER.search(low[: each.start]):
            yield each


def _elsewhere(low: str, found: NamesFound, parties: Sequence[Mention]) -> Iterator[Mention]:
    """Those who are said to hold a role, while they work for none of the organisations of the sentence."""
    named = {record.id for each in parties for record in each.records if each.type == Organisation.TYPE}
    for each in parties:
        known = {id for record in each.records for id in found.works_for(record.id)}
        if each.type == Person.TYPE and named and known and not known & named and _HOLDS.search(low[: each.start]):
            yield each


def _is_plural(low: str, mention: Mention) -> bool:
    """Whether « les boulangeries de Roubaix » says more than the one that is called so."""
    first = re.split(r"[ '-]", low[mention.start : mention.end])[0]
    name = fold(str(mention.records[0].values["name"])) if len(mention.records) == 1 else first
    listed = re.match(r" et ", low[mention.end :])  # « les missions locales de Lens et Arras »
    return not listed and first.endswith("s") and not name.startswith(first)


def _left_out(low: str, found: NamesFound, names: Sequence[Mention], parties: Sequence[Mention]) -> Iterator[Mention]:
    """Those who are the subject of what is told further on, and work where someone of the exchange does."""
    people = {record.id for each in parties for record in each.records if each.type == Person.TYPE}
    employers = {record.id for each in parties for record in each.records if each.type == Organisation.TYPE}
    employers |= {id for person in people for id in found.works_for(person)}
    for each in names:
        if each in parties or each.type != Person.TYPE or len(each.records) != 1:
            continue
        before = before_of(low, each, names)
        elsewhere = NOT_THERE.search(low[: each.start]) or ABOUT.search(re.split(r"[,;:.(]", before)[-1])
        gone = is_gone(low, each, names) or _WILL.match(low, each.end)
        if _OPENS.search(before) and not elsewhere and not gone and found.works_for(each.records[0].id) & employers:
            yield each
