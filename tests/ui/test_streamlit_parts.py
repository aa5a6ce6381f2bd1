"""What the screens rest on without Streamlit's promise is there: a test for each part, which says what uses it."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.testing.v1 import AppTest

from ui import bursts, choices, guard, server, streamlit_parts, typography

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph_schema", "crm", "importers", "ui")
ROOM = "ui/streamlit_parts.py"


def kinds(message: type) -> set[str]:
    """What a message of Streamlit's may be."""
    return {field.name for field in message.DESCRIPTOR.oneofs_by_name["type"].fields}  # type: ignore[attr-defined]


def takes(function: Callable[..., object], *parameters: str) -> bool:
    """Whether a function has these parameters, in this order, and needs no other."""
    known = list(inspect.signature(function).parameters.values())
    needed = [each.name for each in known if each.default is each.empty and each.kind < each.VAR_POSITIONAL]
    return [each.name for each in known][: len(parameters)] == list(parameters) and len(needed) <= len(parameters)


def unwrapped() -> Callable[..., object]:
    """How Streamlit sends a message, without what we put around it."""
    found: Callable[..., object] = inspect.unwrap(streamlit_parts.ScriptRunContext.enqueue)
    return found


@cache
def served() -> str:
    """Every script of Streamlit's page."""
    return "\n".join(path.read_text("utf-8") for path in streamlit_parts.SCRIPTS.glob("*.js"))


PARTS: Mapping[str, tuple[str, Callable[[], bool]]] = {
    "ScriptRunContext.enqueue(self, msg)": (
        "ui/typography.py typesets each message there", lambda: takes(unwrapped(), "self", "msg")),
    "ForwardMsg: new_session, script_finished, delta": (
        "ui/bursts.py tells a run's beginning and end", lambda: kinds(streamlit_parts.ForwardMsg) >= {
            bursts._BEGINS, bursts._ENDS, "delta"}),
    "Delta: new_element, add_block": (
        "ui/typography.py finds what is drawn", lambda: kinds(Delta) >= {"new_element", "add_block"}),
    "Element: html, bidi_component": (
        "ui/typography.py leaves them alone", lambda: kinds(Element) >= typography._OURS),
    "fields of elements: body, help, label, placeholder, text": (
        "ui/typography.py typesets them", lambda: {
            field.name for each in Element.DESCRIPTOR.oneofs_by_name["type"].fields
            for field in each.message_type.fields} >= typography._WORDS),
    "UploadedFile: name, file_id, read, seek": (
        "ui/screens/partners/deposit.py gives it to the vault", lambda: {"read", "seek"} <= set(
            dir(streamlit_parts.UploadedFile)) and all(f"self.{name} =" in inspect.getsource(
                streamlit_parts.UploadedFile) for name in ("name", "file_id"))),
    "config.set_option, config.get_option, and the options": (
        "ui/server.py sets them", lambda: {*server._OPTIONS, "server.maxMessageSize"} <= set(
            streamlit_parts.config.get_config_options())),
    "App(script, routes, middleware, on_script_error)": (
        "ui/server.py is one", lambda: {"routes", "middleware", "on_script_error"} <= set(
            inspect.signature(streamlit_parts.App.__init__).parameters)),
    "StreamlitPage": ("ui/address.py leads to one", lambda: inspect.isclass(streamlit_parts.StreamlitPage)),
    "static/index.html: the page": (
        "ui/guard.py digests its scripts", lambda: "<script" in streamlit_parts.PAGE.read_text("utf-8")),
    "/_stcore/upload_file": (
        "ui/guard.py lets only those who may deposit files there", lambda: guard.UPLOADS.removeprefix("/") in served()),
    "static/static/js: the scripts of choice fields": (
        "ui/choices.py changes them", lambda: len(choices.scripts()) == 3),
    "static/static/media: the font of icons": (
        "ui/page.py names it", lambda: len(list(streamlit_parts.MEDIA.glob("MaterialSymbols-Rounded.*"))) == 1),
    "AppTest: _tree, _run, _registered_pages, _page_hash": (
        "tests/ui/application.py opens pages and triggers events", lambda: all(
            name in inspect.getsource(AppTest) for name in ("_tree", "def _run", "_registered_pages", "_page_hash"))),
    "_make_trigger_id(base, event)": (
        "tests/ui/application.py triggers events", lambda: len(inspect.signature(_make_trigger_id).parameters) == 2),
}  # fmt: skip
"""Each part by its name: what uses it, and whether it is there as that expects it."""


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_there_as_what_uses_it_expects(part: str) -> None:
    user, is_there = PARTS[part]
    assert is_there(), f"Streamlit {streamlit_parts.VERSION} has no « {part} » as known here: {user}"


def selectors() -> Iterator[tuple[str, str]]:
    """Each name of Streamlit's page that a style sheet or script of ours knows, and the file."""
    for file in sorted((ROOT / "ui").rglob("*")):
        if file.suffix in {".css", ".js"}:
            text = file.read_text("utf-8")
            found = re.findall(r"data-testid=\\?[\"']?(\w+)", text) + re.findall(r"\.(st[A-Z]\w+)", text)
            yield from ((name, str(file.relative_to(ROOT))) for name in sorted(set(found)))


def test_every_name_of_its_page_that_we_style_or_look_for_is_in_its_scripts() -> None:
    known = list(selectors())
    assert len(known) > 30
    gone = [(name, file) for name, file in known if not re.search(rf"\b{name}\b", served())]
    assert gone == []


def within_streamlit(source: str) -> list[str]:
    """What a module takes from within Streamlit: of its modules but for the public package, or of its private names."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [each.name for each in node.names if each.name.startswith("streamlit.")]
            found += [each.name for each in node.names if each.name == "streamlit" and each.asname != "st"]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
            found += [node.attr] if node.attr.startswith("_") or node.attr in ("runtime", "config", "web") else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "files":
            found += [each.value for each in node.args if isinstance(each, ast.Constant) and each.value == "streamlit"]
    return found


def test_nothing_but_the_room_reaches_within_streamlit() -> None:
    modules = [module for package in PACKAGES for module in (ROOT / package).rglob("*.py")]
    users = {str(each.relative_to(ROOT)) for each in modules if within_streamlit(each.read_text("utf-8"))}
    assert users == {ROOM}


@pytest.mark.parametrize(
    "line",
    ["from streamlit.runtime import get_instance", "import streamlit.web.cli", "import streamlit", "st._config",
     "from streamlit import config", 'files("streamlit")', "st.runtime.exists()"],
)  # fmt: skip
def test_reaching_within_is_noticed(line: str) -> None:
    assert within_streamlit(line)
    assert within_streamlit("import streamlit as st\nst.button('Essai')") == []
