"""What the file of a proof shows, in the page: a frame of its own, page by page."""

from pathlib import Path

import streamlit as st

from ui import documents, typography

_STATIC = Path(__file__).parent / "static"
_component = st.components.v2.component(
    "reseau28-preview",
    html=(_STATIC / "preview.html").read_text(encoding="utf-8"),
    css=(_STATIC / "preview.css").read_text(encoding="utf-8"),
    js=(_STATIC / "preview.js").read_text(encoding="utf-8"),
)


def draw_preview(id: str, title: str, page: int, parameter: str) -> None:
    """Draw a page of the file of the proof ``id``; ``parameter`` is that of the address that says which page."""
    _component(
        key="preview",
        data={
            "address": documents.preview(id), "page": page, "parameter": parameter,
            **typography.told({
                "title": f"Document : {title}", "waiting": "Ouverture du document…",
                "lost": "L'aperçu n'a pas pu être reçu : rechargez la page, ou téléchargez le document.",
            }),
        },
    )  # fmt: skip
