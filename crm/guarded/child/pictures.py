"""Pictures, made anew: what is shown bears the pixels alone, neither a place nor a camera nor anything hidden."""

import io
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from crm.guarded.child.answering import UnreadableDocument

MOST_PIXELS = 60_000_000
"""Pixels of the largest picture that is unpacked."""

WIDEST = 1600
"""Pixels of the longest side of what is shown."""

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")


def small(content: bytes, frame: int = 0, most: int = WIDEST) -> bytes:
    """A picture as a JPEG no longer than ``most`` pixels. Raises ``UnreadableDocument``."""
    with opened(content) as image:
        image.seek(frame)
        _measured(image)
        image.draft("RGB", (most, most))
        return encoded(ImageOps.exif_transpose(image), most)


def opened(content: bytes) -> Image.Image:
    """The picture in ``content``, not unpacked yet. Raises ``UnreadableDocument``."""
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise UnreadableDocument("damaged") from None


def encoded(image: Image.Image, most: int = WIDEST) -> bytes:
    """A picture as a JPEG on white paper."""
    image.thumbnail((most, most))
    if image.mode != "RGB":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        image = paper.convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _measured(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableDocument("large")


class Frames:
    """A picture, or those of a scan of several pages."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with opened(content) as image:
            _measured(image)
            self.many = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1

    def __len__(self) -> int:
        return self.many

    def show(self, index: int) -> dict[str, Any]:
        """The picture alone: who cannot see it has its name."""
        return {"picture": small(self.content, index)}

    def text(self, index: int) -> str:
        """None: no character is recognised."""
        return ""


pages = Frames
