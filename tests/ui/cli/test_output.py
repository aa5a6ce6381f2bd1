"""What is written where, and how."""

import io

import pytest

from graph_schema.wording import NARROW
from ui.cli import output


class Terminal(io.StringIO):
    """A stream that says that someone is looking."""

    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_on_a_terminal_and_wiped_at_the_end() -> None:
    terminal = Terminal()
    with output.progress("Copie", terminal) as report:
        report(1, 4)
        report(4, 4)
    assert "\rCopie\u00a0: 25\u00a0%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_progress_says_nothing_where_nobody_looks() -> None:
    stream = io.StringIO()
    with output.progress("Copie", stream) as report:
        report(1, 4)
    assert stream.getvalue() == ""


def test_data_never_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.lines(["Garage\x1b[2J Fictif\r\n", *output.table(("NOM",), [("A\x07telier\u202e",)])])
    assert capsys.readouterr().out == "Garage [2J Fictif  \nNOM\nA telier\n"


def test_a_table_aligns_words_left_and_numbers_right() -> None:
    rows = output.table(("NOM", "JOURS"), [("Garage Fictif", 7), ("Atelier", None), ("É" * 60, 120)], widest=20)
    assert list(rows) == [
        "NOM                   JOURS",
        "Garage Fictif             7",
        "Atelier",
        f"{'É' * 19}…    120",
    ]


def test_a_table_is_padded_after_its_words_are_typeset(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("Garage de l''Exemple", "Lens"), ("Atelier :", "« Arras »"), ("« a", ":")]
    output.lines(output.table(("NOM", "VILLE"), rows))
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "NOM                  VILLE",
        "Garage de l’Exemple  Lens",
        "Atelier\u00a0:            «\u00a0Arras\u00a0»",
        "«\u00a0a                  :",
    ]


def test_numbers_that_count_are_written_as_everywhere_and_those_that_name_are_not() -> None:
    rows = list(output.table(("N°", "HABITANTS"), [("1240", 1_457_905), ("3", 12)]))
    assert rows == ["N°    HABITANTS", f"1240  1{NARROW}457{NARROW}905", "   3         12"]


def test_a_table_without_rows_has_no_header() -> None:
    assert list(output.table(("NOM",), [])) == []


def test_a_document_survives_names_that_are_not_unicode(capsys: pytest.CaptureFixture[str]) -> None:
    output.use_utf8()
    output.document({"file": "liste\udce9.csv"})
    assert "liste" in capsys.readouterr().out
