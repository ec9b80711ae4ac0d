"""What each filter of sources finds, what it doesn't, and which values it refuses."""

from typing import Any

import pytest

from tests.factories import AlignmentFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.models import Source
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "article book page"),
    ("changed_since=0", "article book page"),
    ("changed_since=2000-01-01T00:00:00Z", "article book page"),
    ("q=washington", "article"),
    ("id={book}", "book"),
    ("ref=article-2019", "article"),
    ("type=book", "book"),
    ("type=book,webpage", "article book page"),
    ("type=webpage", "article page"),
    ("type=map", ""),
    ("publisher=Institute%2C Washington", "article"),
    ("publisher=Institute", ""),
    ("publisher=Institute&publisher=Press", "book"),
    ("outlet=academic", "book"),
    ("outlet=independent,unknown", "article page"),
    ("language=en", "article"),
    ("language=en,zh-Hant", "article book"),
    ("language=EN", ""),
    ("issued_from=2019-06-06", "book"),
    ("issued_from=2019-06-05", "article book"),
    ("issued_from=2020&issued_to=2020", "book"),
    ("issued_to=2019-05", ""),
    ("issued_to=2019-05-31", ""),
    ("issued_to=2019-06-01", "article"),
    ("issued_from=2020-01-01&issued_to=2020-12-31", "book"),
    ("derives_from={article}", "page"),
    ("derives_from={article},{book}", "page"),
    ("derives_from={page}", ""),
    ("cited_on=canal", "article book"),
    ("cited_on=canal,strait", "article book page"),
    ("cited_on=canal&type=book", "book"),
    ("cited_on=sea", ""),
    ("has_address=true", "article book"),
    ("has_address=false", "page"),
]
REFUSES: cases.Refuses = [
    ("ref=ARTICLE", "unknown"),
    ("language=english language", "invalid"),
    ("issued_from=2019-02-01&issued_to=2019-01-31", "conflict"),
]


def cited(source: Source) -> dict[str, Any]:
    return {"source": source, "locator": "p. 5"}


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """An article of one of five days, a book of a year,
    and an undated page that passes on the article.
    """
    article = SourceFactory(
        ref="article-2019",
        title="article",
        publisher="Institute, Washington",
        outlet="independent",
        language="en",
        issued="[2019-06-01..2019-06-05]",
    )
    book = SourceFactory(
        title="Book",
        type="book",
        publisher="Press",
        outlet="academic",
        language="zh-Hant",
        issued="2020",
    )
    page = SourceFactory(title="Page", issued="", url="", derives_from=article)
    sea = IssueFactory(slug="sea")
    canal, strait = IssueFactory(slug="canal", parent=sea), IssueFactory(slug="strait")
    stance = StanceFactory(issue=canal, citations=[cited(article), cited(book)])
    alignment = AlignmentFactory(issue=strait, citations=[cited(page), cited(article)])
    publish_whole(article, book, page, stance, alignment)
    return cases.Labelled(Noun.SOURCE, {"article": article, "book": book, "page": page}, {})


class TestFilters(cases.Filters):
    """Keys and terms are split at commas, free text is not."""

    noun, finds, refuses = Noun.SOURCE, FINDS, REFUSES


def test_they_come_by_title_whatever_its_case(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["article", "book", "page"]
