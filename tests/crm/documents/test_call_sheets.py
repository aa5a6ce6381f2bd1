"""A call as a row of a spreadsheet: figures as figures, dates as dates."""

from datetime import date

from crm.documents import call_sheets
from tests.crm.analytics.networks import days_ago
from tests.crm.documents.test_calendars import MONDAY, line


def test_a_row_has_a_value_under_each_header() -> None:
    heads, (row,) = call_sheets.table([line()])
    said = dict(zip(heads, row, strict=True))
    assert said["Partenaire"] == "Garage Exemple ; été, Lens"
    assert (said["Jours sans échange"], said["Seuil"], said["Dernier échange"]) == (90, 60, days_ago(90))
    assert (said["Qui appeler"], said["Téléphone"]) == ("Mme Exemple", "03 53 01 00 00")
    assert said["Jour prévu"] == MONDAY
    assert isinstance(said["Dernier échange"], date)


def test_what_is_not_known_is_an_empty_cell() -> None:
    heads, (row,) = call_sheets.table([line(last=None, day=None)._replace(phone="", email="")])
    said = dict(zip(heads, row, strict=True))
    assert [said[name] for name in ("Jours sans échange", "Dernier échange", "Téléphone", "Jour prévu")] == [None] * 4
