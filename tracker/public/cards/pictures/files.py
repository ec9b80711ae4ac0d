"""The pictures of a page as files: what it shows as SVG and PNG, and a card to be passed on.

PNG is made through resvg where it is installed, in the fonts that are shipped; the same bytes
everywhere. These have Latin, Greek and Cyrillic letters, and the Chinese characters of GB 2312,
which pages fetch too. Words in others would be boxes, so an ellipsis stands for them: all scripts
would take twenty times what the tracker weighs, and a browser shows them in the SVG.
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from tracker.public.cards.chips import Chip
from tracker.public.cards.pictures.plate import (
    BOLD,
    Picture,
    Plate,
    draw,
    drawn_as,
    is_filled,
    style,
)
from tracker.public.cards.pictures.svg import box, group, path, rect, text
from tracker.public.cards.pictures.text import fitted, lines, width

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
SIZES = ((54, 4), (44, 5), (36, 6), (30, 8))  # of letters, and how many lines of them have room
PUBLIC = Path(__file__).parents[2]
FONTS = sorted(str(path) for path in (PUBLIC / "cards/fonts").glob("*.otf"))
CHINESE_FONTS = sorted(str(path) for path in (PUBLIC / "static/tracker/fonts").glob("*.otf"))
# GB 2312's rows of characters, 16 to 87, and the signs that go with them;
# five codes of row 55 are free.
CHINESE = "\u3001-\u3011\u3014-\u301b\uff01-\uff5e" + "".join(
    bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore")
    for row in range(16, 88)
    for cell in range(1, 95)
)
KNOWN = (
    r"\n\x20-\x7e\xa0-\xac\xae-\u0148\u014a-\u01c3\u01c5-\u024f\u02b0-\u02ff\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u0479"
    r"\u048a-\u049d\u04a0-\u04ff\u1e00-\u1e9b\u1e9d-\u1eff\u2010-\u2027\u202f-\u2055\u20ac\u2116\u2122\u2190-\u2193\u2212"
    f"{CHINESE}"
)
IS_CHINESE = re.compile(f"[{CHINESE}]")
FOREIGN = re.compile(f"[^{KNOWN}](?:[^{KNOWN}]|[ .,;:()-](?=[^{KNOWN}]))*")


def share(plate: Plate, chip: Chip | None = None) -> Picture:
    """Draw a card of 1200 by 630 with the plate's finding, in letters as large as it allows,
    below its title.
    """
    room = WIDTH - 2 * MARGIN
    finding = plate.finding or plate.title
    size, most = next(
        (
            (size, most)
            for size, most in SIZES
            if len(lines(finding, room, size * BOLD, most + 1)) <= most
        ),
        SIZES[-1],
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
    # its notes stand in the finding
    words = fitted(f"{chip.sign} {chip.word}".strip(), room - 40, 26)
    wide, has = round(width(words, 26)) + 32, set(chip.classes.split())
    pieces = (
        rect(MARGIN, 124, wide, 46, drawn_as(has), ' rx="6"'),
        box(MARGIN, 124, wide, 46, "share-hatch") if "contested" in has else "",
        box(MARGIN, 124, wide, 46, "share-ribs") if "forecast" in has else "",
        path(f"M{MARGIN} 166h{wide}", "reserve") if "hedged" in has else "",
        text(
            MARGIN + 16,
            156,
            words,
            "chip-words words on-solid" if is_filled(chip.classes) else "chip-words words",
        ),
    )
    return group(pieces, classes=chip.classes)


SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
SUFFIXES = {"svg": SVG, "narrow": SVG, "png": PNG, "card": PNG}
# A picture that stands alone brings its style along; nothing else is let in.
POLICY = (
    f"default-src 'none'; style-src "
    f"'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
Draw = Callable[[Plate], Picture]


def picture_file(
    suffix: str, drawn: Plate, draw: Draw | None, chip: Chip | None, run: Callable[..., bytes]
) -> bytes | None:
    """Return a picture as a file, None if there is none:
    `card` is passed on, the others are what a page shows.

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


@cache
def is_available() -> bool:
    """Tell whether pictures can be had as PNG here."""
    return find_spec("resvg_py") is not None


def png(picture: Picture, zoom: int = 1) -> bytes:
    """Return a picture as PNG, `zoom` times as large as it is drawn."""
    from resvg_py import svg_to_bytes

    drawing = without_foreign(picture.alone.decode().partition("\n")[2])
    return svg_to_bytes(
        svg_string=drawing,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=[*FONTS, *CHINESE_FONTS] if IS_CHINESE.search(drawing) else FONTS,
        font_family="Inter",
        sans_serif_family="Inter",
    )


def without_foreign(text: str) -> str:
    """Return a text with an ellipsis for each run of letters that the fonts don't have,
    and no marks without any.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (
        c
        for c in composed
        if unicodedata.category(c) not in ("Mn", "Me", "Cf") or "\u0300" <= c <= "\u0304"
    )
    return FOREIGN.sub("…", "".join(kept))
