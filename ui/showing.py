"""A page of a document as a page of HTML, which holds all that it shows and can neither run nor fetch anything."""

import base64
from html import escape

from crm.guarded.documents import DocumentPage
from ui.colours import declared
from ui.markup import Markup, element, join

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What such a page may do; it says so itself too, for who shows it within another page."""

_STYLE = (
    declared()
    + """
body { margin: 0; padding: 1rem; font: 1rem/1.5 "Source Sans", system-ui, sans-serif; overflow-wrap: anywhere;
  color: var(--ink); background: var(--paper); }
img { max-width: 100%; height: auto; background: var(--sheet); }
img.page { display: block; margin: 0 auto 0.7rem; border: 1px solid var(--frame); }
pre { white-space: pre-wrap; font: inherit; margin: 0; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: 0.15rem 0.5rem;
  text-align: left; vertical-align: top; }
th { font-weight: 400; color: var(--muted); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; margin: 0 0 1rem; }
dt { color: var(--muted); } dd { margin: 0; } summary { cursor: pointer; }
h1 { font-size: 1.1rem; margin: 0 0 0.6rem; } .cut { color: var(--muted); }
main.alone { max-width: 40rem; margin: 12vh auto; }
"""
)


def html(page: DocumentPage) -> str:
    """The whole page, to be read by itself."""
    head = join(
        Markup('<meta charset="utf-8">'), Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        element("title", _place(page)), Markup(f"<style>{_STYLE}</style>"),
    )  # fmt: skip
    shown = element("main", _name(page), _fields(page), _body(page), _attached(page), _cut(page))
    return "<!doctype html>" + element("html", element("head", head), element("body", shown), lang="fr")


def refusal(words: str) -> str:
    """A page that says why a document is not given."""
    title = "Ce document ne s'ouvre pas"
    head = join(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} · Réseau 28"), Markup(f"<style>{_STYLE}</style>"),
    )  # fmt: skip
    said = element("main", element("h1", title), element("p", words, role="alert"), class_="alone")
    return "<!doctype html>" + element("html", element("head", head), element("body", said), lang="fr")


def _place(page: DocumentPage) -> str:
    return f"Page {page.number} sur {page.of}"


def _as_it_is(words: str) -> Markup:
    """Words of the document, which are not ours to typeset."""
    return Markup(escape(words))


def _name(page: DocumentPage) -> Markup:
    return element("h1", _as_it_is(page.name)) if page.name else Markup("")


def _fields(page: DocumentPage) -> Markup:
    if not page.fields:
        return Markup("")
    lines = (join(element("dt", label), element("dd", _as_it_is(said))) for label, said in page.fields)
    return element("dl", *lines)


def _body(page: DocumentPage) -> Markup:
    if page.picture:
        source = f"data:image/jpeg;base64,{base64.b64encode(page.picture).decode()}"
        picture = Markup(f'<img class="page" src="{source}" alt="{escape(_place(page))}">')
        words = element("details", element("summary", "Texte de la page"), element("pre", _as_it_is(page.text)))
        return join(picture, words if page.text.strip() else "")
    if page.rows:
        return element("table", *(_row(number, cells) for number, cells in page.rows))
    return Markup(page.html) if page.html else element("pre", _as_it_is(page.text))


def _row(number: int, cells: list[str]) -> Markup:
    return element("tr", element("th", str(number), scope="row"), *(element("td", _as_it_is(each)) for each in cells))


def _attached(page: DocumentPage) -> Markup:
    if not page.attached:
        return Markup("")
    names = element("ul", *(element("li", _as_it_is(name)) for name in page.attached))
    return element("section", element("h2", "Pièces jointes"), names)


def _cut(page: DocumentPage) -> Markup:
    words = "Seul le début est montré ici : téléchargez le document pour tout lire."
    return element("p", words, class_="cut") if page.cut else Markup("")
