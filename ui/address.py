"""The address of a screen: page, filters, record and date are query parameters, so a link opens the same thing.

Reading is typed; what an address says wrongly is as if it said nothing. The date goes along in every link.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NoReturn, TypeVar
from urllib.parse import quote, urlencode

import streamlit as st

from crm import days
from graph_schema.declaration import Vocabulary
from ui.streamlit_parts import StreamlitPage

DATE = "date"
RECORD = "fiche"
SINCE = "depuis"
"""The earlier day with which the one shown is compared."""

AROUND = "autour"
"""The records or territories around which the network is shown."""

HOME, PARTNERS, REGISTER, NETWORK, TERRITORY = "", "partenaires", "registre", "reseau", "territoire"
STRENGTH, CHANGES, IMPORT, SETTINGS = "solidite", "evolution", "importer", "reglages"
DUPLICATES = "doublons"

Given = str | date | Iterable[str] | None
V = TypeVar("V", bound=Vocabulary)
_PAGES = "address-pages"


def text(name: str, default: str = "") -> str:
    """What the address says for ``name``."""
    return str(st.query_params.get(name, default)).strip() or default


def texts(name: str) -> list[str]:
    """Everything that the address says for ``name``, which may be there several times."""
    return [str(value) for value in st.query_params.get_all(name) if value]


def every() -> dict[str, list[str]]:
    """All that the address says, by name."""
    return {name: texts(name) for name in st.query_params}


def choice(name: str, vocabulary: type[V]) -> V | None:
    """The term that the address names, None when it names none of the vocabulary."""
    found = choices(name, vocabulary)
    return found[0] if found else None


def choices(name: str, vocabulary: type[V]) -> list[V]:
    """The terms that the address names, others left out."""
    known = {str(term): term for term in vocabulary}
    return [known[value] for value in texts(name) if value in known]


def day(name: str = DATE) -> date | None:
    """The day that the address gives (AAAA-MM-JJ), if it is one."""
    return days.read(text(name))


def put(**parameters: Given) -> None:
    """Change what the address says, staying on the page; None or nothing takes a parameter out."""
    after = _changed(parameters)
    if after != _current():
        st.query_params.from_dict(after)


def here(**parameters: Given) -> str:
    """A link to this page, with these parameters changed."""
    return _query(_changed(parameters)) or "?"


def link(page: str, /, **parameters: Given) -> str:
    """A link to a page (its path, "" for the first) with these parameters and the date."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{'/'.join(part for part in (base, page) if part)}{_query(_with_date(parameters))}"


def record(id: str) -> str:
    """A link to a record's sheet."""
    return link(PARTNERS, **{RECORD: id})


def declare(pages: Mapping[str, StreamlitPage]) -> None:
    """Say which pages this session has, by path; done by the application at each run."""
    st.session_state[_PAGES] = dict(pages)


def go(path: str, **parameters: Given) -> NoReturn:
    """Leave for a page, with these parameters and the date."""
    pages: Mapping[str, StreamlitPage] = st.session_state[_PAGES]
    st.switch_page(pages[path], query_params=_with_date(parameters))


def _current() -> dict[str, str | list[str]]:
    return {name: _one_or_many(st.query_params.get_all(name)) for name in st.query_params}


def _changed(parameters: Mapping[str, Given]) -> dict[str, str | list[str]]:
    return _written({**_current(), **parameters})


def _with_date(parameters: Mapping[str, Given]) -> dict[str, str | list[str]]:
    return _written({**parameters, DATE: parameters.get(DATE, day())})


def _written(parameters: Mapping[str, Given]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, value in parameters.items():
        if isinstance(value, date):
            found[name] = value.isoformat()
        elif isinstance(value, str):
            found |= {name: value} if value else {}
        elif value is not None and (many := [str(each) for each in value]):
            found[name] = _one_or_many(many)
    return found


def _one_or_many(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _query(parameters: Mapping[str, str | list[str]]) -> str:
    written = urlencode(parameters, doseq=True, safe=":", quote_via=quote)
    return f"?{written}" if written else ""
