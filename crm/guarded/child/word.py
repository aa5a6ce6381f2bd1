"""Word documents as HTML, which is to be cleaned: it may hold whatever the document does."""

import base64
import io
from typing import Any

import mammoth

from crm.guarded.child.answering import UnreadableDocument
from crm.guarded.child.archives import archive
from crm.guarded.child.pictures import small

_MOST_PICTURES = 30
_WIDEST = 800


class WordDocument:
    """A document of one page: where a sheet of paper ends is not said in it."""

    def __init__(self, content: bytes) -> None:
        archive(content).close()
        self.content, self.pictures = content, 0

    def __len__(self) -> int:
        return 1

    def show(self, index: int) -> dict[str, Any]:
        """The document as HTML, its pictures made anew."""
        made = mammoth.convert_to_html(
            io.BytesIO(self.content), convert_image=mammoth.images.img_element(self._picture),
            include_embedded_style_map=False,
        )  # fmt: skip
        return {"html": made.value}

    def text(self, index: int) -> str:
        """The words, one paragraph a line."""
        return str(mammoth.extract_raw_text(io.BytesIO(self.content)).value)

    def _picture(self, image: Any) -> dict[str, str]:
        self.pictures += 1
        if self.pictures > _MOST_PICTURES:
            return {}
        try:
            with image.open() as stream:
                made = small(stream.read(), most=_WIDEST)
        except (UnreadableDocument, OSError, ValueError, KeyError):  # a drawing, or one that is elsewhere
            return {}
        words = str(image.alt_text or "Image du document")
        return {"src": f"data:image/jpeg;base64,{base64.b64encode(made).decode()}", "alt": words}


pages = WordDocument
