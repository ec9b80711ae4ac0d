"""Pictures as PNG, through resvg where it is installed, in the fonts that are shipped; the same bytes everywhere.

The fonts have Latin, Greek and Cyrillic letters. Words in others would be boxes, so an ellipsis stands for them: all
scripts would take twenty times what the tracker weighs, and a browser shows them in the SVG.
"""

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tracker.public.cards.pictures.plate import Picture

FONTS = sorted(str(path) for path in (Path(__file__).parents[1] / "fonts").glob("*.otf"))
KNOWN = (
    r"\n\x20-\x7e\xa0-\xac\xae-\u0148\u014a-\u01c3\u01c5-\u024f\u02b0-\u02ff\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u0479"
    r"\u048a-\u049d\u04a0-\u04ff\u1e00-\u1e9b\u1e9d-\u1eff\u2010-\u2027\u202f-\u2055\u20ac\u2116\u2122\u2190-\u2193\u2212"
)
FOREIGN = re.compile(f"[^{KNOWN}](?:[^{KNOWN}]|[ .,;:()-](?=[^{KNOWN}]))*")


@cache
def is_available() -> bool:
    """Tell whether pictures can be had as PNG here."""
    return find_spec("resvg_py") is not None


def png(picture: Picture, zoom: int = 1) -> bytes:
    """Return a picture as PNG, `zoom` times as large as it is drawn."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(
        svg_string=without_foreign(picture.alone.decode().partition("\n")[2]),
        zoom=zoom,
        skip_system_fonts=True,
        font_files=FONTS,
        font_family="Inter",
        sans_serif_family="Inter",
    )


def without_foreign(text: str) -> str:
    """Return a text with an ellipsis for each run of letters that the fonts don't have, and no marks without any."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if unicodedata.category(c) not in ("Mn", "Me", "Cf") or "\u0300" <= c <= "\u0304")
    return FOREIGN.sub("…", "".join(kept))
