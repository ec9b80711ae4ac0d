"""The moment of an edition:
whoever goes on from it misses nothing, and what was so as of a moment stays so.
"""

from contextlib import closing
from random import Random

import pytest
from django.conf import settings

from tests.consistency.cast import cast
from tests.consistency.walker import Walker
from tests.factories import ActorFactory, IssueFactory
from tests.models.publishing import publication_of
from tests.models.rows import execute
from tests.models.sessions import Session
from tests.public.api.client import Reader
from tests.publishing.acts import changeset, chosen, published
from tests.publishing.processes import CONTEXT, together
from tracker.desk.merge import merge
from tracker.models import Edition
from tracker.public.read.editions import AsOf, answering
from tracker.verify import chain

pytestmark = pytest.mark.django_db(transaction=True)
NOW = "SELECT clock_timestamp()"


def test_who_reads_while_an_edition_is_made_reads_of_an_earlier_moment():
    """Its documents may take a minute to be written;
    as of a moment then, the edition before answers for ever.
    """
    issue = IssueFactory()
    with closing(Session()) as maker:
        maker.do("BEGIN")
        for statement, *parameters in publication_of(issue):
            maker.do(statement, *parameters)
        [(meanwhile,)] = execute(NOW)
        assert answering(AsOf(moment=meanwhile)).number == 0
        maker.do("COMMIT")

    assert Edition.objects.get().published_at > meanwhile
    assert answering(AsOf(moment=meanwhile)).number == 0
    assert list(chain.complaints(lambda *_: None)) == []


@pytest.mark.parametrize("role", [settings.APPLICATION, settings.OWNER, "NONE"])
def test_nobody_dates_an_edition(acting_as, role):
    """Not whoever makes it either:
    the owner's trigger does, before it is linked, and nothing after that.
    """
    with closing(Session()) as maker:
        maker.do("BEGIN")
        for statement, *parameters in publication_of(IssueFactory()):
            maker.do(statement, *parameters)
        maker.do(f"SET LOCAL ROLE {role}")
        if role == settings.APPLICATION:
            with pytest.raises(Exception, match="permission denied"):
                maker.do("UPDATE tracker_edition SET published_at = '2001-01-01'")
            return
        with pytest.raises(Exception, match="append-only"):
            maker.do("UPDATE tracker_edition SET published_at = '2001-01-01', note = 'Another.'")


def test_an_edition_is_later_than_one_of_a_clock_that_was_ahead(acting_as):
    published(ActorFactory())
    with acting_as("NONE"):
        execute(
            "SET session_replication_role = replica; "
            "UPDATE tracker_edition SET published_at = now() + interval '30 s'; "
            "SET session_replication_role = origin"
        )

    second = published(ActorFactory())

    assert second.published_at > Edition.objects.get(number=1).published_at
    assert second.published_at == Edition.objects.get(number=2).published_at


def test_at_the_desk_what_was_committed_after_an_edition_changed_since(client, django_user_model):
    """However early it happened: whoever has looked at the edition can't have seen it."""
    waiting, changed, seen = (
        ActorFactory(slug="waiting"),
        ActorFactory(slug="changed"),
        ActorFactory(slug="seen"),
    )
    client.force_login(django_user_model.objects.create_superuser("root"))
    with closing(Session()) as editor:
        editor.do("BEGIN")
        editor.do("UPDATE tracker_actor SET summary = 'Typed before.' WHERE id = %s", waiting.pk)
        edition = published(seen)
        editor.do("COMMIT")
    execute("UPDATE tracker_actor SET summary = 'Typed after.' WHERE id = %s", changed.pk)

    def since(number: int) -> set[int]:
        return {
            actor["id"]
            for actor in client.get(f"/api/v1/desk/actors/?changed_since={number}").json()[
                "results"
            ]
        }

    assert since(edition.number) == {waiting.pk, changed.pk}
    assert since(edition.number - 1) == {waiting.pk, changed.pk, seen.pk}
    assert since(published(waiting).number) == set()
    with changeset():
        merging = merge(loser=chosen(waiting)[0], survivor=chosen(seen)[0])
    assert since(merging.number - 1) == {waiting.pk, seen.pk}
    assert since(merging.number) == set(), "what the edition's own transaction changed is in it"


@pytest.mark.slow
def test_who_goes_on_from_the_moment_of_the_last_edition_misses_none_that_are_made_meanwhile():
    cast()
    Walker(Random(0)).do("publish_all")
    begun = CONTEXT.Barrier(5)

    *made, (changed, moments) = together(
        *[
            ("walker", (seed, {"bring_back": 8, "retract": 2, "publish": 1}, begun, 2.5))
            for seed in range(3)
        ],
        ("walker", (3, {"edit": 1}, begun, 2.5)),
        ("poller", (begun, 6)),
    )

    editions = Edition.objects.order_by("number")
    assert len([number for number, _ in made if number]) > 1, "publishers did publish side by side"
    assert len(moments) > 5, "the poller did poll meanwhile"
    assert moments == sorted(set(moments))
    assert moments[-1] == Reader().read(f"editions/{editions.last().number}/")["published_at"]
    published_since = {
        (change.record, change.edition_id)
        for edition in editions[1:]
        for change in edition.changes.filter(noun="stance", operation__in=["published", "updated"])
    }
    assert changed == published_since
