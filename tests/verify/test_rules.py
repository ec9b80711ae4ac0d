"""Rules between documents that an edition breaks, as `verify` tells of them.

The documents are told as they would be had the desk been so.
"""

import json

import pytest

from tests.factories import AlignmentFactory, StanceFactory
from tests.publishing.acts import edited, published
from tests.verify.world import damage, damaged, other_complaints, run
from tracker.values.vocabularies import TALLY


def rewritten(world, record, **fields):
    """Let a record have been another from the start:
    in its row, its events, and the documents' bodies and columns.
    """
    noun = record._meta.model_name
    as_json = json.dumps(fields).replace("'", "''")
    run(
        f"UPDATE tracker_event SET after = after || '{as_json}', before = before || '{as_json}' "
        f"WHERE noun = '{noun}' AND part = '' AND record = {record.pk}",
        *(
            f"UPDATE tracker_{noun} SET {name} = '{value}' WHERE id = {record.pk}"
            for name, value in fields.items()
        ),
    )


def test_two_accepted_stances_of_one_actor_on_one_issue(world):
    rival = StanceFactory(
        actor=world.other,
        issue=world.issue,
        since="2019",
        standing="contested",
        standing_note="Another reading.",
        citations=[{"source": world.source, "locator": "p. 8"}],
    )
    published(rival)

    with damage():
        rewritten(world, rival, standing="accepted")
        run(
            "UPDATE tracker_stancedocument SET standing = 'accepted', body = replace(body, "
            "'\"contested\"', "
            f"'\"accepted\"') WHERE record = {rival.pk}"
        )

    assert other_complaints() == [
        f"edition 6: stance {rival.pk}: stance {world.forecast.pk} is accepted for the same "
        f"actor and issue on days of the same period"
    ]


def test_two_accepted_alignments_of_one_pair_entered_either_way(world):
    rival = AlignmentFactory(
        actor=world.other,
        counterpart=world.actor,
        issue=world.issue,
        standing="contested",
        standing_note="Another reading.",
        citations=[{"source": world.source, "locator": "p. 8"}],
    )
    published(rival)

    with damage():
        rewritten(world, rival, standing="accepted")
        run(
            "UPDATE tracker_alignmentdocument SET standing = 'accepted', body = "
            "replace(body, '\"contested\"', "
            f"'\"accepted\"') WHERE record = {rival.pk}"
        )

    assert other_complaints() == [
        f"edition 6: alignment {rival.pk}: alignment {world.alignment.pk} is accepted for "
        f"the same pair and issue on days of the same period"
    ]


def test_a_stance_on_an_issue_without_a_question(world):
    question = world.issue.question

    with damage():
        rewritten(world, world.issue, question="")
        run(
            f"UPDATE tracker_issuedocument SET has_question = false, body = replace(body, "
            f"'\"{question}\"', 'null') WHERE record = {world.issue.pk}",
            "UPDATE tracker_issuedocument SET search = public.document_words(body)",
        )

    assert other_complaints() == [
        f"edition {edition}: stance {stance.pk}: a grouping issue has no question to take a "
        f"position on"
        for edition, stance in [
            (1, world.stance),
            (1, world.forecast),
            (2, world.stance),
            (3, world.stance),
        ]
    ]


@pytest.mark.parametrize("operation", ["published", "renamed"])
def test_a_veto_without_a_permanent_members_no(world, operation):
    """It is not told of a document that is only a renamed one,
    which says what the one before it said.
    """
    adopted, vetoed = (f'"outcome":"{outcome}"' for outcome in ("adopted", "vetoed"))
    with damage():
        rewritten(world, world.vote, outcome="vetoed")
        run(
            f"UPDATE tracker_votedocument SET outcome = 'vetoed', body = replace(body, "
            f"'{adopted}', '{vetoed}')",
            "UPDATE tracker_votedocument SET search = public.document_words(body)",
            f"UPDATE tracker_change SET operation = '{operation}' WHERE noun = 'vote'",
        )

    complaints = [complaint for complaint in other_complaints() if "vetoed" in complaint]
    by_nobody = (
        "no permanent member is known to have voted against it, so it can’t be told as vetoed"
    )
    veto = f"edition 1: vote {world.vote.pk}: {by_nobody}"
    assert complaints == ([veto] if operation == "published" else [])


@pytest.mark.parametrize("choice", TALLY)
def test_a_vote_with_more_ballots_than_its_tally_counts(world, choice):
    assert (
        f"edition 1: vote {world.vote.pk}: 1 members cast “{choice}”, and the tally counts 0"
        in damaged(
            f"UPDATE tracker_votedocument SET {choice} = ARRAY[{world.actor.pk}], "
            f"{TALLY[choice]} = 0",
        )
    )


def test_issues_that_are_their_own_ancestors(world):
    """The desk never had such a tree at one moment;
    the publication has, if both moves were published past the rule.
    """
    edited(world.issue, parent_id=None)
    edited(world.above, parent_id=world.issue.pk)

    with damage():
        run(
            "INSERT INTO tracker_edition VALUES (6, now() + interval '1 day', '', 0, NULL)",
            f"UPDATE tracker_issuedocument SET closed = 6 WHERE record = {world.above.pk}",
            "INSERT INTO tracker_issuedocument "
            "(record, version, opened, shape, body, sort, slug, parent, themes, region, "
            "has_question, search) "
            "SELECT record, 2, 6, shape, replace(body, '\"parent\":null', "
            '\'"parent":{"url":"/api/v1/issues/below/","slug":"below","name":"Below"}\'), '
            "sort, slug, "
            f"{world.issue.pk}, themes, region, has_question, search "
            f"FROM tracker_issuedocument WHERE record = {world.above.pk}",
            f"INSERT INTO tracker_mention SELECT 'issue', id, 'issue', {world.issue.pk} FROM "
            f"tracker_issuedocument "
            "WHERE opened = 6",
            "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
            f"VALUES (6, 1, 'issue', {world.above.pk}, 'above', 'updated', '{{\"parent\": [null, "
            '{"url": "/api/v1/issues/below/", "slug": "below", "name": "Below"}]}\')',
            "UPDATE tracker_issuedocument SET search = public.document_words(body)",
        )

    assert other_complaints() == [
        f"edition 6: issue {world.above.pk}: this issue would be its own ancestor",
    ]


def test_a_document_ahead_of_the_desk(world):
    version = world.other.version

    assert damaged(
        "UPDATE tracker_event SET after = jsonb_set(after, '{version}', '0') "
        f"WHERE noun = 'actor' AND record = {world.other.pk} AND part = ''",
        f"UPDATE tracker_actor SET version = 0 WHERE id = {world.other.pk}",
    ) == [
        f"actor {world.other.pk}, opened by edition 1: its history has no version {version}",
        f"actor {world.other.pk}: the desk has version 0, the publication has version {version}",
    ]
