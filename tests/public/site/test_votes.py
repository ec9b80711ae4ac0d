"""Pages of votes: the latest, and who cast what in each."""

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, IssueFactory, SourceFactory, VoteFactory
from tests.plugins.caches import forget
from tests.public.api.publishing import edit, publish_whole
from tests.public.site.conftest import Visitor
from tracker.models import Actor, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote() -> Vote:
    """A vote in the Council on a canal, with two ballots, and one on a paragraph of it."""
    council = ActorFactory(slug="council", name="Security Council", kind="organization")
    ballots = [
        {"actor": ActorFactory(slug="china", name="China"), "choice": "no"},
        {"actor": ActorFactory(slug="russia", name="Russia"), "note": "It meant to abstain."},
    ]
    vote: Vote = VoteFactory(
        body=council,
        symbol="S/2019/186",
        title="The canal",
        held="2019-02-28",
        kind="draft",
        outcome="rejected",
        tally_yes=4,
        tally_no=7,
        tally_abstain=4,
        ballots=ballots,
        issue=IssueFactory(slug="canal", title="Canal"),
    )
    part = VoteFactory(
        body=council, symbol="", title="Paragraph 4", kind="paragraph", amends="S/2019/186"
    )
    publish_whole(vote, part)
    return vote


def test_a_vote_is_told_with_its_ballots_by_choice_and_its_paragraphs(
    visitor: Visitor, vote: Vote
) -> None:
    page = visitor.text(f"/votes/{vote.pk}/")

    assert (
        "“The canal” (S/2019/186) , a draft, was rejected in the Security Council on 28 "
        "February 2019" in page
    )
    assert "4 in favour, 7 against, 4 abstaining." in page
    assert "Yes 4 Russia ( It meant to abstain. )" in page
    assert "No 7 China" in page
    assert "Abstain 4 none" in page
    assert "Paragraph 4" in page
    assert "No ballot of China or Russia is known." in page.partition("Paragraph 4")[2]


def test_wherever_a_vote_is_shown_it_says_once_how_the_two_powers_voted(
    visitor: Visitor, vote: Vote
) -> None:
    """By their names in the edition; on the page of another pair, how that pair voted."""
    says = "4 abstaining. China voted no; Russia voted yes (It meant to abstain). The vote bears on"
    for address in (f"/votes/{vote.pk}/", "/issues/canal/", "/pairs/china/russia/"):
        listed = visitor.text(address).partition("What each edition said")[0]
        assert listed.count(says) == len(re.findall("China(?: voted|:) no", listed)) == 1, address
    iran = ActorFactory(slug="iran", name="Iran")
    vote.ballots.create(actor=iran, choice="abstain")
    publish_whole(vote, edit(Actor.objects.get(slug="china"), name="PRC"))
    assert "4 abstaining. PRC voted no; Iran abstained. The vote" in visitor.text(
        "/pairs/china/iran/"
    )
    assert "PRC voted no; Russia voted yes" in visitor.text("/search/?q=S/2019/186")
    assert "China voted no; Russia voted yes" in visitor.text("/search/?q=S/2019/186&edition=1")


def test_a_ballot_under_an_earlier_key_is_told_by_todays_name(visitor: Visitor, vote: Vote) -> None:
    """Its page and sentences, and in an edition of before by the name of then;
    there it leads to the page of now.
    """
    russia = edit(Actor.objects.get(slug="russia"), slug="rf", name="Rossiya")
    publish_whole(edit(Actor.objects.get(slug="china"), slug="prc", name="PRC"), russia)

    page = visitor.text(f"/votes/{vote.pk}/")
    assert "Yes 4 Rossiya ( It meant to abstain. )" in page
    assert "No 7 PRC" in page
    assert (
        'href="/actors/prc/">' in visitor.read(f"/votes/{vote.pk}/").partition('class="ballots"')[2]
    )
    says = "PRC voted no; Rossiya voted yes (It meant to abstain)."
    for address in (
        f"/votes/{vote.pk}/",
        "/issues/canal/",
        "/search/?q=S/2019/186",
        "/pairs/prc/rf/",
    ):
        assert says in visitor.text(address), address
    assert "No 7 China" in visitor.text(f"/votes/{vote.pk}/?edition=1")
    assert "4–7–4 no yes" in visitor.text("/votes/")
    assert "4–7–4 no yes" in visitor.text("/votes/?edition=1")
    assert visitor.get("/actors/china/").headers["Location"] == "/actors/prc/"


