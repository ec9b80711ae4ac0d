"""Cards as HTML: sources that can be followed, and whatever is in a record shown as text."""

import re
from html.parser import HTMLParser

import pytest

from tests.public.cards.documents import (
    SOURCES,
    actor,
    alignment,
    citation,
    context,
    issue,
    meeting,
    stance,
)
from tracker.public.cards.cards import SENTENCES, Card
from tracker.public.cards.footnotes import direction, footnotes
from tracker.values.nouns import Noun

EVIL = "<script>alert(1)</script>\" onload='x' \u202egnp.exe &amp;"


class Tags(HTMLParser):
    """The tags of a text with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def shown(noun: Noun, body: dict[str, object], *, whole: bool = False, **other: object) -> Tags:
    card = Card(noun, body, context(**other))  # type: ignore[arg-type]
    return Tags(card.whole_html if whole else card.html)


def test_a_footnote_has_the_attributes_of_robust_links() -> None:
    outside = [
        link for link in shown(Noun.STANCE, stance()).of("a") if link.get("class") == "outside"
    ]
    robust = {
        "data-originalurl": "https://example.org/a",
        "data-versionurl": "https://web.archive.org/web/20190607101112/https://example.org/a",
        "data-versiondate": "2019-06-07",
    }
    assert [{name: link.get(name) for name in robust} for link in outside] == [robust, robust]
    assert [link["href"] for link in outside] == [
        robust["data-originalurl"],
        robust["data-versionurl"],
    ]


def test_a_footnote_says_who_published_what_when_and_where_in_it() -> None:
    page = shown(Noun.STANCE, stance(citations=[citation(credibility="2")]))
    assert (
        "Jacob Stokes: How they work together, Institute of Peace, June 2019, page 3."
        in " ".join(page.text.split())
    )
    assert (
        "independent outlet; source B: usually reliable; information 2: probably true." in page.text
    )


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh", "in Chinese; indep"),
        ("tlh", "in tlh; indep"),
        ("en", "indep"),
        ("en-GB", "indep"),
        (None, "indep"),
    ],
)
def test_a_footnote_says_in_which_language_a_source_is_unless_it_is_that_of_the_page(
    language, says
):
    (note,) = footnotes(stance(), context(sources={1: {**SOURCES[1], "language": language}}))
    assert note.judged.startswith(f"{says}endent outlet; source B")


def test_a_footnote_says_in_the_codebooks_word_that_an_outlet_is_unknown() -> None:
    (note,) = footnotes(stance(), context(sources={1: {**SOURCES[1], "outlet": "unknown"}}))
    assert note.judged.startswith("kind of outlet unknown; source B")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("", "auto"),
        ("en", "ltr"),
        ("fa", "rtl"),
        ("ar-EG", "rtl"),
        ("az-Arab", "rtl"),
        ("zh-Hant", "ltr"),
    ],
)
def test_a_quotation_is_written_as_its_language_is(language: str, written: str) -> None:
    assert direction(language) == written
    cited = citation(quote="نص", quote_language=language or None)
    (quote,) = shown(Noun.STANCE, stance(citations=[cited])).of("blockquote")
    assert quote == ({"dir": written} | ({"lang": language} if language else {}))


def test_a_source_that_says_otherwise_says_so() -> None:
    page = shown(Noun.STANCE, stance(citations=[citation(), citation(relation="contradicts")]))
    assert page.text.count("Says otherwise:") == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", None])
def test_only_addresses_of_the_web_are_followed(address: str | None) -> None:
    source = {**SOURCES[1], "url": address, "archive_url": address}
    (note,) = footnotes(stance(), context(sources={1: source}))
    assert (note.url, note.archive_url, note.version_date) == ("", "", "")


def test_whatever_is_in_a_record_is_shown_as_text() -> None:
    evil = actor(EVIL)
    body = stance(
        actor=evil,
        defers_to=evil,
        issue=issue(EVIL, EVIL),
        summary=EVIL,
        standing="contested",
        standing_note=EVIL,
        citations=[citation(1, EVIL, quote=EVIL, quote_language="en", locator=EVIL)],
    )
    meets = meeting(
        title=EVIL, place=EVIL, series=EVIL, issues=[{"issue": issue("a", EVIL), "outcome": EVIL}]
    )
    source = {**SOURCES[1], **dict.fromkeys(("title", "publisher", "container_title"), EVIL)}
    known = {"sources": {1: source}, "questions": {}}
    for page in (
        shown(Noun.STANCE, body, **known),
        shown(Noun.STANCE, body, **known, whole=True),
        shown(Noun.MEETING, meets),
    ):
        assert {tag for tag, _ in page.tags} <= {
            "a",
            "article",
            "b",
            "bdi",
            "blockquote",
            "cite",
            "dd",
            "details",
            "dl",
            "dt",
            "li",
            "ol",
            "p",
            "small",
            "span",
            "summary",
            "sup",
            "time",
        }
        attributes = {name for _, each in page.tags for name in each}
        assert attributes <= {
            "aria-hidden",
            "aria-label",
            "class",
            "data-originalurl",
            "data-versiondate",
            "data-versionurl",
            "datetime",
            "dir",
            "href",
            "id",
            "lang",
            "rel",
        }
        assert EVIL in page.text


def test_names_are_isolated_from_the_text_around_them() -> None:
    page = Card(Noun.STANCE, stance(), context()).html
    assert '<a href="/actors/russia/"><bdi>Russia</bdi></a>' in page


def test_what_came_of_a_meeting_is_told_issue_by_issue() -> None:
    page = shown(Noun.MEETING, meeting(issues=[{"issue": issue("a", "One"), "outcome": "Agreed."}]))
    assert len(page.of("dt")) == len(page.of("dd")) == 1
    assert "Agreed." in page.text


def paragraphs(noun: Noun, body: dict[str, object], **other: object) -> list[str]:
    """Return the words of each paragraph of a card, and of what its sources are folded to."""
    html = Card(noun, body, context(**other)).html  # type: ignore[arg-type]
    pieces = re.findall("<(?:p|summary)[^>]*>(.*?)</(?:p|summary)>", html, re.DOTALL)
    return [" ".join(Tags(piece).text.split()) for piece in pieces]


AGAINST = citation(2, relation="contradicts")
CITED = [citation(), citation(2, "A paper"), citation(3, "A third"), citation(4, "A fourth")]
TOLD = {
    "fresh": (
        stance(
            since="2018",
            citations=CITED,
            basis="action",
            hedged=True,
            defers_to=actor("China"),
            instruments=["economic"],
        ),
        [
            "+ supports It says so.",
            "Russia on “Sanctions relief” · since 2018 · with reserve · deferring to China · "
            "by economic means · by action · moderate confidence · confirmed June 2019 · 4 "
            "sources, 3 independent",
            "Institute of Peace, A paper and 2 more",
        ],
    ),
    "contested": (
        stance(standing="contested", standing_note="A vote", citations=[citation(), AGAINST]),
        [
            "+ supports Contested: It says so.",
            "Russia on “Sanctions relief” · from an unknown day · by statement · moderate "
            "confidence · confirmed June 2019 · 1 source",
            "“How they work together” says otherwise. Contested because: A vote.",
            "Institute of Peace",
        ],
    ),
    "forecast": (
        alignment(since="2019-06", basis="forecast", likelihood="likely", pattern="defers"),
        [
            "China forecast to defer to Russia Forecast, likely (55–80 %): It says so.",
            "On “Sanctions relief” · from June 2019 · moderate confidence · confirmed June "
            "2019 · 1 source",
            "Institute of Peace",
        ],
    ),
    "old": (
        stance(since="2018", confirmed_on="2018-03-01"),
        [
            "+ supported In March 2018, not confirmed since: It says so.",
            "Russia on “Sanctions relief” · from 2018 · by statement · moderate confidence · "
            "1 source",
            "Institute of Peace",
        ],
    ),
    "ended": (
        stance(since="2018", until="2019-03-04"),
        [
            "+ supported Until 4 March 2019: It says so.",
            "Russia on “Sanctions relief” · from 2018 · by statement · moderate confidence · "
            "checked June 2019 · 1 source",
            "Institute of Peace",
        ],
    ),
    "to come": (
        alignment(since="2019-07-01", until="2020", confirmed_on=None, citations=[]),
        [
            "coordinated From 1 July 2019: It says so.",
            "China and Russia on “Sanctions relief” · until 2020 · by statement · moderate "
            "confidence · no source",
        ],
    ),
    "possible": (
        stance(confirmed_on=None),
        [
            "+ perhaps supported Not known whether already then: It says so.",
            "Russia on “Sanctions relief” · from an unknown day · by statement · moderate "
            "confidence · never confirmed · 1 source",
            "Institute of Peace",
        ],
    ),
    "nothing": (
        stance(position="no_evidence", confirmed_on="2019-06-15"),
        [
            "nothing found It says so.",
            "Russia on “Sanctions relief” · from an unknown day · by statement · moderate "
            "confidence · looked for June 2019 · 1 source",
            "Institute of Peace",
        ],
    ),
}


@pytest.mark.parametrize(("body", "says"), TOLD.values(), ids=TOLD)
def test_a_claim_with_a_summary_says_each_thing_once(
    body: dict[str, object], says: list[str]
) -> None:
    """What its chip and its cautions say the line doesn't; nothing that is coded is left out."""
    noun = Noun.ALIGNMENT if "pattern" in body else Noun.STANCE
    assert paragraphs(noun, {**body, "summary": "It says so."}, origins=lambda: {4: 3}) == says


