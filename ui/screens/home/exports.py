"""What takes the calls elsewhere: a spreadsheet of the list, a calendar of the plan. Made only when asked for."""

from typing import NamedTuple

import streamlit as st

from crm.measures import calls as call_lists
from crm.measures.measuring import Measures
from crm.network import Network
from graph_schema.wording import count
from ui import calendar, call_sheet, session, spreadsheets


class Files(NamedTuple):
    """The files of one colleague's calls, or everyone's, each made when it is asked for with the rights of who asks."""

    network: Network
    measures: Measures
    owner: str | None

    def xlsx(self) -> bytes:
        """The list as a workbook."""
        return spreadsheets.xlsx_bytes("Relances", *call_sheet.table(self._lines()))

    def csv(self) -> bytes:
        """The list as CSV."""
        return spreadsheets.csv_bytes(*call_sheet.table(self._lines()))

    def ics(self) -> bytes:
        """The calls planned this week and the next as a calendar."""
        calls, days = call_lists.planned(call_lists.plan(self.network, self.measures, self.owner).days)
        made = call_lists.lines(self.network, self.measures, calls, days)
        return calendar.ics_bytes(made, self.network.clock(), self.measures.commit)

    def _lines(self) -> list[call_lists.Line]:
        _, days = call_lists.planned(call_lists.plan(self.network, self.measures, self.owner).days)
        due = call_lists.call_list(self.measures).of(self.owner)
        return call_lists.lines(self.network, self.measures, due, days)


def show(measures: Measures, owner: str | None) -> None:
    """Draw the doors to the files."""
    due = call_lists.call_list(measures).of(owner)
    if not due:
        return
    # What is inside is made only once it is open: a download is a widget, and this page has enough to draw.
    with st.popover("Emporter", icon=":material/download:", key="home-exports", on_change="rerun") as opened:
        if not opened.open:
            return
        files, name = Files(session.network(), measures, owner), f"relances-{measures.on.isoformat()}"
        st.download_button(
            f"Tableur, {count(len(due), 'relance')}", files.xlsx, f"{name}.xlsx", spreadsheets.XLSX_MIME,
            key="home-xlsx", icon=":material/table_view:", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            "Fichier CSV", files.csv, f"{name}.csv", spreadsheets.CSV_MIME,
            key="home-csv", icon=":material/csv:", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            "Agenda, cette semaine et la suivante", files.ics, f"{name}.ics", calendar.MIME,
            key="home-ics", icon=":material/event:", on_click="ignore", width="stretch",
            help="Une journée par relance prévue ; importer à nouveau met à jour au lieu d'ajouter.",
        )  # fmt: skip
