"""What is wrong with a French text, looked for apart from the function that writes them right."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_READ = {"alt", "aria-label", "placeholder", "title"}
_SPOKEN = re.compile(r"\S*(?:@|://|[/\\]\S*[/\\])\S*")
_FAULTS = (
    ("straight apostrophe", re.compile(r"[a-zà-ÿ]'[a-zà-ÿœ]", re.I)),
    ("ordinary space before a sign", re.compile(r"(?<=\S) [:;!?»](?=\s|$)")),
    ("sign without its space", re.compile(r"(?<=[a-zà-ÿ)»])[;!?»](?=\s|$)", re.I)),
    ("ordinary or missing space inside guillemets", re.compile(r"«[^\u00a0]|«$|[^\u00a0]»|^»")),
    ("apostrophes in pairs", re.compile(r"''")),
    ("département without its article", re.compile(r"\b(?:dans|dessert) (?:Somme|Nord|Oise|Aisne|Pas-de-Calais)\b")),
)


def faults(text: str) -> list[str]:
    """The faults of a text that people read, each with what surrounds it; addresses are not sentences."""
    bare = _SPOKEN.sub("", text)
    found = ((name, match) for name, form in _FAULTS for match in form.finditer(bare))
    return [f"{name}: …{bare[max(0, m.start() - 25) : m.end() + 25]!r}…" for name, m in found]


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in _READ and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(data)


def texts(html: str) -> Iterator[str]:
    """The texts of an HTML fragment, and those of its attributes that people read or hear."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    yield from parser.found
