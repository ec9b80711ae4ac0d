"""The pictures of a page as files: what it shows as SVG and PNG, and a card to be passed on."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse

from tracker.cards.chips import Chip
from tracker.cards.pictures.plate import Picture, Plate, style
from tracker.cards.pictures.png import is_available, png
from tracker.cards.pictures.share import share
from tracker.formats.releases.citation import spdx
from tracker.site.dates import Dates

SUFFIXES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png", "card": "image/png"}
# A picture that stands alone brings its style along; nothing else is let in.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
Draw = Callable[[Plate], Picture]


def plate(title: str, finding: str, dates: Dates, sources: int, address: str) -> Plate:
    """Return what a picture says of itself; `address` is that of its frozen page."""
    licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
    published = dates.published_at.date() if dates.published_at else dates.on
    return Plate(title, finding, dates.on, dates.edition, published, sources, licence, address)


def answer(suffix: str, drawn: Plate, draw: Draw | None, chip: Chip | None) -> HttpResponse | None:
    """Return a picture as a file, None if there is none: `card` is passed on, the others are what a page shows."""
    if suffix != "svg" and not is_available():
        return None
    if suffix == "card":
        content = png(share(drawn, chip))
    elif draw is None:
        return None
    else:
        picture = draw(drawn)
        content = picture.alone if suffix == "svg" else png(picture, 2)
    return HttpResponse(content, content_type=SUFFIXES[suffix], headers={"Content-Security-Policy": POLICY})
