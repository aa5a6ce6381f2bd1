"""PDF: each page a picture, with its text beside it for who cannot see it. No script of the document runs."""

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from crm.guarded.child.answering import UnreadableDocument
from crm.guarded.child.pictures import WIDEST, encoded

_SHARPEST = 3.0
"""Pixels for a point of paper at most: a stamp is not blown up to a whole screen."""


class PdfDocument:
    """A PDF that was opened."""

    def __init__(self, content: bytes) -> None:
        try:
            self.document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            raise UnreadableDocument("password" if locked else "damaged") from None
        self.document.init_forms()  # else what was typed in a form would not show

    def __len__(self) -> int:
        return len(self.document)

    def show(self, index: int) -> dict[str, Any]:
        """The picture of a page and its text."""
        page = self.document[index]
        scale = min(_SHARPEST, WIDEST / max(1.0, *page.get_size()))
        return {"picture": encoded(page.render(scale=scale).to_pil()), "text": self.text(index)}

    def text(self, index: int) -> str:
        """The characters that stand on a page."""
        return str(self.document[index].get_textpage().get_text_bounded()).replace("\r\n", "\n")


pages = PdfDocument
