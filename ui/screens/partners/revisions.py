"""The revisions of a proof, on its own sheet: each file that it ever had, when and by whom it was deposited."""

from crm import days
from crm.files import media
from crm.records.sheet import Sheet
from crm.vault import readings
from crm.vault.readings import Metadata
from crm.vault.revisions import ERASED, Revision
from graph_schema.evidence import Standing
from graph_schema.wording import weight
from ui import documents, session
from ui.markup import Markup, cell, element, table

PART = "versions-du-fichier"


def everything(sheet: Sheet) -> Markup:
    """The revisions, the newest first, each a door to its file while the vault keeps it."""
    found = session.network().read(lambda tx: readings.metadata_in(tx, sheet.record.id, session.actor()))
    heads = ("N°", "Déposée le", "Par", "Fichier", "Type", "Taille", "Empreinte")
    return table(heads, [_row(found, each) for each in found.revisions])


def _row(found: Metadata, each: Revision) -> tuple[Markup, ...]:
    name = each.url or (ERASED if each.erased else each.file_name)
    kept = each.sha256 and found.standing is Standing.ATTESTED
    href = documents.address(found.record.id, each.sha256)
    return (
        cell(str(each.number), class_="number"),
        cell(days.moment(each.at), class_="figure"),
        cell(each.author),
        cell(element("a", name, class_="out", href=href, target="_blank", rel="noopener") if kept else name),
        cell(media.labelled(each.media) if each.media else "lien" if each.url else ""),
        cell(weight(each.size) if each.size else "", class_="number"),
        cell(element("span", f"{each.sha256[:12]}…", title=each.sha256) if each.sha256 else ""),
    )
