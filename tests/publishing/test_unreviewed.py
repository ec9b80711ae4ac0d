"""Whose text readers would be the first to see:
whoever wrote it, whoever touched the record after that.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.imports.importing import planned, write
from tests.factories import ActorFactory
from tests.publishing.acts import body, changeset, edited, many_stances, published, retracted
from tests.publishing.review.acting import at, by, edits, objections
from tests.publishing.test_statistics import looked_at
from tracker import history
from tracker.desk import imports, undo
from tracker.desk.merge import merge, propose
from tracker.desk.records import writing
from tracker.models import Actor, Event, Membership, Stance
from tracker.publishing.four_eyes import unreviewed
from tracker.publishing.publish import blockers, publish
from tracker.publishing.review import approve, send_back, submit
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def says(changed: int, version: int) -> list[str]:
    """Return what is said to who changed a record, and at which version last."""
    return [
        f"readers have not seen what you changed in it up to version {changed}, "
        f"so somebody else must approve or publish version {version}"
    ]


def public(**fields: Any) -> Actor:
    actor: Actor = ActorFactory(**fields)
    published(actor)
    return actor


def done(who: Any, act: Callable[[], Any], channel: Channel = Channel.ADMIN) -> Any:
    """Let somebody do something as one change; return its change set."""
    with changeset(who.pk, channel):
        act()
        return history.current().id


def merged(who: Any, loser: Actor, into: Actor) -> Any:
    """Let somebody merge a record into another; return the change set."""
    of_both = {"loser": at(loser), "survivor": at(into)}
    made = done(who, lambda: merge(**of_both))
    into.refresh_from_db()
    loser.refresh_from_db()
    return made


def joined(who: Any, actor: Actor, organization: Actor) -> None:
    done(who, lambda: Membership.objects.create(actor=actor, organization=organization))


def imported(who: Any, actor: Actor, directory: Path) -> None:
    path = write(directory, actors=[{"slug": actor.slug, "summary": "Imported."}])
    done(who, lambda: imports.apply(plan=planned(path), note=""), Channel.IMPORT)


TOUCHES: dict[str, Callable[[Any, Actor], Any]] = {
    "an edit of another field": lambda who, actor: edits(who, actor, summary="A comma, more."),
    "an edit of the same field": lambda who, actor: edits(who, actor, aliases=["Mine", "Yours"]),
    "a change of many": lambda who, actor: done(
        who, lambda: writing.set_fields(records=[at(actor)], values={"summary": "Of all."})
    ),
    "a part": lambda who, actor: joined(who, actor, public(kind="organization")),
    "over the API": lambda who, actor: by(
        who,
        lambda records: Actor.objects.filter(pk=actor.pk).update(summary="By a program."),
        actor,
        channel=Channel.API,
    ),
    "by nobody known": lambda who, actor: edited(actor, summary="By SQL."),
}


def test_an_import_of_one_column_leaves_the_rest_to_who_wrote_it(erik, emma, tmp_path):
    actor = public()
    edits(erik, actor, aliases=["Mine"])
    imported(emma, actor, tmp_path)

    assert objections(erik, publish, actor) == says(2, 3)


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
@pytest.mark.parametrize("is_public", [True, False], ids=["public", "draft"])
def test_what_somebody_wrote_stays_theirs_when_another_touches_it(erik, emma, touch, is_public):
    actor = public() if is_public else ActorFactory()
    edits(erik, actor, aliases=["Mine"])
    touch(emma, actor)
    actor.refresh_from_db()

    assert objections(erik, publish, actor) == says(2, 3)
    assert [problem.text for problem in blockers(records=[at(actor)], by=erik.pk)] == says(2, 3)


def test_nobody_of_two_who_wrote_publishes_and_each_does_once_the_other_approved(erik, emma):
    actor = public()
    edits(erik, actor, aliases=["His"])
    edits(emma, actor, summary="Hers")
    assert objections(erik, publish, actor) == says(2, 3)
    assert objections(emma, publish, actor) == says(3, 3)

    by(emma, submit, actor)
    by(erik, approve, actor)

    assert objections(erik, publish, actor) == says(2, 4)
    assert by(emma, publish, actor)


@pytest.mark.parametrize("was_sent_back", [False, True])
def test_what_was_approved_stays_so_when_another_edits_it(erik, emma, anna, was_sent_back):
    actor = public()
    edits(erik, actor, aliases=["Mine"])
    by(erik, submit, actor)
    if was_sent_back:
        by(emma, send_back, actor, text="Why?")
        by(erik, submit, actor)
    by(emma, approve, actor)
    edits(anna, actor, summary="One more sentence.")

    assert by(erik, publish, actor)


def test_what_readers_saw_is_nobodys_text_any_more(erik, emma):
    actor = public()
    edits(erik, actor, aliases=["Mine"])
    by(emma, publish, actor)
    edits(emma, actor, summary="Hers")

    assert by(erik, publish, actor)


def test_a_version_in_step_is_one_that_readers_see(erik, emma):
    actor = public(aliases=["PRC"])
    edits(erik, actor, aliases=["Mine"])
    edits(emma, actor, aliases=["PRC"])
    assert by(emma, publish, actor) is None
    edits(emma, actor, summary="Hers")

    assert by(erik, publish, actor)


def test_what_was_withdrawn_counts_from_what_readers_saw_last(erik, emma):
    same, other = public(), public()
    edits(erik, other, aliases=["Mine"])
    retracted(same, other)
    edits(emma, same, summary="Hers")
    edits(emma, other, summary="Hers")

    assert objections(erik, publish, other) == says(2, 3)
    assert by(erik, publish, same)


@pytest.mark.parametrize("is_public", [True, False], ids=["public", "drafts"])
def test_a_merge_brings_who_wrote_in_the_loser(erik, emma, anna, is_public):
    loser, survivor = ActorFactory(name="PRC"), ActorFactory(name="China")
    published(survivor, *([loser] if is_public else []))
    edits(erik, loser, aliases=["Unseen"])
    with changeset(anna.pk, Channel.ADMIN):
        propose(loser=at(loser), survivor=at(survivor))

    merged(emma, loser, survivor)

    assert "Unseen" in survivor.aliases
    assert "Unseen" not in body(survivor)["aliases"]
    assert objections(erik, publish, survivor) == says(survivor.version, survivor.version)
    by(anna, submit, survivor)
    by(emma, send_back, survivor, text="No.")
    assert objections(erik, publish, survivor) == says(survivor.version - 2, survivor.version)
    assert by(anna, publish, survivor)
    edits(emma, survivor, summary="Hers.")
    assert by(erik, publish, survivor), "readers have seen it since"


def test_a_merge_brings_who_wrote_in_losers_of_its_loser_and_no_others(erik, emma, anna):
    first, second, survivor, other = (
        ActorFactory(name=name) for name in ("PRC", "P.R.C.", "China", "Cathay")
    )
    published(survivor)
    edits(erik, first, aliases=["Unseen"])
    merged(emma, first, second)
    merged(anna, second, survivor)
    edits(emma, other, summary="Hers.")

    assert "Unseen" in survivor.aliases
    assert objections(erik, publish, survivor) == says(survivor.version, survivor.version)
    assert by(erik, publish, other)


def test_what_readers_saw_of_the_loser_is_brought_by_nobody(erik, emma, anna):
    loser, survivor = public(name="PRC"), public(name="China")
    edits(erik, loser, aliases=["Seen"])
    by(emma, publish, loser)
    done(anna, lambda: propose(loser=at(loser), survivor=at(survivor)))
    merged(emma, loser, survivor)
    edits(emma, survivor, summary="Hers.")

    assert "Seen" in body(survivor)["aliases"]
    assert by(erik, publish, survivor)


def test_an_approval_of_the_loser_counts_for_what_it_brings(erik, emma, anna):
    loser, survivor = ActorFactory(name="PRC"), public(name="China")
    edits(erik, loser, aliases=["Seen by Emma"])
    by(erik, submit, loser)
    by(emma, approve, loser)
    merged(anna, loser, survivor)

    assert by(erik, publish, survivor)
    assert "Seen by Emma" in body(survivor)["aliases"]


def test_a_merge_in_public_leaves_what_waits_in_the_survivor_to_who_wrote_it(erik, emma, anna):
    """The desk is written twice:
    as readers are to see it, and then with what waits, by whoever merges.
    """
    loser, survivor = public(name="PRC", aliases=["Zhongguo"]), public(name="China")
    edits(erik, survivor, summary="Unseen.")
    done(anna, lambda: propose(loser=at(loser), survivor=at(survivor)))

    made = merged(emma, loser, survivor)

    assert (survivor.summary, body(survivor)["summary"]) != ("Unseen.", "Unseen.")
    assert survivor.version == 4
    assert objections(erik, publish, survivor) == says(2, 4)
    done(emma, lambda: undo.undo(changeset=made))
    assert objections(erik, publish, survivor) == says(2, 5)


def test_a_merge_that_was_undone_brings_nobody_unless_the_survivor_kept_what_it_gained(
    erik, emma, anna
):
    pairs = [(ActorFactory(name=f"PRC {i}"), public(name=f"China {i}")) for i in range(2)]
    for loser, survivor in pairs:
        edits(erik, loser, aliases=["Unseen"])
        made = merged(anna, loser, survivor)
        kept = [(Noun.ACTOR, survivor.pk)] if survivor is pairs[1][1] else []
        done(emma, lambda made=made, kept=kept: undo.undo(changeset=made, leaving_out=kept))
        edits(emma, survivor, summary="Hers.")
    whole, part = (survivor for _, survivor in pairs)

    assert by(erik, publish, whole)
    assert "Unseen" not in body(whole)["aliases"]
    assert objections(erik, publish, part) == says(2, 3)


def test_a_merge_done_again_brings_its_authors_again(erik, emma, anna):
    loser, survivor = ActorFactory(name="PRC"), public(name="China")
    edits(erik, loser, aliases=["Unseen"])
    made = merged(anna, loser, survivor)
    undone = done(emma, lambda: undo.undo(changeset=made))
    done(emma, lambda: undo.undo(changeset=undone))

    assert objections(erik, publish, survivor) == says(4, 4)


def test_as_many_statements_for_twenty_as_for_one(erik, emma):
    actors = [ActorFactory() for _ in range(20)]
    for actor in actors:
        edits(erik, actor, aliases=["Mine"])
    counts = []
    for batch in (actors[:1], actors):
        with CaptureQueriesContext(connection) as asked:
            problems = list(unreviewed({Noun.ACTOR: {actor.pk: 2 for actor in batch}}, erik.pk))
        counts.append(len(asked))
        assert len(problems) == len(batch)

    assert counts[0] == counts[1] <= 3


@pytest.mark.parametrize("counted", ["never", "once, when nothing was there"])
def test_many_are_looked_up_by_their_numbers_whatever_was_counted(acting_as, erik, emma, counted):
    count = 300
    first = many_stances(count)
    stances = list(Stance.objects.filter(pk__gte=first))
    published(*stances)
    with changeset(emma.pk, Channel.ADMIN):
        Stance.objects.filter(pk__gte=first).update(summary="Hers.")
    with acting_as("NONE"), connection.cursor() as cursor:
        rows = (0, -1) if counted == "never" else (1000, 0)
        cursor.execute(
            "UPDATE pg_class SET relpages = %s, reltuples = %s WHERE relname LIKE 'tracker_%%'",
            rows,
        )

    with looked_at(acting_as) as noted:
        assert list(unreviewed({Noun.STANCE: {stance.pk: 2 for stance in stances}}, erik.pk)) == []

    assert Event.objects.filter(noun="stance").count() >= 2 * count
    assert [(each.rows, each.text) for each in noted if each.rows > 20 * count] == []
