"""The pictures of a page as files: what it shows as SVG and PNG, and a card to be passed on."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from tracker.public.cards.chips import Chip
from tracker.public.cards.pictures.plate import Picture, Plate, style
from tracker.public.cards.pictures.png import is_available, png
from tracker.public.cards.pictures.share import share

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
SUFFIXES = {"svg": SVG, "narrow": SVG, "png": PNG, "card": PNG}
# A picture that stands alone brings its style along; nothing else is let in.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
Draw = Callable[[Plate], Picture]


def picture_file(
    suffix: str, drawn: Plate, draw: Draw | None, chip: Chip | None, run: Callable[..., bytes]
) -> bytes | None:
    """Return a picture as a file, None if there is none: `card` is passed on, the others are what a page shows.

    `run` calls a function that takes long and holds Python's lock.
    """
    is_svg = SUFFIXES[suffix] == SVG
    if not is_svg and not is_available():
        return None
    if suffix == "card":
        return run(png, share(drawn, chip))
    if draw is None:
        return None
    picture = draw(drawn)
    return picture.alone if is_svg else run(png, picture, 2)
