"""What every picture says of itself: what it shows, as of when, from which edition, and where it is to be had."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tracker.cards import days
from tracker.cards.pictures.text import fitted, lines, without_controls

FAINT = {"nothing", "silent", "no_evidence", "stale", "forecast", "contested"}
STYLE = Path(__file__).parents[2] / "static/tracker/pictures.css"


@dataclass(frozen=True, slots=True)
class Plate:
    """`title` says what the picture is of, `finding` what is seen in it ("" for nothing), `on` the day in the world.

    `edition` and `published` are those of the edition that is shown, `sources` how many it rests on, `licence` the name
    of the data's, and `address` where the picture's page is, for ever.
    """

    title: str
    finding: str
    on: date
    edition: int
    published: date
    sources: int
    licence: str
    address: str

    def titles(self, width: int) -> list[str]:
        """Return the lines of the title in a picture of this width."""
        return lines(self.title, width - 32, 23.5, 2)

    def findings(self, width: int) -> list[str]:
        """Return the lines of the finding."""
        return lines(self.finding, width - 32, 15, 3)

    def height(self, width: int) -> int:
        """Return how high both are."""
        return 28 * len(self.titles(width)) + 20 * len(self.findings(width))

    def __str__(self) -> str:
        """Return what is told below a picture, in one line."""
        many = f"{self.sources} source{'' if self.sources == 1 else 's'}"
        return f"As of {days.day(self.on)} · edition {self.edition} of {days.day(self.published)} · {many}"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in a picture, in words: in which lane it is, what it says, when, and where its page is."""

    lane: str
    text: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`inline` is the SVG for a page that links `pictures.css`, `marks` the same as a table would have it."""

    inline: SafeString
    marks: list[Mark]

    @property
    def alone(self) -> bytes:
        """Return the picture as a file of its own, which brings its style along: a header has to allow `style()`."""
        head, end, rest = self.inline.partition(">")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{end}<style>{style()}</style>{rest}'.encode()


def style() -> str:
    """Return the style of pictures, which is in each that stands alone; it has no character that XML would escape."""
    return STYLE.read_text(encoding="utf-8")


def is_filled(classes: str) -> bool:
    """Tell whether what has these classes is drawn in one full colour, on which words need no rim to be read."""
    return not FAINT.intersection(re.split("[ -]", classes))


def draw(template: str, plate: Plate, width: int, height: int, marks: list[Mark], **drawn: Any) -> Picture:
    """Return a picture from a template, which gets `drawn` beside the plate's texts, cut to the picture's width."""
    room = width - 32
    texts = {
        "titles": plate.titles(width),
        "findings": plate.findings(width),
        "about": fitted(str(plate), room, 13),
        "origin": fitted(f"{plate.licence} · {plate.address}", room, 13),
    }
    svg = render_to_string(
        f"cards/pictures/{template}.svg",
        {**drawn, **texts, "kind": template, "plate": plate, "width": width, "height": height},
    )
    return Picture(mark_safe(without_controls(svg).strip()), marks)  # noqa: S308 (a template made it, which escapes)
