"""What happened on an issue after a claim was checked stands beside the day of the check,
with a link.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.costs import cost
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tracker.public.read.events import last_on_issues
from tracker.values.days import day as in_words

pytestmark = pytest.mark.django_db
CHECKED = "2019-06-03"
SAYS = "A later vote bears on this: “On digging”, 26 May 2020."


def canal(number: int = 1) -> dict[str, Any]:
    """Return a stance and an alignment on an issue, checked on a day, of the two powers."""
    china, russia = (
        ActorFactory._meta.model.objects.filter(slug=slug).first()
        or ActorFactory(slug=slug, name=slug.title())
        for slug in ("china", "russia")
    )
    issue = IssueFactory(title=f"The canal {number}", question="Should it be dug?")
    told = {"actor": china, "issue": issue, "since": "2018", "until": "", "confirmed_on": CHECKED}
    claims = [
        StanceFactory(**told, position="supports"),
        AlignmentFactory(**told, counterpart=russia),
    ]
    return {"issue": issue, "claims": claims, "actors": [{"actor": china}, {"actor": russia}]}


def vote_on(issue: Any, held: str = "2020-05-26", **fields: Any) -> Any:
    return VoteFactory(issue=issue, held=held, **{"title": "On digging", **fields})


def test_it_stands_on_the_card_the_pages_and_the_matrix(visitor: Visitor) -> None:
    about = canal()
    vote = vote_on(about["issue"])
    publish_whole(*about["claims"], vote)

    link = f'“<a href="/votes/{vote.pk}/"><bdi>On digging</bdi></a>”, 26 May 2020.'
    stance, alignment = about["claims"]
    pages = [
        f"/stances/{stance.pk}/",
        f"/alignments/{alignment.pk}/",
        f"/issues/{about['issue'].slug}/",
        "/actors/china/",
    ]
    for address in pages:
        page = visitor.read(address)
        assert link in page, address
        assert SAYS in visitor.text(address).replace("“ ", "“").replace(" ”", "”"), address
    matrix = visitor.read("/").partition('class="matrix')[2]
    assert (
        f'<a class="later" href="/votes/{vote.pk}/" title="On digging">later vote: 26 May 2020</a>'
        in matrix
    )


@pytest.mark.parametrize(
    ("on", "is_told"), [("2020-05-25", False), ("2020-05-26", True), ("2019-06-04", False)]
)
def test_it_is_told_from_its_day_on(visitor: Visitor, on: str, is_told: bool) -> None:
    about = canal()
    publish_whole(*about["claims"], vote_on(about["issue"]))

    claim = visitor.read(f"/stances/{about['claims'][0].pk}/?on={on}")
    assert ("bears on this" in claim) == is_told
    assert ('class="later"' in visitor.read(f"/?on={on}")) == is_told


def test_it_is_told_as_of_the_edition(visitor: Visitor) -> None:
    about = canal()
    address = f"/stances/{about['claims'][0].pk}/"
    publish_whole(*about["claims"])
    vote = vote_on(about["issue"])
    publish_whole(vote)
    main = visitor.read(address).partition("<main")[2]
    assert main.count("later vote") == 1  # not beside what earlier editions said
    assert "later vote" not in visitor.read(f"{address}?edition=1")

    retract(vote)
    assert "later vote" not in visitor.read(address)
    assert "later vote" in visitor.read(f"{address}?edition=2")


def test_the_last_of_votes_meetings_and_acts_is_told(visitor: Visitor) -> None:
    about = canal()
    on_it = {"issues": [{"issue": about["issue"]}], "participants": about["actors"]}
    publish_whole(
        *about["claims"],
        vote_on(about["issue"]),
        MeetingFactory(title="A summit", since="2021-02", until="", **on_it),
        MeetingFactory(title="A plan", since="2021-06-01", until="", status="planned", **on_it),
        MeetingFactory(title="Off", since="2021-07-01", until="", status="cancelled", **on_it),
        ActFactory(title="A patrol", since="2020-12-31", until="", **on_it),
        ActFactory(title="Elsewhere", since="2022-01-01", until="", participants=about["actors"]),
    )

    says = visitor.text(f"/stances/{about['claims'][0].pk}/")
    assert "A later meeting bears on this: “ A summit ”, February 2021." in says
    assert "A patrol" not in says


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_on": "2020-05-26"},
        {"until": "2019-12-31"},
        {
            "basis": "forecast",
            "likelihood": "likely",
            "resolutions": [
                {
                    "outcome": "void",
                    "resolved_on": "2019-12-01",
                    "note": "It fell away.",
                    "due": "2019-11-30",
                    "retrospective": True,
                }
            ],
        },
    ],
    ids=["checked since", "ended", "decided"],
)
def test_beside_no_check_nothing_is_told(visitor: Visitor, fields: dict[str, Any]) -> None:
    issue = IssueFactory(question="Should it be dug?")
    claim = StanceFactory(
        **{"issue": issue, "since": "2018", "until": "", "confirmed_on": CHECKED, **fields}
    )
    publish_whole(claim, vote_on(issue))

    assert "bears on this" not in visitor.text(f"/stances/{claim.pk}/")


def test_a_vote_on_another_issue_is_not_told(visitor: Visitor) -> None:
    about = canal()
    below = IssueFactory(title="A lock", question="Should it?", parent=about["issue"])
    publish_whole(*about["claims"], below, vote_on(below))

    assert "later vote" not in visitor.read(f"/stances/{about['claims'][0].pk}/")


def test_a_claim_that_is_kept_is_made_anew_once_something_happened(visitor: Visitor) -> None:
    about = canal()
    publish_whole(*about["claims"], vote_on(about["issue"], title="First"))
    address = f"/issues/{about['issue'].slug}/"
    assert "First" in visitor.read(address)

    publish_whole(vote_on(about["issue"], held="2020-06-01", title="Second"))

    assert "A later vote bears on this: “ Second ”, 1 June 2020." in visitor.text(address)


def test_nothing_unpublished_is_told(visitor: Visitor) -> None:
    about = canal()
    vote = vote_on(about["issue"])
    publish_whole(*about["claims"], vote)
    edit(vote, title="Nobody may read this")
    vote_on(about["issue"], held="2021-01-01", title="Nor this")

    page = visitor.read(f"/stances/{about['claims'][0].pk}/")
    assert "On digging" in page
    assert "may read" not in page + visitor.read("/")


def test_twenty_claims_take_as_many_queries_as_one(visitor: Visitor) -> None:
    def asked() -> int:
        forget()
        last_on_issues.cache_clear()
        return cost(lambda: visitor.read("/actors/china/"))

    first = canal()
    publish_whole(*first["claims"], vote_on(first["issue"]))
    one = asked()
    for number in range(2, 21):
        about = canal(number)
        publish_whole(*about["claims"], vote_on(about["issue"]))

    assert asked() == one


def test_a_claim_checked_lately_is_told_too(visitor: Visitor) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    claim = StanceFactory(since="2018", until="", confirmed_on=yesterday - timedelta(days=30))
    publish_whole(claim, vote_on(claim.issue, held=yesterday.isoformat()))

    says = visitor.text(f"/stances/{claim.pk}/")
    assert f"A later vote bears on this: “ On digging ”, {in_words(yesterday)}." in says
