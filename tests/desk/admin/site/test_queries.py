"""Pages of the desk cost the same number of queries at 1 row and at 20:
of records, of parts, of changes, of steps.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.costs import assert_same_cost
from tests.desk.admin.conftest import address
from tests.desk.undo.acts import done, edit
from tests.factories import (
    FACTORIES,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    MembershipFactory,
    PredecessorFactory,
    ReviewFactory,
    SourceFactory,
    StanceFactory,
    TokenFactory,
    UserFactory,
)
from tests.publishing.acts import all_of, published
from tests.publishing.review.acting import by, edits, person
from tracker import history
from tracker.desk.admin.actions.selection import pinned
from tracker.models import Actor, ChangeSet, Source
from tracker.publishing.publish import Chosen
from tracker.publishing.review import approve, comment, send_back, submit
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.slow, pytest.mark.gate, pytest.mark.django_db]
Prepare = Callable[[Client, int], str]
# rows of a list that has two already: one page, also of what a searching select finds
MOST_MADE = 18
A_PAGE = 12  # claims, each of which is published with three more records
LISTS: dict[str, Callable[[], Any]] = {
    **FACTORIES,
    "issue": lambda: IssueFactory(parent=IssueFactory()),
    "stance": lambda: StanceFactory(defers_to=ActorFactory()),
}


def made(make: Callable[[], Any], page: str) -> Prepare:
    """Return how so many are made that a page shows."""
    return lambda _, number: [make() for _ in range(min(number, MOST_MADE))] and page


def of(make: Callable[[int], Any], page: str = "change") -> Prepare:
    """Return how a record with so many parts is made, whose page is asked for."""
    return lambda _, number: address(make(number), page)


def full_actor(number: int) -> Any:
    actor = ActorFactory()
    for _ in range(number):
        MembershipFactory(actor=actor, source=SourceFactory())
        PredecessorFactory(actor=actor)
    return actor


def full_meeting(number: int) -> Any:
    participants = [{"represented_by": ActorFactory(kind="person")} for _ in range(number)]
    return MeetingFactory(participants=participants, issues=[{}] * number)


def changed(number: int) -> Any:
    stance = StanceFactory(citations=[])
    for _ in range(min(number, 19)):  # with its making, a page
        edit(stance, actor=ActorFactory())
    return stance


def reviewed(number: int) -> Any:
    stance = StanceFactory(citations=[{"locator": "1"}] * number)
    by(person("analysts"), submit, stance)
    for _ in range(number):
        ReviewFactory(of=stance)
        by(person("editors"), comment, stance, text="Again.")
    return stance


def reviewed_within_a_list(_: Client, number: int) -> str:
    stances = StanceFactory.create_batch(number + 1)
    among = ".".join(f"stance-{stance.pk}" for stance in stances)
    return f"{address(stances[0], 'review')}?among={among}"


def version_of(page: str) -> Prepare:
    """Return how a page of the first or last version of a stance
    with so many citations is reached.
    """

    def prepare(_: Client, number: int) -> str:
        stance = StanceFactory(citations=[{}] * number)
        return f"/admin/tracker/stance/{stance.pk}/{page.format(stance.version)}"

    return prepare


def published_whole(number: int) -> Any:
    records = [record for _ in range(min(number, A_PAGE)) for record in all_of(StanceFactory())]
    return published(*records)


def with_an_edition(client: Client) -> None:
    with history.changeset(made_by=client.user.pk, reason="x", channel=Channel.API):
        actor = ActorFactory()
    published(actor, note="x")


def narrowed(query: str, page: str) -> Prepare:
    """Return how so many changes and editions are made that a list then finds."""

    def prepare(client: Client, number: int) -> str:
        for _ in range(min(number, MOST_MADE)):
            with_an_edition(client)
        return f"/admin/tracker/{page}/?{query.format(client.user.pk)}"

    return prepare


def touched(_: Client, number: int) -> str:
    return address(
        ChangeSet.objects.get(pk=done(lambda: StanceFactory.create_batch(min(number, A_PAGE))))
    )


def undo_of_what_was_changed_since(_: Client, number: int) -> str:
    """Return the page that undoes a change, which is blocked by as many others,
    of records and of parts.
    """
    stance = StanceFactory(citations=[{"locator": "1"}] * number)
    actors = Actor.objects.filter(pk__in=[ActorFactory(name="Old").pk for _ in range(number)])
    change = done(lambda: (actors.update(name="New"), stance.citations.update(quote="So.")))
    done(lambda: (actors.update(name="Newer"), stance.citations.update(quote="Or so.")))
    return f"/admin/tracker/changeset/{change}/undo/"


def searched(noun: str, field: str, **named: str) -> Prepare:
    """Return how so many records are made that a searching select finds:
    by what they are called, or all.
    """
    term = next(iter(named.values()), "")
    query = f"app_label=tracker&model_name={noun}&field_name={field}&term={term}"
    return made(lambda: FACTORIES[Noun(field)](**named), f"/admin/autocomplete/?{query}")


def claims_that_all_filters_find(_: Client, number: int) -> str:
    top = IssueFactory()
    for _ in range(number):
        cited = [{"source": SourceFactory(), "locator": "1"}]
        claim = StanceFactory(issue=IssueFactory(parent=top), confirmed_on=None, citations=cited)
        published(*all_of(claim), top)
    query = f"issue__exact={top.pk}&below=1&period=2019&attention=unconfirmed&archive=none"
    return f"/admin/tracker/stance/?{query}&channel=sql&standing__exact=accepted"


def merged_into(_: Client, number: int) -> str:
    loser = ActorFactory()
    StanceFactory.create_batch(number, actor=loser)
    return f"{address(loser, 'merge')}?into={ActorFactory().pk}"


def moved(number: int) -> Any:
    top = IssueFactory()
    for _ in range(number):
        StanceFactory(issue=IssueFactory(parent=top))
    return top


def sources_of_one_address(_: Client, number: int) -> str:
    for _ in range(number):
        SourceFactory(url="https://example.org/a", issued=f"20{Source.objects.count():02}")
    return "/admin/tracker/source/alike/?url=https://example.org/a"


def tokens(client: Client, number: int) -> str:
    TokenFactory.create_batch(number, user=client.user)
    return "/admin/tracker/token/"


def worklist(name: str) -> Prepare:
    """Return how so many records are made that wait for somebody, in a list of work."""

    def prepare(client: Client, number: int) -> str:
        other, records = person("editors"), StanceFactory.create_batch(number)
        if name == "drafts":
            for record in records:
                edits(client.user, record, summary="Mine.")
        elif name == "sent-back":
            by(client.user, submit, *records)
            by(other, send_back, *records, text="Which decree?")
        else:
            by(other, submit, *records, to=client.user.pk)
        return f"/admin/review/{name}/"

    return prepare


def approved(_: Client, number: int) -> str:
    records = ActorFactory.create_batch(number)
    by(person("analysts"), submit, *records)
    by(person("editors"), approve, *records)
    return "/admin/tracker/actor/"


PAGES: dict[str, Prepare] = {
    **{
        f"the form of a {noun} with citations": of(
            lambda number, noun=noun: FACTORIES[noun](citations=[{"locator": "1"}] * number)
        )
        for noun in (Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING, Noun.VOTE)
    },
    "the form of a meeting": of(full_meeting),
    "the form of an issue": of(lambda number: IssueFactory(core_interests=[{}] * number)),
    "the form of an actor": of(full_actor),
    "the history of a record": of(changed, "history"),
    "the history of a review": of(reviewed, "history"),
    "a review": of(reviewed, "review"),
    "a version": version_of("version/{}/"),
    "two versions": version_of("compare/?old=1&new={}"),
    "a version to put back": version_of("version/1/put-back/"),
    "what was deleted": made(
        lambda: done(StanceFactory().delete), "/admin/tracker/changeset/deleted/"
    ),
    "change sets": narrowed("", "changeset"),
    "change sets that are looked for": narrowed("q=x&who={}", "changeset"),
    "editions": narrowed("", "edition"),
    "editions that are looked for": narrowed("q=x&who={}", "edition"),
    "a change set": touched,
    "an edition": of(published_whole),
    "an undo": undo_of_what_was_changed_since,
    "choosing an actor": searched("stance", "actor"),
    "choosing an issue": searched("stance", "issue"),
    "finding an actor": searched("stance", "actor", name="river"),
    "finding an issue": searched("alignment", "issue", title="river"),
    "finding a source": searched("stancecitation", "source", title="river"),
    "searching": made(
        lambda: StanceFactory(actor__names={"ru": "Китай"}), "/admin/tracker/stance/?q=китай"
    ),
    "a narrowed list": claims_that_all_filters_find,
    "merging": merged_into,
    "moving": lambda _, number: f"{address(moved(number), 'move')}?parent=",
    "sources of one address": sources_of_one_address,
    "tokens": tokens,
    "people": made(
        lambda: UserFactory(groups=["editors"], is_staff=True), "/admin/auth/user/?role=editors"
    ),
    "a review within a list": reviewed_within_a_list,
    "what was approved": approved,
    **{f"the worklist {name}": worklist(name) for name in ("waiting", "sent-back", "drafts")},
}


@pytest.mark.parametrize("prepare", PAGES.values(), ids=PAGES)
def test_a_page(administrator: Client, prepare: Prepare) -> None:
    assert_same_cost(lambda number: asking(administrator, prepare(administrator, number)))


@pytest.mark.parametrize("noun", Noun)
def test_a_list_takes_few_queries(administrator: Client, noun: Noun) -> None:
    prepare = made(LISTS[noun], f"/admin/tracker/{noun}/")

    assert (
        assert_same_cost(lambda number: asking(administrator, prepare(administrator, number))) <= 12
    )


def asking(client: Client, page: str, **sent: Any) -> Callable[[], None]:
    """Return what asks for a page, by GET, or by POST of what is sent, which must be shown."""

    def ask() -> None:
        answer = client.post(page, sent) if sent else client.get(page)
        assert answer.status_code == 200, page

    return ask


@pytest.mark.parametrize(
    "action",
    [
        "submit_selected",
        "assign_selected",
        "confirm_selected",
        "approve_and_publish_selected",
        "publish_selected",
    ],
)
def test_a_page_that_asks_before_a_step(administrator: Client, action: str) -> None:
    def prepare(number: int) -> Callable[[], None]:
        stances = [StanceFactory(state="in_review") for _ in range(number)]
        for stance in stances:
            # what they name is public, so that all rows are on one page of cards
            published(*all_of(stance)[1:])
        selected = [stance.pk for stance in stances]
        return asking(
            administrator,
            "/admin/tracker/stance/",
            action=action,
            _selected_action=selected,
            index="0",
        )

    assert_same_cost(prepare)


def test_the_page_that_asks_why_each_of_several_is_published(administrator: Client) -> None:
    def prepare(number: int) -> Callable[[], None]:
        actors = ActorFactory.create_batch(max(number, 2))  # of one alone the note says it
        published(*actors)
        for actor in actors:
            edits(administrator.user, actor, summary="So.")
        sent = {
            "action": "publish_selected",
            "_selected_action": [actor.pk for actor in actors],
            "index": "0",
        }
        return asking(administrator, "/admin/tracker/actor/", **sent)

    assert_same_cost(prepare)


def test_what_is_changed_of_a_selection(administrator: Client) -> None:
    def prepare(number: int) -> Callable[[], None]:
        stances = [StanceFactory(confidence="low") for _ in range(number)]
        there = pinned(Chosen(Noun.STANCE, stance.pk, stance.version) for stance in stances)
        sent = {
            "field": "confidence",
            "confidence": "high",
            "reason": "x",
            "step": "look",
            "records": there,
        }
        of_them = {"action": "change_selected", "_selected_action": stances[0].pk}
        return asking(administrator, "/admin/tracker/stance/", **of_them, **sent)

    assert_same_cost(prepare)


def test_the_first_page(analyst: Client) -> None:
    china, russia = ActorFactory(iso3="CHN"), ActorFactory(iso3="RUS")

    def make() -> None:
        claim = {"standing": "contested", "standing_note": "x", "confirmed_on": None}
        stance = StanceFactory(actor=china, **claim)
        AlignmentFactory(actor=china, issue=stance.issue, **claim)
        StanceFactory(actor=russia, issue=stance.issue, basis="forecast", likelihood="likely")
        for since in ("2100", "2000"):
            MeetingFactory(status="planned", since=since)
        records = StanceFactory.create_batch(3)
        by(analyst.user, submit, *records[:2])
        by(person("editors"), send_back, records[0], text="No.")
        edits(analyst.user, records[2], summary="Hers.")

    def prepare(number: int) -> Callable[[], None]:
        for _ in range(number):
            make()
        return asking(analyst, "/admin/")

    assert assert_same_cost(prepare) <= 30
