"""Cards as HTML: sources that can be followed, and whatever is in a record shown as text."""

from html.parser import HTMLParser

import pytest

from tests.public.cards.documents import SOURCES, actor, citation, context, issue, meeting, stance
from tracker.public.cards.cards import Card
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
    outside = [link for link in shown(Noun.STANCE, stance()).of("a") if link.get("class") == "outside"]
    robust = {
        "data-originalurl": "https://example.org/a",
        "data-versionurl": "https://web.archive.org/web/20190607101112/https://example.org/a",
        "data-versiondate": "2019-06-07",
    }
    assert [{name: link.get(name) for name in robust} for link in outside] == [robust, robust]
    assert [link["href"] for link in outside] == [robust["data-originalurl"], robust["data-versionurl"]]


def test_a_footnote_says_who_published_what_when_and_where_in_it() -> None:
    page = shown(Noun.STANCE, stance(citations=[citation(credibility="2")]))
    assert "Jacob Stokes: How they work together, Institute of Peace, June 2019, page 3." in " ".join(page.text.split())
    assert "independent outlet; source B: usually reliable; information 2: probably true." in page.text


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh", "in Chinese; indep"), ("tlh", "in tlh; indep"), ("en", "indep"), ("en-GB", "indep"), (None, "indep")],
)
def test_a_footnote_says_in_which_language_a_source_is_unless_it_is_that_of_the_page(language, says):
    (note,) = footnotes(stance(), context(sources={1: {**SOURCES[1], "language": language}}))
    assert note.judged.startswith(f"{says}endent outlet; source B")


@pytest.mark.parametrize(
    ("language", "written"),
    [("", "auto"), ("en", "ltr"), ("fa", "rtl"), ("ar-EG", "rtl"), ("az-Arab", "rtl"), ("zh-Hant", "ltr")],
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
        actor=evil, defers_to=evil, issue=issue(EVIL, EVIL), summary=EVIL, standing="contested", standing_note=EVIL,
        citations=[citation(1, EVIL, quote=EVIL, quote_language="en", locator=EVIL)],
    )  # fmt: skip
    meets = meeting(title=EVIL, place=EVIL, series=EVIL, issues=[{"issue": issue("a", EVIL), "outcome": EVIL}])
    source = {**SOURCES[1], **dict.fromkeys(("title", "publisher", "container_title"), EVIL)}
    known = {"sources": {1: source}, "questions": {}}
    for page in (
        shown(Noun.STANCE, body, **known), shown(Noun.STANCE, body, **known, whole=True), shown(Noun.MEETING, meets),
    ):  # fmt: skip
        assert {tag for tag, _ in page.tags} <= {
            "a", "article", "b", "bdi", "blockquote", "cite", "dd", "details", "dl", "dt", "li", "ol", "p", "small",
            "span", "summary", "sup", "time",
        }  # fmt: skip
        attributes = {name for _, each in page.tags for name in each}
        assert attributes <= {
            "aria-hidden", "aria-label", "class", "data-originalurl", "data-versiondate", "data-versionurl", "datetime",
            "dir", "href", "id", "lang", "rel",
        }  # fmt: skip
        assert EVIL in page.text


def test_names_are_isolated_from_the_text_around_them() -> None:
    page = Card(Noun.STANCE, stance(), context()).html
    assert '<a href="/actors/russia/"><bdi>Russia</bdi></a>' in page


def test_what_came_of_a_meeting_is_told_issue_by_issue() -> None:
    page = shown(Noun.MEETING, meeting(issues=[{"issue": issue("a", "One"), "outcome": "Agreed."}]))
    assert len(page.of("dt")) == len(page.of("dd")) == 1
    assert "Agreed." in page.text
