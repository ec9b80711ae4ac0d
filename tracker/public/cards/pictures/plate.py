"""What every picture says of itself:
what it shows, as of when, from which edition, and where it is to be had.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from tracker.public.cards.pictures.svg import rect, text
from tracker.public.cards.pictures.text import escaped, folded, lines
from tracker.values import days

BOLD = 1.07  # how much wider bold letters are than others
ANY_FONT = 1.1  # how much wider letters of whatever font a browser has are, at most
ANY_BOLD = 1.2  # and bold ones
FOOT = 18  # the height of a line below a picture
FAINT = {
    "nothing",
    "question",
    "silent",
    "no_evidence",
    "possible",
    "stale",
    "ended",
    "settled",
    "forecast",
    "contested",
}
LOOKS = {"possible": "possible", "stale": "then", "ended": "then", "settled": "then"}
WHITE = ' fill="#fff"'  # without the style sheet a picture would be black on black
TEXTURES = (
    '<defs><linearGradient id="KIND-shade"><stop offset="0" stop-color="#fff" '
    'stop-opacity=".75"/><stop offset="1" stop-color="#fff" '
    'stop-opacity=".1"/></linearGradient><linearGradient id="KIND-dawn"><stop offset=".08" '
    'stop-color="#fff" stop-opacity="0"/><stop offset=".25" '
    'stop-color="#fff"/></linearGradient><mask id="KIND-open" '
    'maskContentUnits="objectBoundingBox"><path d="M-.1-.5h1.2v2h-1.2z" '
    'fill="url(#KIND-dawn)"/></mask><mask id="KIND-fade" '
    'maskContentUnits="objectBoundingBox"><rect width="1" height="1" '
    'fill="url(#KIND-shade)"/></mask><pattern id="KIND-hatch" width="7" height="7" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" '
    'width="2.5" height="7"/></pattern><pattern id="KIND-ribs" width="5" height="5" '
    'patternUnits="userSpaceOnUse"><rect class="hatch" width="2" '
    'height="5"/></pattern><pattern id="KIND-dots" width="7" height="7" '
    'patternUnits="userSpaceOnUse"><circle class="dots" cx="3" cy="3" '
    'r="1"/></pattern></defs>\n'
)
STYLE = Path(__file__).parents[2] / "static/tracker/pictures.css"


class Plate(Struct, frozen=True):
    """`title` says what the picture is of, `finding` what is seen in it ("" for nothing),
    `on` the day in the world.

    `publication` is the name of what it is taken from, `edition` and `published` are those of the
    edition that is shown, `sources` how many it rests on (0: that isn't told), `licence` the name
    of the data's, and `address` where the picture's page is, for ever.
    """

    title: str
    finding: str
    on: date
    publication: str
    edition: int
    published: date
    sources: int
    licence: str
    address: str

    def heads(self, width: int, shows: str) -> list[tuple[list[str], str, int]]:
        """Return the lines above a picture of this width, with class and height:
        the finding stands out.

        `shows` is what is drawn, in words; without a finding it is the title that stands out.
        """
        room = width - 32
        kicker = [(lines(self.title, room, 14 * ANY_BOLD, 2), "of", 20)] if self.finding else []
        title = lines(self.finding or self.title, room, 20 * ANY_BOLD, 5)
        return [*kicker, (title, "title", 26), (lines(shows, room, 14 * ANY_FONT, 2), "shows", 20)]

    def height(self, width: int, shows: str) -> int:
        """Return how high these lines are."""
        return sum(len(several) * height for several, _, height in self.heads(width, shows))

    def feet(self, width: int) -> list[str]:
        """Return the lines below a picture of this width."""
        room, size = width - 32, 13 * ANY_FONT
        path, mark, query = self.address.partition("?")
        address = folded(self.address, room, size)
        if len(address) > 1:
            address = [*folded(path, room, size), *folded(mark + query, room, size)]
        return [*lines(f"{self.publication}. {self} · {self.licence}", room, size, 4), *address]

    def __str__(self) -> str:
        """Return what is told below a picture, in one line."""
        many = f" · {self.sources} source{'' if self.sources == 1 else 's'}" if self.sources else ""
        return (
            f"As of {days.day(self.on)} · edition {self.edition} of "
            f"{days.day(self.published)}{many}"
        )


class Mark(Struct, frozen=True):
    """One thing in a picture, in words:
    in which lane it is, what it says, when, and where its page is.
    """

    lane: str
    text: str
    when: str
    href: str


class Picture(Struct, frozen=True):
    """`inline` is the SVG for a page that links `pictures.css`,
    `marks` the same as a table would have it.
    """

    inline: SafeString
    marks: list[Mark]

    @property
    def rows(self) -> SafeString:
        """Return the marks as rows of a table: of what, when, and what, which leads to its page."""
        return mark_safe("\n".join(  # noqa: S308 (its texts are escaped)
            f'<tr><th scope="row"><bdi>{escaped(mark.lane)}</bdi></th><td>{escaped(mark.when)}</td>'
            f'<td><a href="{escaped(mark.href)}"><bdi>{escaped(mark.text)}</bdi></a></td></tr>'
            for mark in self.marks
        ))  # fmt: skip

    @property
    def alone(self) -> bytes:
        """Return the picture as a file of its own, which brings its style along:
        a header has to allow `style()`.
        """
        head, end, rest = self.inline.partition(">")
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{end}<style>{style()}</style>{rest}'
        ).encode()


@cache
def style() -> str:
    """Return the style of pictures, which is in each that stands alone;
    it has no character that XML would escape.
    """
    return STYLE.read_text(encoding="utf-8")


def is_filled(classes: str) -> bool:
    """Tell whether what has these classes is drawn in one full colour,
    on which words need no rim to be read.
    """
    return not FAINT.intersection(re.split("[ -]", classes))


def drawn_as(classes: Collection[str]) -> str:
    """Return as what a chip with these classes is drawn:
    possible, no longer so (then), or solid.
    """
    return next((drawn for name, drawn in LOOKS.items() if name in classes), "solid")


def draw(
    kind: str, plate: Plate, width: int, height: int, drawing: Iterable[str], marks: list[Mark]
) -> Picture:
    """Return a picture of pieces of SVG on paper of this size,
    with what it says of itself for those who can't see.
    """
    about, pieces = (
        f"{plate.finding} {plate}. {plate.licence}. {plate.address}".strip(),
        "".join(drawing),
    )
    textures = TEXTURES.replace("KIND", kind) if f"url(#{kind}-" in pieces else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} '
        f'{height}" width="{width}" '
        f'height="{height}" role="{"group" if marks else "img"}" '
        f'aria-labelledby="{kind}-title {kind}-about">'
        f'<title id="{kind}-title">{escaped(plate.title)}</title><desc '
        f'id="{kind}-about">{escaped(about)}</desc>\n'
        f"{textures}{rect(0, 0, width, height, 'paper', WHITE)}{pieces}</svg>"
    )
    return Picture(mark_safe(svg), marks)  # noqa: S308 (its texts are escaped piece by piece)


def headed(plate: Plate, width: int, shows: str, end: int) -> str:
    """Return what a plate says at the top, and below `end`."""
    y, head = 8, ""
    for several, classes, height in plate.heads(width, shows):
        head += text(16, y + height, several, classes, height)
        y += height * len(several)
    return head + text(16, end, plate.feet(width), "about", FOOT)
