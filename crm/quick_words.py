"""The words by which a line tells how an exchange was made and from whom it came, as patterns of folded text."""

import re

from graph_schema.exchanges import Channel, Direction

US, THEM, BOTH = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL

_MAIL = r"(?:e-?mails?|mails?|mels?|courriels?)"
_CALL = r"(?:appels?|coup de fil|coup de telephone)"
_POST = r"(?:courriers?|lettres?)"
_A = r"(?:une? |des |le |la |l'|notre |son )?"
_TO = r"(?: a| au| aux)"
_OF = r"(?:(?: de la part)?(?: de| du| des)| d')"
_THEY = r"(?:nous (?:a|ont|avait)|m'(?:a|ont))"
_MET = r"rdv|rendez[- ]vous|rencontree?s?|rencontrer|reunion|entretien|dejeune|dejeuner|visio(?:conference)?"

_WAYS: tuple[tuple[str, Channel | None, Direction | None], ...] = (
    (r"\(de nous\)", None, US),
    (r"\(d'eux\)", None, THEM),
    (r"\(mutuel\)", None, BOTH),
    (rf"{_THEY} (?:r?appele|telephone)e?s?", Channel.CALL, THEM),
    (rf"{_THEY} (?:re)?(?:ecrit|envoye {_A}{_MAIL})", Channel.MAIL, THEM),
    (rf"{_THEY} (?:contacte|repondu|relance)e?s?|a repondu|ont repondu", None, THEM),
    (rf"recu {_A}(?:newsletter|lettre d'information|infolettre){_OF}?", Channel.NEWSLETTER, THEM),
    (rf"(?:envoye )?{_A}(?:newsletter|lettre d'information|infolettre){_TO}?", Channel.NEWSLETTER, US),
    (rf"(?:recu )?{_A}{_CALL}(?: recu)?{_OF}|recu {_A}{_CALL}", Channel.CALL, THEM),
    (rf"(?:recu )?{_A}{_MAIL}(?: recu)?{_OF}|recu {_A}{_MAIL}", Channel.MAIL, THEM),
    (rf"(?:recu )?{_A}{_POST}(?: recue?)?{_OF}|recu {_A}{_POST}", Channel.LETTER, THEM),
    (r"(?:echange|point|entretien|rdv) (?:telephonique|par telephone|au telephone)(?: avec)?", Channel.CALL, BOTH),
    (r"(?:eu )?au telephone(?: avec)?|appel avec", Channel.CALL, BOTH),
    (rf"echanges? (?:de |par ){_MAIL}(?: avec)?", Channel.MAIL, BOTH),
    (rf"(?:envoye|adresse|transmis) {_A}{_MAIL}{_TO}?|{_A}{_MAIL}(?: envoye)?{_TO}", Channel.MAIL, US),
    (rf"(?:envoye|adresse|poste) {_A}{_POST}{_TO}?|{_A}{_POST}(?: envoyee?)?{_TO}", Channel.LETTER, US),
    (r"par (?:telephone|tel)", Channel.CALL, None),
    (rf"par {_MAIL}", Channel.MAIL, None),
    (rf"par {_POST}|en recommande", Channel.LETTER, None),
    (rf"(?:r?appele|telephone)e?s?{_TO}?|(?:r?appeler|telephoner){_TO}?|{_A}appel{_TO}", Channel.CALL, US),
    (rf"ecrit{_TO}?|ecrire{_TO}?", Channel.MAIL, US),
    (rf"(?:relance|contacte|sollicite)e?s?{_OF}?|relancer", None, US),
    (rf"{_A}visitee?s?(?: chez|{_TO}|{_OF})?|visiter|(?:passee?s?|passage|deplacement) chez", Channel.VISIT, BOTH),
    (rf"{_A}(?:{_MET})(?: chez| avec)?|vue?s?|recue?s?", Channel.MEETING, BOTH),
    (r"evenement", Channel.EVENT, None),
    (r"autre contact", Channel.OTHER, None),
    (rf"{_A}{_CALL}", Channel.CALL, None),
    (rf"{_A}{_MAIL}", Channel.MAIL, None),
    (rf"{_A}{_POST}", Channel.LETTER, None),
    (r"(?:echange|discute|parle|croise)e?s?(?: avec|{_TO})?", None, BOTH),
)

