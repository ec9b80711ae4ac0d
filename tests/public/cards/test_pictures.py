"""Pictures: complete in themselves, well formed whatever is in a record, bounded,
and the same bytes everywhere.
"""

import itertools
import os
import re
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from tests.public.cards import pictures
from tests.public.cards.documents import actor, alignment, context, meeting, vague, vote
from tracker.public.cards.chips import chip
from tracker.public.cards.pictures import files as picture_files
from tracker.public.cards.pictures.axis import Axis
from tracker.public.cards.pictures.lanes import by_issue
from tracker.public.cards.pictures.plate import Picture, style
from tracker.public.cards.pictures.text import fitted, lines, width
from tracker.public.cards.pictures.timeline import MOST_BARS, MOST_LANES, NARROW, timeline
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Pattern, Position

STATIC = picture_files.PUBLIC / "static/tracker"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<b>&\"'</b> \u202e\u0000\ufffe" + "x" * 10_000 + "\u5317\u4eac \u0639\u0631\u0628\u064a"
DRAWN = {
    "timeline": lambda **other: pictures.a_timeline(pictures.claims(6), **other),
    "narrow": lambda **other: pictures.a_timeline(pictures.claims(6), shape=NARROW, **other),
    "matrix": lambda **other: pictures.a_matrix(**other),
    "share": lambda **other: pictures.a_share(**other),
}


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.alone)


def words(picture: Picture) -> str:
    return " ".join(" ".join(text.itertext()) for text in parsed(picture).iter(f"{SVG}text"))


