"""Pictures as PNG, through resvg where it is installed, in the fonts that are shipped; the same bytes everywhere."""

from importlib.util import find_spec
from pathlib import Path

from tracker.cards.pictures.plate import Picture

FONTS = sorted(str(path) for path in (Path(__file__).parents[1] / "fonts").glob("*.otf"))


def is_available() -> bool:
    """Tell whether pictures can be had as PNG here."""
    return find_spec("resvg_py") is not None


def png(picture: Picture, zoom: int = 1) -> bytes:
    """Return a picture as PNG, `zoom` times as large as it is drawn."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(
        svg_string=picture.alone.decode().partition("\n")[2],
        zoom=zoom,
        skip_system_fonts=True,
        font_files=FONTS,
        font_family="Inter",
        sans_serif_family="Inter",
    )
