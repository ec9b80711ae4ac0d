"""What each filter of votes finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActorFactory, IssueFactory, VoteFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "venezuela syria bahrain paragraph"),
    ("changed_since=0", "venezuela syria bahrain paragraph"),
    ("changed_since=2000-01-01T00:00:00Z", "venezuela syria bahrain paragraph"),
    ("q=%22fair elections%22", "venezuela"),
    ("q=S/2019/186", "venezuela"),
    ("q=R/26/2752", "bahrain paragraph"),
    ("q=A/RES/2752(XXVI)", "bahrain paragraph"),
    ("q=india", ""),
    ("id={syria},{bahrain}", "syria bahrain"),
    ("ref=unga-1177", "bahrain"),
    ("body=council", "venezuela syria"),
    ("body=council,assembly", "venezuela syria bahrain paragraph"),
    ("symbol=S/2019/186", "venezuela"),
    ("symbol=R/26/2752", "bahrain paragraph"),
    ("symbol=A/RES/2752(XXVI)&symbol=S/2011/612", "bahrain paragraph syria"),
    ("symbol=2752", ""),
    ("part_of_symbol=A/RES/2752(XXVI)", "bahrain paragraph"),
    ("part_of_symbol=R/26/2752", "bahrain paragraph"),
    ("part_of_symbol=S/2019/186", "venezuela"),
    ("part_of_symbol=S/2019", ""),
    ("from=2019-02-28", "venezuela"),
    ("from=2019-03-01", ""),
    ("from=2019-02", "venezuela"),
    ("from=2019", "venezuela"),
    ("from=2020", ""),
    ("to=1971-08-31", ""),
    ("to=1971-09-05", "paragraph"),
    ("to=1971-08", ""),
    ("to=1971-09", "bahrain paragraph"),
    ("to=1970", ""),
    ("from=1971&to=1971", "bahrain paragraph"),
    ("from=1971-09-07&to=2011-10-04", "syria paragraph"),
    ("session=26", "bahrain paragraph"),
    ("session=26,74", "bahrain paragraph"),
    ("session=74", ""),
    ("kind=draft", "venezuela syria"),
    ("kind=resolution,paragraph", "bahrain paragraph"),
    ("amends=A/RES/2752(XXVI)", "paragraph"),
    ("outcome=vetoed", "venezuela syria"),
    ("outcome=adopted,rejected", "bahrain paragraph"),
    ("issue=draft-2019", "venezuela"),
    ("issue=latin-america", ""),
    ("under=latin-america", "venezuela"),
    ("theme=decolonization", "bahrain"),
    ("theme=diplomacy,decolonization", "venezuela bahrain"),
    ("voter=china", "venezuela syria"),
    ("voter=CHN,india", "venezuela syria bahrain paragraph"),
    ("voter=russia&choice=no", "venezuela syria"),
    ("voter=china,russia&choice=abstain,yes", "syria bahrain"),
    ("voter=russia&choice=absent", "paragraph"),
    ("agrees=china,russia", "venezuela"),
    ("agrees=RUS,CHN", "venezuela"),
    ("agrees=russia,india", "bahrain"),
    ("differs=china,russia", "syria"),
    ("differs=CHN&differs=RUS", "syria"),
    ("differs=russia,india", ""),
    ("agrees=CHN,china", ""),
    ("unanimous=true", "bahrain paragraph"),
    ("sole_no=russia", "syria"),
    ("sole_no=india", "paragraph"),
    ("sole_no=china,india", "paragraph"),
    ("sole_no=china", ""),
    ("without_vote=true", ""),
    ("without_vote=false", "venezuela syria bahrain paragraph"),
    ("draft_symbol=A/L.618", "bahrain"),
    ("draft_symbol=A/L.618&draft_symbol=A/L.61", "bahrain"),
    ("meeting_record=A/PV.1934", "bahrain paragraph"),
    ("meeting_record=A/PV.193", ""),
    ("q=A/L.618", "bahrain"),
    ("q=A/PV.1934", "bahrain paragraph"),
    ("unanimous=false", "venezuela syria"),
    ("year=1971", "bahrain paragraph"),
    ("year=2019,2011", "venezuela syria"),
    ("year=1972", ""),
    ("in_frame=true", "bahrain"),
    ("in_frame=false", "venezuela syria paragraph"),
]
REFUSES: cases.Refuses = [
    ("session=0", "invalid"),
    ("year=71", "invalid"),
    ("choice=maybe&voter=china", "invalid"),
    ("from=2019-03&to=2019-02", "conflict"),
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("choice=no", "needs"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """Two vetoes, of which one was cast by one alone;
    a resolution without opposition, and a paragraph of it.
    """
    council = ActorFactory(slug="council", kind="organization")
    frame = {"kinds": ["resolution", "draft"], "since": "1971-09-01", "until": "2020-01"}
    assembly = ActorFactory(slug="assembly", kind="organization", frames=[frame])
    seat = [{"organization": council, "role": "permanent member"}]
    china = ActorFactory(slug="china", iso3="CHN", memberships=seat)
    russia = ActorFactory(slug="russia", iso3="RUS", memberships=seat)
    india = ActorFactory(slug="india", name="India")
    above = IssueFactory(slug="latin-america", question="")
    issue = IssueFactory(slug="draft-2019", parent=above)
    bahrain = {
        "body": assembly,
        "symbol": "A/RES/2752(XXVI)",
        "session": 26,
        "meeting_record": "A/PV.1934",
    }
    votes = {
        "venezuela": VoteFactory(
            body=council,
            symbol="S/2019/186",
            title="Venezuela: fair elections",
            held="2019-02-28",
            kind="draft",
            outcome="vetoed",
            issue=issue,
            yes_means="supports",
            themes=["diplomacy", "governance"],
            ballots=[{"actor": china, "choice": "no"}, {"actor": russia, "choice": "no"}],
            tally_yes=9,
            tally_no=3,
            tally_abstain=3,
        ),
        "syria": VoteFactory(
            body=council,
            symbol="S/2011/612",
            held="2011-10-04",
            kind="draft",
            outcome="vetoed",
            ballots=[{"actor": china, "choice": "abstain"}, {"actor": russia, "choice": "no"}],
        ),
        "bahrain": VoteFactory(
            **bahrain,
            ref="unga-1177",
            held="1971-09-06",
            themes=["decolonization"],
            draft_symbol="A/L.618",
            ballots=[{"actor": russia, "choice": "yes"}, {"actor": india, "choice": "yes"}],
            tally_yes=119,
            tally_no=0,
            tally_abstain=0,
            tally_absent=11,
        ),
        "paragraph": VoteFactory(
            **bahrain,
            held="1971-09",
            kind="paragraph",
            amends="A/RES/2752(XXVI)",
            outcome="rejected",
            ballots=[{"actor": russia, "choice": "absent"}, {"actor": india, "choice": "no"}],
        ),
    }
    publish_whole(*votes.values())
    return cases.Labelled(Noun.VOTE, votes, {})


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.VOTE, FINDS, REFUSES


def test_the_latest_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["venezuela", "syria", "bahrain", "paragraph"]


def test_what_was_adopted_without_a_vote_is_told_from_what_was_voted_on(reader: Reader) -> None:
    body = ActorFactory(slug="by-consensus", kind="organization")
    publish_whole(
        VoteFactory(body=body, symbol="S/1", without_vote=True),
        VoteFactory(body=body, symbol="S/2"),
    )

    found = [
        reader.walk(f"votes/?body=by-consensus&without_vote={flag}") for flag in ("true", "false")
    ]
    assert [[(vote["symbol"], vote["without_vote"]) for vote in votes] for votes in found] == [
        [("S/1", True)], [("S/2", False)],
    ]  # fmt: skip


def test_a_frame_of_one_vague_year_covers_no_day_for_certain(reader: Reader) -> None:
    """It may begin on the last day of the year and end on its first;
    agreement is counted over others.
    """
    frames = [
        {"kinds": ["amendment"], "since": "1973", "until": "1973", "note": "At some time."},
        {"kinds": ["resolution"], "since": "1973", "until": "1975", "note": "Later."},
    ]
    vague, two = (
        ActorFactory(slug="vague", kind="organization", frames=frames),
        ActorFactory.create_batch(2),
    )
    ballots = [{"actor": actor} for actor in two]
    publish_whole(
        VoteFactory(body=vague, kind="amendment", held="1973-06-01", ballots=ballots),
        VoteFactory(body=vague, kind="resolution", held="1974-06-01", ballots=ballots),
    )

    covered = [
        [vote["kind"] for vote in reader.walk(f"votes/?body=vague&in_frame={is_in}")]
        for is_in in ("true", "false")
    ]
    assert covered == [["resolution"], ["amendment"]]
    actors = ",".join(actor.slug for actor in two)
    agreement = reader.read(
        f"agreement/?actors={actors}&body=vague&kind=amendment,resolution&unanimous=keep"
    )
    assert [row["frame"] for row in agreement["results"]] == [1]
