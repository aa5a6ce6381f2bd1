"""Mail: who wrote to whom and when, the words, the names of what was attached. What it refers to is never fetched."""

import html
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, cast

import nh3

from crm.files.charsets import decoded
from crm.guarded.child.plain import MOST_SHOWN

_FIELDS = (("From", "De"), ("To", "À"), ("Cc", "Copie à"), ("Date", "Date"), ("Subject", "Objet"))
_MOST_ATTACHED = 100


class Message:
    """A message that was read."""

    def __init__(self, content: bytes) -> None:
        self.message = BytesParser(policy=policy.default).parsebytes(content)

    def __len__(self) -> int:
        return 1

    def show(self, index: int) -> dict[str, Any]:
        """The message; its words as HTML, to be cleaned, only where they are in no other way."""
        kind, words = self._words()
        return {
            "fields": [(label, str(self.message[name])) for name, label in _FIELDS if self.message[name]],
            "attached": self._attached(), kind: words[:MOST_SHOWN], "cut": len(words) > MOST_SHOWN,
        }  # fmt: skip

    def text(self, index: int) -> str:
        """All that can be read."""
        kind, words = self._words()
        if kind == "html":
            words = html.unescape(nh3.clean(words, tags=set()))
        fields = (str(self.message[name]) for name, _ in _FIELDS if self.message[name])
        return "\n".join([*fields, *self._attached(), words])

    def _words(self) -> tuple[str, str]:
        for kind, wanted in (("text", "plain"), ("html", "html")):
            if part := self.message.get_body((wanted,)):
                return kind, _content(cast(EmailMessage, part))
        return "text", ""

    def _attached(self) -> list[str]:
        found = self.message.iter_attachments() if self.message.is_multipart() else ()
        names = [part.get_filename() or part.get_content_type() for part in found]
        return [str(name) for name in names[:_MOST_ATTACHED]]


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset that nobody knows
        raw = part.get_payload(decode=True)
        return decoded(raw) if isinstance(raw, bytes) else ""


pages = Message
