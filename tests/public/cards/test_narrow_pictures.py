"""Pictures for a telephone: their words stay on the paper."""

from tests.public.cards import pictures
from tests.public.cards.documents import actor
from tests.public.cards.test_pictures import SVG, parsed
from tracker.public.cards.pictures.text import width
from tracker.public.cards.pictures.timeline import MOST_LANES, NARROW


def test_what_a_timeline_leaves_out_stands_in_lines_that_fit() -> None:
    claims = [
        (
            noun,
            {**body, "actor": actor(f"Actor {number:02}"), "since": None, "until": None}
            if number % 2
            else body,
        )
        for number in range(2 * MOST_LANES + 20)
        for noun, body in pictures.claims(1, actors=[f"Actor {number:02}"], since="2018")[1:]
    ]
    picture = pictures.a_timeline(claims, met=0, shape=NARROW)

    (more,) = [
        text for text in parsed(picture).iter(f"{SVG}text") if text.attrib["class"] == "more"
    ]
    lines = [str(line.text) for line in more]
    assert " ".join(lines) == (
        f"and {MOST_LANES + 20} more, {MOST_LANES + 10} of them without a known beginning or end"
    )
    assert len(lines) == 2
    assert all(width(line, 13) <= NARROW.width - 32 for line in lines)
