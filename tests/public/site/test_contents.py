"""The contents of a long page: links to its sections, those that are there and no others."""

import re

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory, VoteFactory
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tracker.public.site.tags import contents

pytestmark = pytest.mark.django_db
CONTENTS = re.compile('<nav class="contents".+?</nav>', re.DOTALL)


def listed(page: str) -> dict[str, str]:
    """Return the contents of a page: what is said of each section, by its name."""
    found = CONTENTS.findall(page)
    assert len(found) <= 1
    return dict(re.findall('<a href="#(.+?)">(.+?)</a>', found[0])) if found else {}


def test_a_long_page_has_its_contents_and_a_short_one_has_none(visitor: Visitor) -> None:
    canal = IssueFactory(slug="canal")
    publish_whole(StanceFactory(issue=canal, actor=ActorFactory(slug="china")))
    assert [listed(visitor.read(address)) for address in ("/issues/canal/", "/actors/china/")] == [
        {},
        {},
    ]
    others = [
        StanceFactory(
            issue=canal, actor=actor, citations=[{"source__title": "A source", "locator": "1"}]
        )
        for actor in ActorFactory.create_batch(30)
    ]
    votes = VoteFactory.create_batch(20, issue=canal)
    publish_whole(*others, *votes)

    page = visitor.read("/issues/canal/")
    assert listed(page) == {
        "positions": "Who takes which position",
        "together": "How pairs work together on it",
        "timeline": "Over time",
        "meetings": "Meetings about it",
        "votes": "Related votes",
        "lately": "What changed here",
    }
    assert page.index('class="contents"') < page.index('<h2 id="positions"')


@pytest.mark.parametrize(
    ("address", "first"), [("/codebook/", "The tracker’s own words"), ("/about/", "Method")]
)
def test_every_link_leads_to_a_section(visitor: Visitor, address: str, first: str) -> None:
    page = visitor.read(address)
    sections = listed(page)

    assert next(iter(sections.values())) == first
    assert len(sections) == page.count("<h2 id=") - page.count('<h2 id="cite"')
    assert [name for name in sections if page.count(f'id="{name}"') != 1] == []


def test_hidden_headings_are_not_listed_and_words_stay_as_they_are() -> None:
    long = "<p>" + "x" * 20_000
    shown = '<h2 id="a">One &amp; <bdi>two</bdi></h2><h2 id="b">B</h2><h2 id="c">C</h2>'
    html = contents(f'<h2 id="no" class="visually-hidden">Hidden</h2>{shown}{long}')
    assert listed(html) == {"a": "One &amp; <bdi>two</bdi>", "b": "B", "c": "C"}
    assert contents(shown) == shown