def test_a_vote_reads_the_names_of_its_own_actors_alone(visitor: Visitor, vote: Vote) -> None:
    """However many others there are, and as the edition has them; so none is shown by its key."""
    publish_whole(*ActorFactory.create_batch(20))
    visitor.read("/votes/")  # the two powers of an edition are read once
    with CaptureQueriesContext(connections["publication"]) as queries:
        assert "Yes 4 Russia ( It meant" in visitor.text(f"/votes/{vote.pk}/")

    [statement] = [
        query["sql"]
        for query in queries.captured_queries
        if "tracker_actordocument" in query["sql"]
    ]
    assert "tracker_mention" in statement


def test_the_list_says_up_to_when_it_goes(visitor: Visitor, vote: Vote) -> None:
    listed = visitor.read("/votes/")
    above_them = listed.partition("<table")[0].partition('id="covers"')[2]
    assert re.search(rf"{re.escape(vote.body.name)}</bdi></a>\s*up to \d", above_them)
    assert 'id="covers"' not in visitor.read("/votes/?on=1950-01-01&year=1950")


def test_votes_are_a_table_the_latest_first_and_found(visitor: Visitor, vote: Vote) -> None:
    page = visitor.text("/votes/")
    assert re.search(
        "28 February 2019 The canal S/2019/186 (on .+ )?Security Council rejected 4–7–4 no yes",
        page,
    )
    assert "Paragraph 4 (paragraph)" in page
    before_them = visitor.read("/votes/").partition("<table")[0]
    assert '<a href="/agreement/">how alike any two members vote</a>' in before_them
    assert f"/votes/{vote.pk}/" in visitor.get("/search/?q=S/2019/186").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("body=council", "canal paragraph lock"),
        ("body=assembly", "consensus dam"),
        ("year=2019", "canal paragraph"),
        ("outcome=rejected", "canal dam"),
        ("outcome=adopted&body=council", "paragraph lock"),
        ("voter=China", "canal lock dam"),
        ("voter=china&choice=no", "canal dam"),
        ("voter=RUS&choice=no", "lock dam"),
        ("sole_no=russia", "lock"),
        ("sole_no=china", ""),
        ("agrees=China,Russia", "dam"),
        ("agrees=china,russia&voter=china&choice=yes", ""),
        ("differs=russia,china", "canal lock"),
        ("under=canal", "canal"),
        ("without_vote=true", "consensus"),
        ("without_vote=false&year=2024", "lock"),
    ],
)
def test_votes_are_narrowed(visitor: Visitor, vote: Vote, query: str, found: str) -> None:
    china, russia = (Actor.objects.get(slug=slug) for slug in ("china", "russia"))
    edit(russia, iso3="RUS")
    ballots = [{"actor": russia, "choice": "no"}, {"actor": china, "choice": "abstain"}]
    lock = VoteFactory(body=vote.body, title="The lock", held="2024-02-01", ballots=ballots)
    both = [{"actor": actor, "choice": "no"} for actor in (china, russia)]
    assembly = ActorFactory(slug="assembly", kind="organization")
    dam = VoteFactory(
        body=assembly, title="The dam", held="1999-02-25", outcome="rejected", ballots=both
    )
    consensus = VoteFactory(
        body=assembly, title="By consensus", without_vote=True, held="2023-02-01"
    )
    publish_whole(lock, dam, consensus, russia)

    titles = {
        "canal": "The canal",
        "paragraph": "Paragraph 4",
        "lock": "The lock",
        "consensus": "By consensus",
    }
    titles["dam"] = "The dam"
    rows = visitor.text(f"/votes/?{query}").partition("Go on to")[0]
    assert [name for name, title in titles.items() if title in rows] == found.split()
    listed = visitor.get(f"/votes.json?{query}").headers["Location"]
    written = query.replace("China", "china").replace("Russia", "russia")
    assert listed.startswith("/api/v1/votes/?")
    assert {*listed.partition("?")[2].split("&")} == {*written.split("&")}


def test_what_nobody_knows_is_told_with_what_is_near(visitor: Visitor, vote: Vote) -> None:
    page = visitor.get("/votes/?voter=chinna&body=council")
    assert page.status_code == 400
    assert "no actor was ever published under “chinna”" in page.content.decode()
    assert "voter=china" in page.content.decode()
    assert visitor.get("/votes/?choice=no").status_code == 400
    assert visitor.get("/votes/?agrees=china").status_code == 400
    assert visitor.get("/votes/?outcome=won").status_code == 400
    assert visitor.get("/votes/?before=2019-02-30&place=1").status_code == 400