WAYS = tuple((re.compile(rf"(?<![\w'-])(?:{form})(?:(?<=')|(?![\w'-]))"), way, who) for form, way, who in _WAYS)
"""A pattern, the channel and the direction that it tells, the surest first."""

CANONICAL = {
    Channel.CALL: "Appel", Channel.MAIL: "Courriel", Channel.VISIT: "Visite", Channel.MEETING: "Rendez-vous",
    Channel.EVENT: "Événement", Channel.NEWSLETTER: "Newsletter", Channel.LETTER: "Courrier",
    Channel.OTHER: "Autre contact",
}  # fmt: skip
MARKERS = {US: "(de nous)", THEM: "(d'eux)", BOTH: "(mutuel)"}
"""How a line is written that says a channel and a direction without a verb."""

EVENT = re.compile(
    r"(?:^|(?<![\w'-])(?:(?:au|aux|lors d'un|lors du|sur le|pendant le|a la|lors de la|a un|d'un) |(?:a|lors de) l'))"
    r"(?P<event>(?:salon|forum|job ?dating|portes ouvertes|colloque|seminaire|atelier|inauguration|afterwork)\b"
    r"[^,;:()\n]*?)(?= avec |,|;|:|\(|\)|\n|$)"
)
"""Where people met; its words say what about."""

UNANSWERED = re.compile(
    r"\b(?:(?:laisse (?:un |des |plusieurs )?messages?|messages? laisses?)"
    r"(?: sur (?:le|son|sa|leur) (?:repondeur|messagerie|boite vocale))?"
    r"|sans reponse|pas de reponse|pas (?:encore )?repondu|repondeur|messagerie|injoignable|pas decroche)\b"
)
"""We tried, and nobody answered."""

HOUR = re.compile(
    r"(?<![\w/])(?:(?:(?:a|vers|des|avant|apres|pendant|durant) )?(?:\d{1,2} ?(?:heures?|h)(?: ?\d{2})?|\d{1,2}:\d{2})"
    r"|(?:a|vers) midi|en (?:fin|debut) (?:de (?:matinee|journee|soiree)|d'apres-midi))(?![\w/])"
)
"""A time of the day or a duration: read, and left out."""

ABOUT = re.compile(
    r"(?<![\w'-])(?:(?:au sujet|a propos) (?:de la|de l'|des|de|du|d')|concernant|sujet|objet|pour)"
    r"(?:(?<=')|(?![\w'])) ?"
)
"""What comes after is the subject."""

COLON = re.compile(r":(?!\d)|(?<!\d):")
BREAK = re.compile(r"[,;()]|:(?!\d)|(?<!\d):|\s[-–—]\s|(?<!\w)et(?!\w)")
TITLE = re.compile(r"(?:mme|mlle|m\.|mr|monsieur|madame|dr|me)(?!\w)")

_EMPTY = (
    r"(?:j'ai|je|nous avons|nous|on a|ai|avons|eu|ete|le|la|les|avec|chez|de|du|des|a|au|aux|par|un|une|et|ce|son|sa"
    r"|ses|puis|que|pour|concernant|sujet|objet|propos)"
)
ARTICLE = re.compile(r"(?:L['’]|Les? |La )$")
"""An article that begins a name, since it has a capital."""

LEADING = re.compile(rf"(?:[\W_]+|{_EMPTY}(?!['\w])|[dl]'(?=\w))+")
TRAILING = re.compile(rf"[^\w.)]+$|[^\w.)]{_EMPTY}$|^{_EMPTY}$")
BINDING = re.compile(r"\b(?:avec|chez|a|au|aux|de|du|des|d|par|et)\b")
"""Words that announce a name."""
