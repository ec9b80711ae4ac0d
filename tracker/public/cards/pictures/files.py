"""The pictures of a page as files: what it shows as SVG and PNG, and a card to be passed on."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from tracker.public.cards.chips import Chip
from tracker.public.cards.pictures.plate import BOLD, Picture, Plate, draw, drawn_as, is_filled, style
from tracker.public.cards.pictures.png import is_available, png
from tracker.public.cards.pictures.svg import box, group, path, rect, text
from tracker.public.cards.pictures.text import fitted, lines, width

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
SIZES = ((54, 4), (44, 5), (36, 6), (30, 8))  # of letters, and how many lines of them have room


def share(plate: Plate, chip: Chip | None = None) -> Picture:
    """Draw a card of 1200 by 630 with the plate's finding, in letters as large as it allows, below its title."""
    room = WIDTH - 2 * MARGIN
    finding = plate.finding or plate.title
    size, most = next(
        ((size, most) for size, most in SIZES if len(lines(finding, room, size * BOLD, most + 1)) <= most), SIZES[-1]
    )
    drawing = (
        path(f"M0 0h{WIDTH}v14H0z", "accent"),
        text(MARGIN, 96, fitted(plate.title, room, 26 * BOLD) if plate.finding else "", "kicker"),
        _chip(chip, room) if chip else "",
        text(
            MARGIN,
            240,
            lines(finding, room, size * BOLD, most),
            "finding",
            round(size * 1.25),
            also=f' font-size="{size}"',
        ),
        path(f"M{MARGIN} 516h{room}", "grid"),
        text(MARGIN, 550, fitted(plate.publication, room, 24 * BOLD), "origin strong"),
        text(MARGIN, 580, fitted(f"{plate} · {plate.licence}", room, 24), "origin"),
        text(MARGIN, 610, fitted(plate.address, room, 24), "origin"),
    )
    return draw("share", plate, WIDTH, HEIGHT, drawing, [])


def _chip(chip: Chip, room: float) -> str:
    words = fitted(str(chip), room - 40, 26)
    wide, has = round(width(words, 26)) + 32, set(chip.classes.split())
    pieces = (
        rect(MARGIN, 124, wide, 46, drawn_as(has), ' rx="6"'),
        box(MARGIN, 124, wide, 46, "share-hatch") if "contested" in has else "",
        box(MARGIN, 124, wide, 46, "share-ribs") if "forecast" in has else "",
        path(f"M{MARGIN} 166h{wide}", "reserve") if "hedged" in has else "",
        text(MARGIN + 16, 156, words, "chip-words words on-solid" if is_filled(chip.classes) else "chip-words words"),
    )
    return group(pieces, classes=chip.classes)


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
