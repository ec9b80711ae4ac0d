"""A share card: one sentence to be passed on, with what it is of, as of when, and where it is from."""

from tracker.cards.chips import Chip
from tracker.cards.pictures.plate import Picture, Plate, draw, is_filled
from tracker.cards.pictures.text import fitted, lines, width

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
BOLD = 1.07  # how much wider bold letters are
SIZES = ((54, 4), (44, 5), (36, 6), (30, 8))  # of letters, and how many lines of them have room


def share(plate: Plate, chip: Chip | None = None) -> Picture:
    """Draw a card of 1200 by 630 with the plate's finding, in letters as large as it allows, below its title."""
    room = WIDTH - 2 * MARGIN
    said = plate.finding or plate.title
    size, most = next(
        ((size, most) for size, most in SIZES if len(lines(said, room, size * BOLD, most + 1)) <= most), SIZES[-1]
    )
    words = fitted(str(chip), room - 40, 26) if chip else ""
    return draw(
        "share",
        plate,
        WIDTH,
        HEIGHT,
        [],
        kicker=fitted(plate.title if plate.finding else "", room, 26),
        size=size,
        leading=round(size * 1.25),
        said=lines(said, room, size * BOLD, most),
        chip=chip,
        place="on-solid" if chip and is_filled(chip.classes) else "",
        words=words,
        chip_width=round(width(words, 26)) + 32,
        from_whom=fitted(plate.address, room, 24),
        as_of=fitted(f"{plate} · {plate.licence}", room, 24),
    )
