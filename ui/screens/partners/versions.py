"""The history of a sheet: who changed what and when, and the way back to an earlier version."""

import streamlit as st

from crm import days
from crm.ledger import versions
from crm.ledger.backdating import days_after
from crm.ledger.versions import Version, erased_words
from crm.records.sheet import Sheet
from graph_schema.registry import SCHEMA
from graph_schema.wording import long_date, sentence
from ui import frame, session
from ui.fields import EMPTY, said
from ui.markup import Markup, element, join
from ui.screens.partners import where

PART = "historique"
_ACTS = {
    "create": "a créé cette fiche",
    "update": "a modifié cette fiche",
    "delete": "a supprimé cette fiche",
    "redact": "a effacé du journal un ancien contenu de cette fiche",
}


def show_versions(sheet: Sheet) -> None:
    """Draw the versions, newest first."""
    found = versions.versions(session.network(), sheet.record.id)
    born = next((v.revision for v in found if v.action == "create"), 0)
    for version in found:
        with st.container(
            key=f"version-{version.commit.number}", horizontal=True, gap="small", vertical_alignment="center"
        ):
            st.html(_told(sheet, version))
            older = born <= version.revision < sheet.record.revision and version.differences is not None
            if session.may_edit() and older and version.action not in ("delete", "redact"):
                st.button(
                    "Restaurer cette version", key=f"restore-{version.revision}", type="tertiary",
                    icon=":material/settings_backup_restore:", on_click=_restore, args=(sheet, version.revision),
                )  # fmt: skip
    if not found:
        st.html(element("p", "Le journal ne garde rien de cette fiche.", class_="empty"))


def _told(sheet: Sheet, version: Version) -> Markup:
    at = days.here(version.commit.at)
    when = f"{long_date(at.date())} à {at:%H:%M}"
    said_first = join(element("b", version.commit.by), f" {_ACTS[version.action]}")
    if late := days_after(version.late or 0):
        when = f"{when} · {late}"
    reason = element("div", version.commit.why, class_="muted small")
    return element(
        "div",
        said_first,
        element("span", f" · {when}", class_="muted small"),
        reason,
        _differences(sheet, version),
        class_="version",
    )


def _differences(sheet: Sheet, version: Version) -> Markup:
    if version.differences is None:
        return element("div", sentence(erased_words(version.erased)), class_="muted small")
    if version.action != "update":
        return Markup("")
    fields = SCHEMA.nodes[sheet.record.type].fields
    lines = []
    for name, before, after in version.differences:
        field = fields.get(name)
        label = field.about.label if field else name
        old, new = (said(field, each) if field else str(each or EMPTY) for each in (before, after))
        lines.append(element("li", f"{label} : ", element("del", old), " → ", element("ins", new)))
    return element("ul", *lines, class_="differences")


def _restore(sheet: Sheet, version: int) -> None:
    with frame.guard():
        done = versions.restore(session.network(), sheet.record.id, version, sheet.record.revision)
        frame.saved(f"Version {version} de {sheet.caption} restaurée.", done.commit)
        where.done()