@pytest.mark.parametrize("kind", DRAWN)
def test_is_complete_in_itself(kind: str) -> None:
    picture = DRAWN[kind]()
    for text in (
        "Sanctions on Pyongyang",
        "Tracker of examples",
        "15 June 2019",
        "edition 12",
        "20 November 2026",
        "3 sources",
        "CC BY 4.0",
    ):
        assert text in words(picture), text
    assert "https://tracker.example/issues/pyongyang/?on=2019-06-15&edition=12" in words(
        picture
    ).replace(" ?", "?")
    root = parsed(picture)
    labelled = {root.find(f".//*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()}
    # what has links is read piece by piece
    assert root.attrib["role"] == ("img" if kind == "share" else "group")
    assert labelled.isdisjoint({None})
    assert root.find(f"{SVG}rect[@class='paper']").get("fill") == "#fff", (
        "what it is written on, without a style sheet"
    )


@pytest.mark.parametrize("kind", DRAWN)
def test_whatever_a_title_holds_is_text_within_the_picture(kind: str) -> None:
    picture = DRAWN[kind](title=HOSTILE, finding=HOSTILE, address=HOSTILE)
    assert not list(parsed(picture).iter("b"))
    assert "<b>&" in words(picture)
    assert max(map(len, re.findall(r">([^<]*)</tspan>", str(picture.inline)))) < 400


def test_whatever_a_record_holds_is_text_within_the_picture() -> None:
    claims = pictures.claims(6, actors=[HOSTILE])
    picture = pictures.a_timeline(
        [(noun, {**body, "issue": {"slug": "a", "name": HOSTILE}}) for noun, body in claims]
    )
    assert not list(parsed(picture).iter("b"))
    assert "style" not in str(picture.inline)


@pytest.mark.parametrize("kind", DRAWN)
def test_everything_lies_within_the_picture(kind: str) -> None:
    root = parsed(DRAWN[kind]())
    wide = float(root.attrib["width"])
    for element in root.iter():
        for name in ("x", "cx", "x1"):
            if "tspan" not in element.tag and (at := element.attrib.get(name)):
                assert 0 <= float(at) <= wide, element.attrib
        if element.tag == f"{SVG}rect" and "x" in element.attrib:
            assert float(element.attrib["x"]) + float(element.attrib["width"]) <= wide, (
                element.attrib
            )


@pytest.mark.slow
def test_is_the_same_bytes_in_processes_of_other_time_zones() -> None:
    asked = (
        "import django; django.setup(); from tests.public.cards.pictures import digest; "
        "print(digest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for zone, seed, locale in (
            ("Asia/Tokyo", "1", "C.UTF-8"),
            ("America/Lima", "2", "de_DE.UTF-8"),
        )
    }
    assert digests == {pictures.digest()}


def test_every_mark_leads_on_and_is_told_in_words() -> None:
    picture = pictures.a_timeline(pictures.claims(6))
    links = list(parsed(picture).iter(f"{SVG}a"))
    bars = [link for link in links if "bar" in link.attrib.get("class", "").split()]
    titles = {f"{mark.text}, {mark.when}" for mark in picture.marks}
    assert len(bars) == 13
    for bar in bars:
        assert bar.attrib["href"].startswith(("/stances/", "/alignments/"))
        assert bar.find(f"{SVG}title").text in titles
    ticks = [link for link in links if link.attrib["href"].startswith("/editions/")]
    assert {link.find(f"{SVG}title").text for link in ticks} <= titles
    met = {link.attrib["href"] for link in links if link.attrib["href"].startswith("/meetings/")}
    assert met <= {mark.href for mark in picture.marks}
    assert len(ticks) == 3
    assert len(picture.marks) == 13 + 3 + 3


def test_what_is_certain_possible_and_no_longer_confirmed_looks_different() -> None:
    """Since 2018, confirmed on 1 March 2019:
    dashed to the end of 2018, solid to that day, then fading.
    """
    [_, claim] = pictures.claims(1, actors=["China"])
    noun, body = claim
    body |= {
        "since": {"edtf": "2018", "earliest": "2018-01-01", "latest": "2018-12-31"},
        "confirmed_on": "2019-03-01",
    }
    root = parsed(pictures.a_timeline([(noun, body)], met=0))
    [bar] = [link for link in root.iter(f"{SVG}a") if "bar" in link.attrib.get("class", "").split()]
    spans = {rect.attrib["class"]: rect.attrib for rect in bar.iter(f"{SVG}rect")}
    start = {name: float(spans[name]["x"]) for name in ("possible", "solid", "tint")}
    assert start["possible"] < start["solid"] < start["tint"]
    assert float(spans["solid"]["x"]) + float(spans["solid"]["width"]) == pytest.approx(
        start["tint"], abs=0.3
    )
    assert "mask" in spans["tint"]


@pytest.mark.parametrize("kind", ["timeline", "narrow", "matrix"])
def test_what_is_found_stands_out_and_below_it_what_is_drawn(kind: str) -> None:
    """Of what it is above; without a finding that stands out."""
    texts_by_class = {
        finding: {
            name: " ".join(element.itertext())
            for name in ("of", "title", "shows")
            for element in parsed(DRAWN[kind](finding=finding)).iter(f"{SVG}text")
            if element.attrib["class"] == name
        }
        for finding in ("Both support relief.", "")
    }
    shows = "Positions by issue on 15 June 2019, and how the first two relate"
    shows = shows if kind == "matrix" else "Positions, and how pairs relate, over time"
    assert texts_by_class == {
        "Both support relief.": {
            "of": "Sanctions on Pyongyang",
            "title": "Both support relief.",
            "shows": shows,
        },
        "": {"title": "Sanctions on Pyongyang", "shows": shows},
    }


def test_on_a_narrow_timeline_names_stand_above_their_lanes() -> None:
    wide, narrow = DRAWN["timeline"](), DRAWN["narrow"]()
    lanes = [
        group for group in parsed(narrow).iter(f"{SVG}g") if group.attrib.get("class") == "lane"
    ]
    assert float(parsed(narrow).attrib["width"]) == 390
    assert len(lanes) == 3
    for lane in lanes:
        bars = [link for link in lane.iter(f"{SVG}a") if "bar" in link.attrib["class"].split()]
        assert float(lane[0].find(f"{SVG}text").attrib["y"]) < 20
        assert (
            min(
                int(re.search(r" (\d+)\)", bar.find(f"{SVG}g").attrib["transform"])[1])
                for bar in bars
            )
            == 20
        )
    assert narrow.marks == wide.marks


def test_claims_of_a_lane_that_begin_together_are_in_one_order() -> None:
    """By whose they are, and after them how the two relate."""
    pair, *stances = pictures.claims(1, since="2018", until=None)
    lanes = by_issue([pair, *reversed(stances)], context())
    picture = pictures.timeline(pictures.plate(), lanes, (), (), context())
    owners = [mark.text.partition(":")[0] for mark in picture.marks]
    assert owners[:2] == ["China", "Russia"]
    assert owners[2].startswith("China defers to Russia on")


def test_what_nobody_confirmed_any_more_fades_within_a_year_and_a_dotted_line_goes_on() -> None:
    """A vote of February 2019 that was checked in June isn't drawn as a position of 2026."""
    on = date(2026, 11, 27)
    [_, (noun, body)] = pictures.claims(
        1, actors=["China"], since="2019-02", confirmed_on="2019-06-01"
    )
    lanes = pictures.by_actor([(noun, body)], context(on))
    root = parsed(pictures.timeline(pictures.plate(on=on), lanes, (), (), context(on)))
    [bar] = [link for link in root.iter(f"{SVG}a") if "bar" in link.attrib.get("class", "").split()]
    spans = {
        element.attrib["class"]: element.attrib
        for element in bar.iter()
        if "class" in element.attrib
    }
    fades, whole = float(spans["tint"]["width"]), float(spans["hit"]["width"])
    assert fades == pytest.approx(whole * 365 / (on - date(2019, 2, 1)).days, rel=0.05)
    start, wide = re.fullmatch(r"M(\S+) 10h(\S+)", spans["tail"]["d"]).groups()
    assert float(start) == pytest.approx(float(spans["tint"]["x"]) + fades, abs=0.3)
    assert float(start) + float(wide) == pytest.approx(float(spans["hit"]["x"]) + whole, abs=0.3)


def test_of_two_who_relate_unevenly_it_says_who_does_what() -> None:
    picture = pictures.a_timeline(pictures.claims(1), met=0)
    assert "China defers to Russia" in words(picture)
    assert "and Russia: defers" not in str(picture.inline)


def test_two_are_in_one_lane_whichever_comes_first_and_whatever_they_do() -> None:
    turned = {"actor": actor("Russia"), "counterpart": actor("China")}
    pairs = [alignment(pattern=pattern) for pattern in ("coordinated", "hedges")]
    claims = [(Noun.ALIGNMENT, {**pair, **sides}) for pair in pairs for sides in ({}, turned)]
    assert [lane.name for lane in pictures.by_actor(claims, context())] == ["China and Russia"]


def test_of_what_happened_at_one_place_five_are_named_and_the_others_counted() -> None:
    def told(count: int) -> str:
        talks = [
            (Noun.MEETING, meeting(title=f"Talks {number}", since="2019"))
            for number in range(count)
        ]
        lanes = pictures.by_actor(pictures.claims(1), context())
        return str(timeline(pictures.plate(), lanes, talks, [], context()).inline)

    assert "Talks 4" in told(5)
    assert "more" not in told(5)
    assert "Talks 5" not in told(7)
    assert "and 2 more" in told(7)


def test_each_texture_of_the_key_is_another() -> None:
    claims = (
        pictures.claims(6)
        + pictures.claims(1, basis="forecast", likelihood="likely", since=None)[1:]
    )
    drawn = str(pictures.a_timeline(claims, met=0).inline)
    keys = dict(re.findall(r'<g class="key-([a-z]+)" [^>]*>(.*?)<text', drawn))
    assert {
        "certain",
        "possible",
        "open",
        "fading",
        "contested",
        "hedged",
        "forecast",
    } == keys.keys()
    assert len(set(keys.values())) == len(keys)
    assert "timeline-ribs" in keys["forecast"]


def test_a_name_of_two_lines_stands_as_far_from_the_next_lane_as_one_of_one_line() -> None:
    """So that it isn't read as one with the next;
    one that would take three ends with an ellipsis.
    """
    names = [
        "Arctic",
        "How long the partnership will last",
        "Iran",
        "N" * 200,
        "Of " + "what they do together " * 5,
        "Z",
    ]
    claims = [
        (noun, {**body, "actor": actor(name)})
        for name in names
        for noun, body in pictures.claims(1)[1:2]
    ]
    lanes = [
        each
        for each in parsed(pictures.a_timeline(claims, met=0)).iter(f"{SVG}g")
        if each.get("class") == "lane"
    ]
    tops = [int(re.search(r" (\d+)\)", lane.attrib["transform"])[1]) for lane in lanes]
    written = [[span.text for span in lane[0].iter(f"{SVG}tspan")] for lane in lanes]
    assert [len(name) for name in written] == [1, 2, 1, 1, 2, 1]
    assert written[4][1].endswith("…")
    gaps = {
        below - top - 16 * (len(name) - 1)
        for top, below, name in zip(tops, tops[1:], written, strict=False)
    }
    assert gaps == {37}


def test_rivals_lie_below_each_other_and_followers_in_one_row() -> None:
    rivals = pictures.claims(1, actors=["China"] * 3, since="2015", standing="contested")[1:]
    rows = re.findall(
        r'translate\(0 (\d+)\)"><rect class="hit"', str(pictures.a_timeline(rivals, met=0).inline)
    )
    assert rows == ["0", "25", "50"]
    following = [
        (noun, {**body, "since": since, "until": until})
        for (noun, body), since, until in zip(
            rivals,
            (
                {"edtf": str(y), "earliest": f"{y}-01-01", "latest": f"{y}-01-01"}
                for y in (2001, 2006, 2011)
            ),
            (
                {"edtf": str(y), "earliest": f"{y}-01-01", "latest": f"{y}-01-01"}
                for y in (2004, 2009, 2014)
            ),
            strict=True,
        )
    ]
    rows = re.findall(
        r'translate\(0 (\d+)\)"><rect class="hit"',
        str(pictures.a_timeline(following, met=0).inline),
    )
    assert rows == ["0", "0", "0"]


def test_of_two_thousand_claims_in_two_hundred_lanes_it_says_how_many_more_there_are() -> None:
    claims = pictures.claims(10, actors=[f"Actor {number:03}" for number in range(200)])
    picture = pictures.a_timeline(claims, met=400)
    bars = [
        link
        for link in parsed(picture).iter(f"{SVG}a")
        if "bar" in link.attrib.get("class", "").split()
    ]
    assert len(bars) <= MOST_BARS
    assert f"and {201 - MOST_LANES} more" in words(picture)
    assert re.search(r"and \d+ more", words(picture))
    assert len(picture.alone) < 400_000
    dots = [dot for dot in parsed(picture).iter(f"{SVG}circle") if "dot" in dot.attrib["class"]]
    assert len(dots) < 60


def test_lanes_without_any_date_come_last_and_are_few() -> None:
    """What has a date says something of time; of the rest it is said how many there are."""
    undated = [
        (noun, {**body, "since": None, "until": None}) for noun, body in pictures.claims(1)[1:]
    ]
    claims = pictures.claims(1, actors=["Zambia"], since="2018")[1:]
    for number in range(20):
        claims += [(noun, {**body, "actor": actor(f"Actor {number:02}")}) for noun, body in undated]
    picture = pictures.a_timeline(claims, met=0)
    names = re.findall(
        r'<g class="lane"[^>]*><a class="" href="[^"]*"><title>([^<]*)', str(picture.inline)
    )
    assert names == ["Zambia", *(f"Actor {number:02}" for number in range(7))]
    assert "and 13 more, without a known beginning or end" in words(picture)


def test_what_begins_on_an_unknown_day_comes_out_of_nothing() -> None:
    begun, unknown = (
        str(
            pictures.a_timeline(pictures.claims(1, actors=["China"], since=since)[1:], met=0).inline
        )
        for since in ("2018", None)
    )
    assert "url(#timeline-open)" not in begun
    assert "from an unknown day" not in begun
    assert 'mask="url(#timeline-open)"' in unknown
    assert "from an unknown day" in unknown


def test_dots_of_meetings_do_not_cover_each_other() -> None:
    several = [
        (noun, {**body, "since": vague(f"2019-05-{day:02}")})
        for day, (noun, body) in enumerate(pictures.meetings(28), 1)
    ]
    drawn = pictures.timeline(
        pictures.plate(), pictures.by_actor(pictures.claims(6), context()), several, (), context()
    )
    places = [
        float(dot.attrib["cx"])
        for dot in parsed(drawn).iter(f"{SVG}circle")
        if "dot" in dot.attrib["class"]
    ]
    assert all(later - earlier >= 16 for earlier, later in itertools.pairwise(places))


def test_acts_meetings_and_votes_are_lines_of_their_own_above_the_claims() -> None:
    act = {**meeting(since="2018-05"), "kind": "patrol", "status": "in_force"}
    happened = [(Noun.VOTE, vote({})), (Noun.MEETING, meeting(since="2018")), (Noun.ACT, act)]
    drawn = pictures.timeline(
        pictures.plate(),
        pictures.by_actor(pictures.claims(1), context()),
        happened,
        (),
        context(),
    )

    said = words(drawn)
    assert said.index("Acts") < said.index("Meetings") < said.index("Votes") < said.index("China")
    assert [(mark.lane, mark.text) for mark in drawn.marks[-3:]] == [
        ("Votes", "S/2019/186: The canal (rejected)"),
        ("Meetings", "Summit in Shanghai (held)"),
        ("Acts", "Summit in Shanghai (in force)"),
    ]


def test_nothing_at_all_is_a_picture_too() -> None:
    assert "Sanctions on Pyongyang" in words(pictures.a_timeline([], met=0))
    assert "Sanctions on Pyongyang" in words(pictures.a_matrix(rows=0, columns=0))


def test_lanes_by_issue_say_whose_claim_it_is() -> None:
    lanes = by_issue(pictures.claims(1), context())
    assert [lane.name for lane in lanes] == ["Sanctions relief"]
    assert len(lanes[0].claims) == 3


def test_a_heading_of_a_matrix_stands_out_and_has_no_cells() -> None:
    row, heading = (
        pictures.Row("A", 1, "", [[pictures.nothing(pictures.Nothing.SILENT)]]),
        pictures.Row("B", 1, "", ()),
    )
    picture = pictures.matrix(pictures.plate(), ["China"], [heading, row])
    assert re.findall('class="name([^"]*)"[^>]*>([AB])<', str(picture.inline)) == [
        (" strong", "B"),
        ("", "A"),
    ]
    assert [mark.lane for mark in picture.marks] == ["A"]


def test_a_matrix_of_many_rows_says_how_many_more_there_are() -> None:
    picture = pictures.a_matrix(rows=1000, columns=20)
    assert "and 920 more issues and 12 more columns" in words(picture)
    assert len(picture.marks) == 20_000
    assert "and 1 more issue and 1 more column" in words(
        pictures.a_matrix(rows=81, columns=9)
    ).replace(" .", "")


@pytest.mark.parametrize("term", [*Position, *Pattern])
def test_every_term_has_a_colour(term: Position | Pattern) -> None:
    name = f"{'position' if isinstance(term, Position) else 'pattern'}-{term}"
    assert re.search(rf"\.picture \.{name} rect", style())


def test_the_style_needs_no_escaping_within_a_picture() -> None:
    assert not set("<&]") & set(style())


def test_a_share_card_is_a_png_of_1200_by_630_and_the_same_each_time() -> None:
    assert picture_files.is_available()
    made = picture_files.png(pictures.a_share())
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (1200, 630)
    assert made == picture_files.png(pictures.a_share())
    assert made != picture_files.png(pictures.a_share(title="Another"))


def test_a_png_has_no_boxes() -> None:
    """Each letter that is kept has a glyph;
    runs of others are an ellipsis, and names beside them stay.
    """
    chinese = [TTFont(file).getBestCmap() for file in picture_files.CHINESE_FONTS]
    glyphs = set(TTFont(picture_files.FONTS[-1]).getBestCmap()).union(*chinese)
    kept = {
        chr(code)
        for code in range(0x20, 0x10000)
        if chr(code) in picture_files.without_foreign(chr(code))
    }
    assert {letter for letter in kept - {"…"} if ord(letter) not in glyphs} == set()
    for text, drawn in (
        (
            "China (\u4e2d\u56fd), \u4e2d\u534e \u4eba\u6c11",
            "China (\u4e2d\u56fd), \u4e2d\u534e \u4eba\u6c11",
        ),
        ("Taiwan (\u81fa\u7063), \u9280\u884c", "Taiwan (…), …\u884c"),
        ("\u0645\u0635\u0631 / Egypt", "… / Egypt"),
        ("Việt Nam, Ελλάδα, Россия, e\u0301 − “a” →", "Việt Nam, Ελλάδα, Россия, é − “a” →"),
        ("a\u202eb\u0489", "ab"),
    ):
        assert picture_files.without_foreign(text) == drawn


def test_a_browser_fetches_a_chinese_character_from_the_piece_that_has_it() -> None:
    """Of two rules for a character the later counts; each of GB 2312's has a glyph there."""
    rules = re.findall(
        r'url\("fonts/([^"]+)"\)[^}]*?unicode-range: ([^;]+);', (STATIC / "fonts.css").read_text()
    )
    piece_of = {
        code: name
        for name, ranges in rules
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges)
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }
    glyphs = {name: TTFont(STATIC / "fonts" / name).getBestCmap() for name, _ in rules}
    chinese = [
        chr(code) for code in range(0x3000, 0x10000) if picture_files.IS_CHINESE.match(chr(code))
    ]
    assert len(chinese) > 6763
    assert [
        character for character in chinese if ord(character) not in glyphs[piece_of[ord(character)]]
    ] == []