def test_votes_come_a_page_at_a_time_in_as_many_statements(visitor: Visitor, vote: Vote) -> None:
    publish_whole(ActorFactory())  # of an edition that nobody has read yet
    forget()
    with CaptureQueriesContext(connections["publication"]) as of_two:
        visitor.read("/votes/")
    more = [VoteFactory(body=vote.body, title=f"Number {n}", held="2018-05-05") for n in range(120)]
    publish_whole(*more)
    forget()
    with CaptureQueriesContext(connections["publication"]) as of_many:
        page = visitor.read("/votes/")
    assert len(of_many) == len(of_two)
    assert "122 votes" in visitor.text("/votes/")

    seen = re.findall(r"<bdi>(Number \d+)</bdi>", page)
    while link := re.search(r'href="(/votes/\?[^"]+)" rel="next"', page):
        page = visitor.read(link[1].replace("&amp;", "&"))
        seen += re.findall(r"<bdi>(Number \d+)</bdi>", page)
    assert sorted(seen) == sorted({vote.title for vote in more})
    assert "The latest of these" in page


def test_a_vote_says_its_draft_its_record_and_that_nobody_voted(visitor: Visitor) -> None:
    own = {"draft_symbol": "S/2015/547", "meeting_record": "S/PV.7488", "without_vote": True}
    vote = VoteFactory(
        body=ActorFactory(kind="organization", name="Council"), title="The deal", **own
    )
    publish_whole(vote)
    page = visitor.text(f"/votes/{vote.pk}/")
    assert "was adopted without a vote in " in page
    assert "Draft: S/2015/547 · Record" in page
    assert "Record of the meeting: S/PV.7488" in page
    assert "It was adopted without a vote, so nobody cast a ballot." in page
    assert "no ballot of" not in page.casefold().partition("what each edition")[0]


def test_a_body_says_of_which_votes_all_are_here(visitor: Visitor) -> None:
    source = SourceFactory(title="A list of roll calls")
    frame = {
        "kinds": ["resolution", "draft"],
        "since": "1971-09-02",
        "until": "2020-01",
        "note": "Six members.",
    }
    publish_whole(
        ActorFactory(slug="assembly", kind="organization", frames=[{**frame, "source": source}])
    )

    page = visitor.text("/actors/assembly/")

    assert (
        "Resolution, draft, from 2 September 1971 until January 2020: Six members. ( A list "
        "of roll calls )" in page
    )
    publish_whole(ActorFactory(slug="council", kind="organization"))
    assert "Which of its votes are here" not in visitor.text("/actors/council/")


def test_the_page_of_a_body_has_its_votes_up_to_the_day_and_its_members_on_it(
    visitor: Visitor, vote: Vote
) -> None:
    later = VoteFactory(body=vote.body, symbol="S/2024/1", title="The lock", held="2024-02-01")
    member = {"organization": vote.body, "role": "permanent member", "since": "1945"}
    left = ActorFactory(name="Zembla", memberships=[{"organization": vote.body, "until": "2000"}])
    china = edit(Actor.objects.get(slug="china"))
    china.memberships.create(**member)
    china.memberships.create(organization=vote.body, role="observer", since="1920", until="1944")
    publish_whole(later, left, edit(china, summary="A member."))
    address = "/actors/council/?on=2019-06-05"
    page = visitor.text(address)

    assert "Members China , permanent member (from 1945)" in page
    members = page.partition(" Members ")[2].partition(" Its votes ")[0]
    now, _, before = members.partition(" Earlier and later ones (2) ")
    assert [name in now for name in ("China", "observer", "Zembla")] == [True, False, False]
    assert [name in before for name in ("China", "observer", "Zembla")] == [True, True, True]
    votes = page.partition(" Its votes ")[2].partition(" Meetings ")[0]
    assert ("The canal" in votes, "The lock" in votes) == (True, False)
    assert " Its votes " not in visitor.text("/actors/china/")
    forget()
    with CaptureQueriesContext(connections["publication"]) as of_one:
        visitor.read(f"{address}&edition=2")
    members = [ActorFactory(memberships=[{"organization": vote.body}]) for _ in range(20)]
    publish_whole(*members, *(VoteFactory(body=vote.body, held="2019-03-01") for _ in range(20)))
    forget()
    with CaptureQueriesContext(connections["publication"]) as of_many:
        many = visitor.text(f"{address}&edition=3")
    assert members[-1].name in many
    assert (
        "These are the latest ones of 23 votes that are here, from 2019 to 2024; all of them "
        "as a table" in many
    )
    assert len(of_many) == len(of_one)


def test_the_page_of_a_state_says_who_holds_an_office_in_it(visitor: Visitor, vote: Vote) -> None:
    office = {"organization": Actor.objects.get(slug="china"), "role": "President"}
    publish_whole(ActorFactory(kind="person", name="Xi Jinping", memberships=[office]))

    assert "Who holds an office in it Xi Jinping , President" in visitor.text("/actors/china/")
