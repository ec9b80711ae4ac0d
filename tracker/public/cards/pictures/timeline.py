"""A timeline: a lane for each actor or issue, what is claimed of it over time,
and how well that is known.

A claim is solid where it was certainly so, outlined by dashes where only possibly, and fades within
a year after it was last confirmed, with a dotted line from there on; one that began on an unknown
day comes out of nothing, with an arrow. One that is contested is hatched, a forecast has upright
stripes, and one held with reserve has a line in it. Lanes that have no date at all come last, and
few of them are drawn: they say nothing of time.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import attrgetter, itemgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tracker.public.cards.age import Age, age, confirmed_on, ends_of, settled_before
from tracker.public.cards.chips import SIGNS, settled_on, weakened, word
from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import whose
from tracker.public.cards.pictures.axis import Axis, days_later
from tracker.public.cards.pictures.lanes import Labels, Lane, labels_of
from tracker.public.cards.pictures.plate import FOOT, Mark, Picture, Plate, draw, headed, is_filled
from tracker.public.cards.pictures.svg import LEADING, box, group, link, path, rect, text
from tracker.public.cards.pictures.text import lines, width, worded
from tracker.public.cards.record_sentences import status_label
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.periods import EMPTY, certain
from tracker.values.vocabularies import DIRECTED, Pattern, Position, Standing, VoteOutcome

BAR, ROW, LANE = 20, 25, 12  # heights: of a bar, of its row, between lanes
DOT = 6
LINES = (Noun.ACT, Noun.MEETING, Noun.VOTE)  # above the lanes, in this order
# of a dot; all else is past
STATES = {"planned": "ahead", "expected": "ahead", "cancelled": "cancelled"}
LETTERS = 12  # the size of letters in bars and beside lanes
# in all; a lane has its share, and at least LEAST rows
MOST_LANES, MOST_ROWS, MOST_BARS = 40, 120, 400
LEAST = 3
# lanes of which no claim has a beginning or an end are drawn until there are so many lanes
UNDATED = 8
FADED, OPEN = ' mask="url(#timeline-fade)"', ' mask="url(#timeline-open)"'
FROM = "M{:g} 10l8 -5v10z"  # an arrow to the left
MARGIN = timedelta(days=20)


class Shape(Struct, frozen=True):
    """How wide a timeline is, from where to where its axis goes,
    and how high names stand above lanes (0: beside).
    """

    width: int
    left: int
    right: int
    above: int


WIDE, NARROW = Shape(960, 214, 944, 0), Shape(390, 16, 374, 20)


class EditionMark(Struct, frozen=True):
    """An edition that changed something of what is shown."""

    number: int
    published: date
    href: str


class Span(NamedTuple):
    """A stretch of the axis."""

    x: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


class Bar(Struct, frozen=True):
    """A claim in its lane: on which days possible, certain, no longer confirmed (then a tail),
    and when last confirmed.

    `words` are what it could say, the most telling first;
    `text` is what there is room for, at `text_x`.
    """

    whole: Span
    outline: Span
    solid: Span | None
    faded: Span | None
    tail: Span | None
    confirmed: float | None
    classes: str
    words: tuple[str, ...]
    mark: Mark
    is_open: bool = False
    y: int = 0
    text: str = ""
    text_x: float = 0
    place: str = ""

    def at(self, y: int, start: float, end: float) -> "Bar":
        """Return it in a row that is free from `start` to `end`,
        with the most words that have room.
        """
        for words in self.words:
            needed = width(words, LETTERS) + 8 + 9 * self.is_open
            inside = self.solid or self.outline
            if needed <= inside.width:
                x = inside.x + (14 if self.is_open and inside.x == self.whole.x else 5)
                return self._labelled(
                    y, words, x, "on-solid" if self.solid and is_filled(self.classes) else ""
                )
            if needed <= self.whole.x - start:
                return self._labelled(y, words, self.whole.x - 5, "before")
            if needed <= end - self.whole.end:
                return self._labelled(y, words, self.whole.end + 5)
            if self.tail and needed <= self.tail.width:
                return self._labelled(y, words, self.tail.x + 5)
            if self.faded and needed <= self.faded.width:
                return self._labelled(y, words, self.faded.x + 5)
            if needed <= self.whole.width:
                return self._labelled(y, words, self.whole.x + 5)
        return self._labelled(y, "", self.whole.x)

    @property
    def text_end(self) -> float:
        """Return where words end that begin at their place."""
        return self.text_x + width(self.text, LETTERS)

    def _labelled(self, y: int, words: str, x: float, place: str = "") -> "Bar":
        return replace(self, y=y, text=words, text_x=round(x, 1), place=place)


class Drawn(Struct, frozen=True):
    """A lane as it is drawn: its name, cut to fit, its bars, and how many claims found no place."""

    name: list[str]
    href: str
    full: str
    y: int
    height: int
    bars: list[Bar]
    more: int


class Dot(Struct, frozen=True):
    """An act, a meeting or a vote, or several that are too close to tell apart."""

    x: float
    classes: str
    text: str
    href: str
    count: int


def timeline(
    plate: Plate,
    lanes: Sequence[Lane],
    happened: Sequence[tuple[Noun, Body]],
    editions: Sequence[EditionMark],
    context: Context,
    shape: Shape = WIDE,
) -> Picture:
    """Draw a timeline of lanes, with what happened above and editions below;
    of too many, how many more there are.
    """
    axis = _axis([body for lane in lanes for _, body in lane.claims], happened, context.on, shape)
    labels = labels_of(lanes)
    shows = _shows(lanes)
    y = top = 56 + plate.height(shape.width, shows)
    above: list[str] = []
    for noun in LINES:
        if dots := _dots(noun, [body for of, body in happened if of is noun], axis, context):
            above.append(text(16, y + DOT + 4, noun.plural.capitalize(), "name"))
            above += [_dot_drawn(dot, y + shape.above + DOT) for dot in dots]
            y += 28 + shape.above
    drawn: list[Drawn] = []
    dated, undated = (
        [lane for lane in lanes if lane.is_dated],
        [lane for lane in lanes if not lane.is_dated],
    )
    shown = [*dated[:MOST_LANES], *undated[: max(0, UNDATED - len(dated))]]
    shares = len(shown) or 1
    for lane in shown:
        drawn.append(_drawn(lane, axis, context, y, shares, labels, shape))
        y += drawn[-1].height + LANE
    below: list[str] = []
    if more := len(lanes) - len(shown):
        timeless = len([lane for lane in undated if lane not in shown])
        of_them = f", {timeless} of them" if timeless < more else ","
        without = f"{of_them} without a known beginning or end" if timeless else ""
        words = lines(f"and {more} more{without}", shape.width - 32, LETTERS + 1, 2)
        below.append(text(16, y + 8, words, "more"))
        y += 24 + LEADING * (len(words) - 1)
    ticks = {
        axis.x(each.published): each
        for each in editions
        if axis.first <= each.published <= axis.last
    }
    if ticks:
        below.append(text(16, y + 12, "Editions that changed it", "name"))
        y += shape.above
        below += [
            link(
                edition.href,
                f"Edition {edition.number}, {days.day(edition.published)}",
                rect(x - 6, y, 12, 14, "hit") + path(f"M{x:g} {y}v14", "edition"),
            )
            for x, edition in ticks.items()
        ]
        y += 26
    on = axis.x(context.on)
    key, keys = _key(drawn, y + 26, shape.width)
    end = y + 36 + 26 * keys
    drawing = (
        headed(plate, shape.width, shows, end),
        *(
            path(f"M{x:g} {top - 8}V{y}", "grid")
            + text(min(max(x, 36), shape.width - 36), top - 14, word, "tick")
            for x, word in axis.ticks()
        ),
        *above,
        *map(_lane_drawn, drawn),
        *below,
        path(f"M{on:g} {top - 8}V{y}", "on"),
        text(
            on, y + 14, days.day(context.on), "today before" if on > shape.right - 60 else "today"
        ),
        *key,
    )
    marks = [bar.mark for each in drawn for bar in each.bars] + [
        Mark(noun.plural.capitalize(), f"{_called(body)} ({_outcome(noun, body)})",
             days.span(*_from_to(body)), context.address(noun, body["id"]))
        for noun, body in happened
    ]  # fmt: skip
    marks += [
        Mark(
            "Editions that changed it",
            f"Edition {each.number}",
            days.day(each.published),
            each.href,
        )
        for each in ticks.values()
    ]
    return draw(
        "timeline", plate, shape.width, end + FOOT * len(plate.feet(shape.width)), drawing, marks
    )


def _shows(lanes: Sequence[Lane]) -> str:
    """Return what is drawn, in words."""
    nouns = {noun for lane in lanes for noun, _ in lane.claims}
    return {
        frozenset({Noun.STANCE}): "Positions over time",
        frozenset({Noun.ALIGNMENT}): "How pairs relate over time",
    }.get(frozenset(nouns), "Positions, and how pairs relate, over time")


def _lane_drawn(lane: Drawn) -> str:
    name = link(lane.href, lane.full, text(16, 14, lane.name, "name"))
    more = text(16, lane.height - 10, f"and {lane.more} more", "more") if lane.more else ""
    return group((name, *map(_bar_drawn, lane.bars), more), y=lane.y, classes="lane")


def _bar_drawn(bar: Bar) -> str:
    x, wide = bar.whole
    return link(
        bar.mark.href,
        f"{bar.mark.text}, {bar.mark.when}",
        group(
            (
                rect(x, 0, wide, BAR, "hit"),
                rect(x, 0.5, bar.outline.width, BAR - 1, "possible", OPEN if bar.is_open else "")
                if bar.outline.width
                else "",
                rect(*_flat(bar.faded), "tint", FADED) if bar.faded and bar.faded.width else "",
                path(f"M{bar.tail.x:g} {BAR / 2:g}h{bar.tail.width:g}", "tail")
                if bar.tail and bar.tail.width
                else "",
                rect(*_flat(bar.solid), "solid") if bar.solid else "",
                path(f"M{bar.confirmed:g} -2v24", "confirmed") if bar.confirmed else "",
                box(x, 0, wide, BAR, "timeline-hatch") if "contested" in bar.classes else "",
                box(x, 0, wide, BAR, "timeline-ribs") if "forecast" in bar.classes else "",
                path(FROM.format(x), "from") if bar.is_open else "",
                path(f"M{x:g} 17h{wide:g}", "reserve") if "hedged" in bar.classes else "",
                text(bar.text_x, 14.5, bar.text, f"words {bar.place}".strip()) if bar.text else "",
            ),
            y=bar.y,
        ),
        f"bar {bar.classes}",
    )


def _flat(span: Span) -> tuple[float, float, float, float]:
    return span.x, 0, span.width, BAR


def _dot_drawn(dot: Dot, y: int) -> str:
    r = 8 if dot.count > 1 else 5
    count = text(dot.x, y + 4, str(dot.count), f"count {dot.classes}") if dot.count > 1 else ""
    circle = f'<circle class="dot {dot.classes}" cx="{dot.x:g}" cy="{y}" r="{r}"/>'
    return link(dot.href, dot.text, circle + count)


def _axis(
    claims: Sequence[Body], happened: Sequence[tuple[Noun, Body]], on: date, shape: Shape
) -> Axis:
    """Return the axis on which all of it has a place;
    what begins on an unknown day comes from its left end.
    """
    ends = (
        end for body in (*claims, *(body for _, body in happened)) for end in _from_to(body) if end
    )
    known = [on.isoformat(), *(day for end in ends for day in (end["earliest"], end["latest"]))]
    known += [body["confirmed_on"] for body in claims if body["confirmed_on"]]
    first, last = date.fromisoformat(min(known)), date.fromisoformat(max(known))
    margin = max(MARGIN, (last - first) / 25)
    return Axis(
        first - min(margin, first - date.min),
        last + min(margin / 2, date.max - last),
        shape.left,
        shape.right,
    )


def _drawn(
    lane: Lane, axis: Axis, context: Context, y: int, shares: int, labels: Labels, shape: Shape
) -> Drawn:
    """Return a lane with its bars in as few rows as they need;
    what overlaps is in rows below each other.
    """
    claims = sorted(lane.claims, key=lambda claim: (claim[0] is Noun.ALIGNMENT, whose(claim[1])))
    bars = sorted(
        (_bar(lane, *claim, axis, context, labels) for claim in claims), key=attrgetter("whole")
    )
    rows: list[list[Bar]] = []
    for bar in bars[-MOST_BARS // shares :]:
        row = next((row for row in rows if row[-1].whole.end < bar.whole.x), None)
        if row is not None:
            row.append(bar)
        elif len(rows) < max(LEAST, MOST_ROWS // shares):
            rows.append([bar])
    placed = [
        bar
        for place, row in enumerate(rows)
        for bar in _written(row, shape.above + place * ROW, shape)
    ]
    more = len(bars) - len(placed)
    many = max(len(rows), 2 if more else 1)
    room = shape.width - 32 if shape.above else shape.left - 32
    name = lines(lane.name, room, LETTERS + 1, 1 if shape.above else max(many, 2) - bool(more))
    height = max(many * ROW, ROW + LEADING * (len(name) - 1))
    return Drawn(name, lane.href, lane.name, y, shape.above + height, placed, more)


def _written(row: Sequence[Bar], y: int, shape: Shape) -> Iterator[Bar]:
    """Yield the bars of a row with their words, which may be beside them where nothing else is."""
    start: float = shape.left
    for place, bar in enumerate(row):
        written = bar.at(y, start, row[place + 1].whole.x if row[place + 1 :] else shape.right)
        start = (
            written.whole.end
            if written.place == "before"
            else max(written.whole.end, written.text_end)
        )
        yield written


def _bar(lane: Lane, noun: Noun, body: Body, axis: Axis, context: Context, labels: Labels) -> Bar:
    ends, confirmed = ends_of(body), confirmed_on(body)
    term: Position | Pattern = (
        Position(body["position"]) if noun is Noun.STANCE else Pattern(body["pattern"])
    )
    left = axis.x(ends.since_earliest, missing=axis.left)
    is_ahead = ends.since_earliest is not None and ends.since_earliest > context.on
    settled = settled_before(body, context) if age(body, context) is Age.SETTLED else None
    over = min(filter(None, (ends.until_latest, settled and settled[1])), default=None)
    last = axis.after(over) if over else axis.right if is_ahead else axis.x(context.on)
    right = max(last, left + 3)
    checked = axis.after(confirmed) if confirmed else None
    surely = certain(ends, confirmed)
    solid = (
        None
        if surely == EMPTY
        else _span(axis.x(surely.first), min(axis.after(surely.last or date.max), right))
    )
    faded = tail = None
    if over is None and (fades := confirmed or ends.since_latest):
        begins = min(max(checked or axis.after(fades), left), right)
        faded = _span(
            begins, min(max(axis.x(days_later(fades, context.stale_after)), begins), right)
        )
        tail = _span(faded.end, right)
    sign = SIGNS.get(term, "")
    says = f"{sign} {word(term, is_forecast=bool(body['likelihood']))}".strip()
    named = f"{whose(body)}: {says}"
    if term in DIRECTED:  # its verb says nothing without its ends
        named, says = f"{body['actor']['name']} {says} {body['counterpart']['name']}", ""
    what = body["issue"]["name"] if labels.issues else ""
    classes = [f"{'position' if noun is Noun.STANCE else 'pattern'}-{term}"]
    classes += ["contested"] if body["standing"] == Standing.CONTESTED else []
    classes += ["hedged"] if body.get("hedged") else []
    classes += ["forecast"] if body["likelihood"] else []
    return Bar(
        _span(left, right),
        _span(left, faded.x if faded else right),
        solid,
        faded,
        tail,
        checked if checked and left <= checked <= right else None,
        " ".join(classes),
        worded(named if labels.actors or not says else says, says, sign, what, LETTERS),
        Mark(
            lane.name,
            f"{named} on "
            f"{body['issue']['name']}{_notes(body, confirmed, context if settled else None)}",
            days.period(body["since"], body["until"]),
            context.address(noun, body["id"]),
        ),
        is_open=ends.since_earliest is None,
    )


def _notes(body: Body, confirmed: date | None, settled: Context | None) -> str:
    """Return what a bar's textures say, in words;
    a sentence for each would take longer than all of the drawing.

    The context is that of a claim which ends where its question was settled.
    """
    checked = f"last confirmed on {days.day(confirmed)}" if confirmed else "never confirmed"
    return "".join(
        f", {note}" for note in (*weakened(body), settled_on(body, settled) if settled else checked)
    )


def _span(first: float, last: float) -> Span:
    return Span(first, round(max(last - first, 0), 1))


def _from_to(body: Body) -> tuple[Body | None, Body | None]:
    """Return the vague dates on which something began and ended; a vote is of one day."""
    return (body["held"], None) if "held" in body else (body["since"], body["until"])


def _called(body: Body) -> str:
    return ": ".join(filter(None, (body.get("symbol"), body["title"]))) or str(body["body"]["name"])


def _outcome(noun: Noun, body: Body) -> str:
    return VoteOutcome(body["outcome"]).label if noun is Noun.VOTE else status_label(noun, body)


def _dots(noun: Noun, bodies: Sequence[Body], axis: Axis, context: Context) -> list[Dot]:
    """Return dots for what happened;
    those that would cover each other are one, with their number.
    """
    dots: list[tuple[float, list[Body]]] = []
    known = (
        (date.fromisoformat(since["earliest"]), body)
        for body in bodies
        if (since := _from_to(body)[0])
    )
    for x, body in sorted(((axis.x(since), body) for since, body in known), key=itemgetter(0)):
        if dots and x - dots[-1][0] < 3 * DOT:
            dots[-1][1].append(body)
        else:
            dots.append((x, [body]))
    return [_dot(noun, x, together, context) for x, together in dots]


def _dot(noun: Noun, x: float, bodies: Sequence[Body], context: Context) -> Dot:
    first = bodies[0]
    texts = [
        f"{_called(body)} ({_outcome(noun, body)}, {days.span(*_from_to(body))})"
        for body in bodies[:5]
    ]
    texts += [f"and {len(bodies) - 5} more"] if len(bodies) > 5 else []
    states = {STATES.get(body.get("status", ""), "past") for body in bodies}
    state = states.pop() if len(states) == 1 else "ahead"
    return Dot(x, f"dot-{state}", "; ".join(texts), context.address(noun, first["id"]), len(bodies))


def _key(lanes: Sequence[Drawn], y: int, wide: int) -> tuple[list[str], int]:
    """Return what explains the marks that occur, and how many lines that takes."""
    bars = [bar for lane in lanes for bar in lane.bars]
    words = {
        "certain": ("certain", any(bar.solid for bar in bars)),
        "possible": ("possible", any(bar.solid != bar.whole for bar in bars)),
        "open": ("from an unknown day", any(bar.is_open for bar in bars)),
        "fading": ("not confirmed since", any(bar.faded and bar.faded.width > 1 for bar in bars)),
        "contested": ("contested", any("contested" in bar.classes for bar in bars)),
        "hedged": ("held with reserve", any("hedged" in bar.classes for bar in bars)),
        "forecast": ("forecast", any("forecast" in bar.classes for bar in bars)),
    }
    shapes = {
        "possible": rect(0.5, 0.5, 25, 11, "possible"),
        "open": path("M0 6l8 -5v10z", "from") + rect(8.5, 0.5, 17, 11, "possible"),
        "fading": rect(0, 0, 16, 12, "tint", FADED) + path("M16 6h10", "tail"),
    }
    over = {
        "contested": box(0, 0, 26, 12, "timeline-hatch"),
        "hedged": path("M0 6h26", "reserve"),
        "forecast": box(0, 0, 26, 12, "timeline-ribs"),
    }
    x, rows, drawn = 16, 1, []
    for name, (label, occurs) in words.items():
        if occurs:
            shape = shapes.get(name, rect(0, 0, 26, 12, "solid")) + over.get(name, "")
            needed = 32 + round(width(label, LETTERS + 1))
            if x + needed > wide - 8:
                x, rows = 16, rows + 1
            drawn.append(
                group((shape, text(32, 10, label, "name")), x, y + 26 * (rows - 1), f"key-{name}")
            )
            x += needed + 16
    return drawn, rows