def test_chinese_characters_are_drawn() -> None:
    """A font that can't be read leaves room for each, and nothing in it:
    these two would look the same.
    """
    titles = "\u4e2d\u56fd", "\u56fd\u4e2d"
    here, there = (picture_files.png(pictures.a_share(title=title)) for title in titles)
    assert here != there


def test_an_address_is_broken_before_its_query_where_it_has_no_room_for_both() -> None:
    plate = pictures.plate()
    path, _, query = plate.address.partition("?")

    assert plate.feet(2000)[1:] == [plate.address]
    assert plate.feet(520)[-2:] == [path, f"?{query}"]


@pytest.mark.parametrize("is_hedged", [True, False])
def test_a_card_underlines_the_chip_of_a_hedged_claim_alone(is_hedged: bool) -> None:
    noun, body = pictures.claims(1)[1]
    claim = {**body, "hedged": is_hedged}
    card = picture_files.share(pictures.plate(), chip(noun, claim, context()))

    lines = parsed(card).findall(f".//{SVG}path[@class='reserve']")
    assert bool(lines) == is_hedged


def test_long_findings_get_smaller_letters_and_stay_on_the_card() -> None:
    line = parsed(pictures.a_share(finding="Both support relief from sanctions. " * 40)).find(
        f".//{SVG}text[@class='finding']"
    )
    assert line.attrib["font-size"] == "30"
    assert len(list(line)) == 8
    assert line[-1].text.endswith("…")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "Jan 2019"),
        (date(2019, 5, 20), date(2019, 6, 25), "Jun 2019"),
        (date(2010, 1, 1), date(2019, 12, 31), "2010"),
        (date(1900, 1, 1), date(2019, 12, 31), "1900"),
        (date(1, 1, 1), date(9999, 12, 31), "1000"),
        (date(2019, 6, 15), date(2019, 6, 15), None),
    ],
)
def test_an_axis_has_ten_ticks_or_a_few_more(first: date, last: date, expected: str | None) -> None:
    ticks = Axis(first, last, 0, 1000).ticks()
    assert len(ticks) <= 12
    assert expected is None or expected in [word for _, word in ticks]
    assert [place for place, _ in ticks] == sorted(place for place, _ in ticks)


def test_text_is_cut_to_its_room() -> None:
    assert fitted("Russia", 100, 12) == "Russia"
    assert fitted("Russia" * 20, 100, 12).endswith("…")
    assert width(fitted("Russia" * 20, 100, 12), 12) <= 100
    assert fitted("Russia", 1, 12) == ""
    assert lines("one two three four", 40, 12, 2)[-1].endswith("…")
