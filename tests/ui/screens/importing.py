"""« Importer » in hand: a small list of partners, and the steps from the files to the import."""

from streamlit.testing.v1 import AppTest

from tests.ui.application import opened

LIST = "Structure;Ville;Code postal;Contact\nGarage Exemple;Lens;62300;Mme Exemple\n;Arras;62000;\n"


def dropped(*files: tuple[str, str | bytes]) -> AppTest:
    """The screen once these files were dropped on it."""
    app = opened("importer")
    given = [(name, text.encode() if isinstance(text, str) else text, "") for name, text in files]
    app.file_uploader[0].set_value(given).run()
    return app


def planned(app: AppTest) -> AppTest:
    """The screen once what would be done was asked."""
    return app.button(key="import-plan").click().run()


def applied(app: AppTest) -> AppTest:
    """The screen once the files were imported."""
    return planned(app).button(key="import-apply").click().run()


def lines(app: AppTest) -> list[str]:
    """What the outcomes and faults are counted as."""
    return [each.label.replace("*", "") for each in app.expander]
