"""Where there is nothing a page says so in a sentence:
of which day and edition, and what there is instead.
"""

import re
from html import unescape

import pytest

from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import publish
from tests.public.site.conftest import TAGS, Visitor

pytestmark = pytest.mark.django_db
DAY = "?on=2019-06-15"
NOBODY_YET = {
    "/": {"Nothing has been published yet.", "Nothing has changed here so far."},
    "/issues/": {"No issue was public yet."},
    "/actors/": {"No actor was public yet."},
    "/sources/": {"No source was public yet."},
    "/meetings/": {"No meeting is coded up to 15 June 2019."},
    "/editions/": {"Nothing has been published yet."},
    "/releases/": {
        "No edition has been given a name yet. Every edition can be cited all the same."
    },
    "/corrections/": {"Nothing that was published has been changed or withdrawn so far."},
    "/search/?q=canal": {
        "Nothing is found for these words. Words must all be there; or between them finds any."
    },
}
NO_CLAIM = {
    "/": {
        "No issue fits all that is chosen for 15 June 2019 in edition 1. Show all issues.",
        "No planned meeting or act and no forecast is overdue on 15 June 2019.",
    },
    "/issues/canal/": {
        "Nothing is coded on this issue for 15 June 2019, nor for any other day.",
        "How two actors relate on this issue is not coded for 15 June 2019.",
        "No meeting about it is coded up to 15 June 2019.",
    },
    "/actors/china/": {
        "No position of China is coded for 15 June 2019.",
        "No meeting with China is coded up to 15 June 2019.",
    },
    "/pairs/china/russia/": {
        "Nothing is coded on the two for 15 June 2019.",
        "How the two relate is not coded for 15 June 2019.",
        "No meeting of the two is coded up to 15 June 2019.",
    },
    "/since/1/": {"Nothing has changed since."},
}


def says(page: str) -> set[str]:
    notes = re.findall(r'<(?:p|li) class="nothing">(.*?)</(?:p|li)>', page, re.DOTALL)
    return {" ".join(unescape(TAGS.sub("", note)).split()) for note in notes}


@pytest.mark.parametrize("address", NOBODY_YET)
def test_before_anything_is_published(visitor: Visitor, address: str) -> None:
    page = visitor.read(f"{address}{DAY.replace('?', '&') if '?' in address else DAY}")

    assert (
        says(page) - {"No planned meeting or act and no forecast is overdue on 15 June 2019."}
        == NOBODY_YET[address]
    )


def test_where_there_is_no_claim(visitor: Visitor) -> None:
    publish(
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia"),
        IssueFactory(slug="canal"),
    )

    for address, expected in NO_CLAIM.items():
        query = f"{DAY}&theme=trade" if address == "/" else DAY
        assert says(visitor.read(f"{address}{query}")) == expected, address


def test_a_source_that_nothing_cites_and_a_meeting_without_a_source(visitor: Visitor) -> None:
    source, meeting = SourceFactory(), MeetingFactory(status="planned", citations=[])
    publish(source, meeting)

    assert says(visitor.read(f"/sources/{source.pk}/")) == {"No claim cites it in edition 1."}
    assert says(visitor.read(f"/meetings/{meeting.pk}/")) == {
        "No source is cited for this meeting."
    }


@pytest.mark.parametrize(
    ("since", "hint"),
    [("2018", "; the earliest claim begins in 2018"), ("", "; there are claims of other days")],
)
def test_an_issue_says_of_which_other_days_there_is_a_claim(
    visitor: Visitor, since: str, hint: str
) -> None:
    stance = StanceFactory(issue__slug="canal", since=since, until="2018-12")
    publish(
        stance,
        stance.actor,
        stance.issue,
        *(citation.source for citation in stance.citations.all()),
    )

    assert f"Nothing is coded on this issue for 15 June 2019{hint}." in says(
        visitor.read(f"/issues/canal/{DAY}")
    )