def test_a_claim_without_a_summary_is_told_by_its_sentence_and_its_page_by_both() -> None:
    says = str(SENTENCES[Noun.STANCE](stance(), context()))
    assert paragraphs(Noun.STANCE, stance()) == [
        f"+ supports {says}",
        "1 source",
        "Institute of Peace",
    ]
    page = shown(Noun.STANCE, stance(summary="It says so.", confirmed_on="2018-03-01"), whole=True)
    assert " ".join(page.text.split()).startswith(
        "+ supported In March 2018, not confirmed since: It says so. 1 On “Sanctions relief” "
        "(“Should"
    )
    assert "Not confirmed since 1 March 2018. 1 source Jacob Stokes: How" in " ".join(
        page.text.split()
    )
    assert not page.of("details")
    assert shown(Noun.STANCE, stance()).of("details")


def test_who_and_what_stand_beside_a_card_are_not_said_on_it_again() -> None:
    def line(noun: Noun, body: dict[str, object], **other: object) -> str:
        return paragraphs(noun, {**body, "summary": "So."}, **other)[1].partition(" · ")[0]

    assert line(Noun.STANCE, stance(), issue="pyongyang") == "From an unknown day"
    assert line(Noun.STANCE, stance(), actors=["russia"]) == "On “Sanctions relief”"
    assert line(Noun.STANCE, stance(), actors=["china", "russia"]) == "Russia on “Sanctions relief”"
    assert line(Noun.ALIGNMENT, alignment(), issue="pyongyang") == "China and Russia"
    assert line(Noun.ALIGNMENT, alignment(), actors=["china", "russia"]) == "On “Sanctions relief”"


def test_what_is_quoted_of_a_record_has_what_weakens_it() -> None:
    body = stance(summary="It says so.", standing="contested", hedged=True)
    assert Card(Noun.STANCE, body, context()).quotation == "Contested, with reserve: It says so."
    late = meeting(status="planned", since="2019-06-01", summary="They will meet.")
    assert Card(Noun.MEETING, late, context()).quotation == "Overdue: They will meet."
    assert Card(Noun.STANCE, stance(), context()).quotation.startswith(
        "On “Sanctions relief” (“Should"
    )
