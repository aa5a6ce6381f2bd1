"""Where the clauses of a sentence are: each is read by itself."""

from collections.abc import Iterator, Sequence

from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import HAVE_I, HAVE_THEY, OURS, THEIRS
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Token, TokenKind

_ENDS = frozenset(";?!\n→")
_JOINING = words("puis mais donc car alors ensuite")
_ABBREVIATED = words("tel resp ref conf ets env m mme dir reg")
_LINKING = words("de du des d' la le l' les chez a au aux")


def clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The clauses of a sentence, in order, without what parts them."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if _parts(tokens, at, any(each.kind is TokenKind.WORD for each in found)):
            if found:
                yield found
            found = [] if token.kind is TokenKind.SIGN or token.said in ("et", *_JOINING) else [token]
        elif not (token.kind is TokenKind.SIGN and token.said in ".:"):
            found.append(token)
    if found:
        yield found


def _parts(tokens: Sequence[Token], at: int, begun: bool) -> bool:
    """Whether a clause ends before this token; ``begun``: there are words in it already."""
    token, last = tokens[at], tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if last is None:
        return False
    if token.kind is TokenKind.SIGN:
        return _sign_parts(token, last, after, tokens, at, begun)
    if token.kind is not TokenKind.WORD:
        return False
    if token.said in _JOINING:
        return not (token.said == "donc" and last.verb())
    if token.said in ("qui", "que", "qu'"):
        return not last.means(Sense.MUST)
    if token.said == "et":
        return not (last.kind is TokenKind.NAME and _names(tokens, at + 1)) and not _same_list(tokens, at)
    if token.said in OURS and token.said not in ("moi", "nous", "ns") and last.kind is not TokenKind.SIGN:
        return (
            last.said not in ("que", "qu'", "dont", "si", "lorsque", "quand", "comme", "hier", "et")
            and last.kind is not TokenKind.DAY
        )
    if token.said in ("il", "elle", "ils", "elles") and last.means(Sense.SAY) and last.kind is TokenKind.WORD:
        return False  # « dit-elle »
    if token.said in ("il", "elle", "ils", "elles") and last.means(Sense.WANT) and last.verb(Tense.NOW):
        return False  # « peut-il … ? »
    return token.said in ("il", "elle", "ils", "elles") and last.said not in (
        "et",
        "dont",
        "si",
        "s'",
        "quand",
        "avec",
        "pour",
    )


def _sign_parts(token: Token, last: Token, after: Token | None, tokens: Sequence[Token], at: int, begun: bool) -> bool:
    sign = token.said
    if sign == ":":
        return begun or last.kind not in (TokenKind.DAY, TokenKind.HOUR)
    if sign == ".":
        short = last.kind is TokenKind.WORD and not last.words and len(last.said) <= 5 and last.start
        if short and after is not None and after.raw[:1].islower():
            return False  # « centre soc. de Lens »
        return not (last.kind is TokenKind.WORD and last.said in _ABBREVIATED) and (
            after is None or after.start > token.end
        )
    if sign == ",":
        return not (last.kind is TokenKind.NAME and _names(tokens, at + 1)) or _acts(tokens, at + 1)
    if sign == "(":
        return not (after and after.kind is TokenKind.NAME and at + 2 < len(tokens) and tokens[at + 2].said == ")")
    if sign == ")":
        return not (at >= 2 and last.kind is TokenKind.NAME and tokens[at - 2].said == "(")
    if sign.startswith("-") or sign in "–—":
        return token.start > last.end and after is not None and after.start > token.end
    return sign in _ENDS or sign in "=>"


def _names(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name comes next."""
    while at < len(tokens) and tokens[at].said in _LINKING:
        at += 1
    return at < len(tokens) and tokens[at].kind is TokenKind.NAME


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name that comes next is the subject of a verb: « passé chez X, Y était absent »."""
    while at < len(tokens) and (tokens[at].said in _LINKING or tokens[at].kind is TokenKind.NAME):
        at += 1
    return at < len(tokens) and (tokens[at].said in HAVE_THEY - {"a"} or tokens[at].means(Sense.AWAY))


def _same_list(tokens: Sequence[Token], at: int) -> bool:
    """Whether « et » joins two things rather than two clauses: no verb follows it."""
    for token in tokens[at + 1 : at + 5]:
        if token.kind is TokenKind.SIGN:
            break
        if token.said in OURS | THEIRS | HAVE_I | HAVE_THEY or token.verb(
            Tense.DONE, Tense.NOW, Tense.LATER, Tense.BARE
        ):
            return False
        if token.means(Sense.MUST, Sense.UNANSWERED, Sense.AWAY, Sense.WAY):
            return False
    return True
