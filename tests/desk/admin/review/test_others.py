"""What may be there already is told at review and before publication, of every noun;
nothing is refused for it.
"""

import pytest

from tests.costs import cost
from tests.desk.admin.actions.test_publish import asked, sent
from tests.desk.admin.conftest import address
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.models import SourceDocument
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
TITLE = "Here already?"


def two_sources():
    """Return a source, and another that has its address in another spelling."""
    return SourceFactory(url="https://example.org/page", title="First"), SourceFactory(
        url="http://www.example.org/page/?utm_source=x", issued="2019-07", title="Second"
    )


def twins(noun):
    """Return two records of a noun of which each may be the other."""
    match noun:
        case Noun.SOURCE:
            return two_sources()
        case Noun.ACTOR:
            return ActorFactory(wikidata_id="Q148"), ActorFactory(wikidata_id="Q148")
        case Noun.STANCE:
            first = StanceFactory(since="2018")
            return first, StanceFactory(since="2019", actor=first.actor, issue=first.issue)
        case Noun.ALIGNMENT:
            first = AlignmentFactory()
            return first, AlignmentFactory(
                actor=first.counterpart, counterpart=first.actor, issue=first.issue
            )
        case Noun.ACT:
            actors = [{"actor": actor} for actor in ActorFactory.create_batch(2)]
            return tuple(ActFactory(participants=order) for order in (actors, actors[::-1]))
        case Noun.MEETING:
            actors = [{"actor": actor} for actor in ActorFactory.create_batch(2)]
            return tuple(
                MeetingFactory(since="2019-06-05", participants=order)
                for order in (actors, actors[::-1])
            )
        case _:
            first = VoteFactory()
            return first, VoteFactory(body=first.body, held=first.held, symbol=first.symbol)


@pytest.mark.parametrize("noun", [noun for noun, key in DUPLICATE_KEYS.items() if key])
def test_a_review_tells_of_what_the_record_may_be_already(editor, noun):
    first, second = twins(noun)

    page = editor.get(address(second, "review")).content.decode()
    assert TITLE in page
    section = page.split(TITLE)[1].split("</section>")[0]
    assert DUPLICATE_KEYS[noun].message in section
    assert address(first, "review") in section
    assert address(second, "review") not in section


def test_a_review_of_what_is_like_no_other_says_nothing(editor):
    for record in (SourceFactory(), IssueFactory(), MeetingFactory(), SourceFactory(url="")):
        assert TITLE not in editor.get(address(record, "review")).content.decode()


def test_the_pages_before_submitting_and_publishing_tell_it_and_publish_all_the_same(editor):
    first, second = two_sources()

    for action in ("submit_selected", "publish_selected"):
        page = asked(editor, [second], action)
        section = page.content.decode().split(TITLE)[1].split("</section>")[0]
        assert "Second (2019-07) may be here already, with the same address" in section
        assert address(first, "review") in section
    assert TITLE not in asked(editor, [second], "assign_selected").content.decode()
    assert TITLE not in asked(editor, [SourceFactory()]).content.decode()
    assert editor.post("/admin/tracker/source/", sent(page, note="A note")).status_code == 302
    assert SourceDocument.objects.count() == 1


def test_how_many_are_told_takes_no_more_queries(editor):
    def cost_of(count):
        firsts = SourceFactory.create_batch(count)
        sources = [*firsts, *(SourceFactory(url=first.url, issued="2020") for first in firsts)]
        assert asked(editor, sources).content.decode().count("may be here already") == 2 * count
        return cost(lambda: asked(editor, sources))

    assert cost_of(1) == cost_of(10)
