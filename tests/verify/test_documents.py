"""Documents that are not what their version at the desk renders to, as `verify` tells of them."""

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from tests.publishing.acts import edited, published
from tests.verify.world import damage, damaged, other_complaints, run
from tracker.schema.records import shape_of
from tracker.values.nouns import Noun

STANCES, ACTORS = "tracker_stancedocument", "tracker_actordocument"


def test_a_body_whose_own_data_were_changed(world):
    assert damaged(
        f"UPDATE {STANCES} SET body = replace(body, 'silent', 'neutral') WHERE record = "
        f"{world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its body is not what version 2 "
        f"renders to: position"
    ]


def test_a_half_made_edit_of_the_desk_in_a_body(world):
    assert damaged(
        f"UPDATE {STANCES} SET body = replace(body, 'Corrected.', 'Half-made.') "
        f"WHERE record = {world.stance.pk} AND closed IS NULL"
    ) == [
        f"stance {world.stance.pk}, opened by edition 3: its body is not what version 4 "
        f"renders to: summary",
        f"stance {world.stance.pk}, opened by edition 3: its change does not tell how the "
        f"two bodies differ: summary",
    ]


def test_a_body_that_names_somebody_as_nobody_was_called(world):
    assert damaged(
        f"UPDATE {STANCES} SET body = replace(body, 'Russia', 'Ruritania') WHERE record = "
        f"{world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its body is not what version 2 "
        f"renders to: actor"
    ]


def test_a_ballot_under_a_key_that_its_actor_had_at_another_time(world):
    """It keeps that of the document before;
    in the first one it is that of then, and never anybody else's.
    """
    world.vote.ballots.create(actor=world.actor, choice="yes")
    published(world.vote)
    edited(world.actor, slug="cathay")
    published(world.actor)
    edited(world.vote, summary="Corrected.")
    edition = published(world.vote).number
    assert other_complaints() == []

    for key, is_found in (("china", True), ("russia", True), ("cathay", False)):
        with transaction.atomic():
            complaints = damaged(
                f"UPDATE tracker_votedocument SET body = replace(body, '[\"prc\"]', "
                f"'[\"{key}\"]') WHERE closed IS NULL"
            )
            transaction.set_rollback(True)
        where = f"vote {world.vote.pk}, opened by edition {edition}: its body is not what"
        assert any(complaint.startswith(where) for complaint in complaints) is is_found, key


def test_a_body_whose_bytes_are_others_though_they_say_the_same(world):
    assert damaged(
        f"UPDATE {STANCES} SET body = body::json::text || ' ' WHERE record = {world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: "
        "its body is not what version 2 renders to: the order or spelling of its fields"
    ]


def test_a_body_that_is_no_json(world):
    assert damaged(
        f"UPDATE tracker_sourcedocument SET body = '{{' WHERE record = {world.source.pk}"
    )[0].startswith(
        f"source {world.source.pk}, opened by edition 1: its body is not what version 1 "
        f"renders to: id, type, title, "
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("position", "'neutral'"),
        ("possible", "daterange('2018-01-01', '2018-01-02')"),
        ("certain", "'empty'"),
        ("confirmed_on", "'2001-01-01'"),
        ("instruments", "'{military}'"),
        ("sort", "'2001-01-01'"),
        ("score", "2"),
        ("ref", "'another'"),
        ("hedged", "NOT hedged"),
        ("search", "to_tsvector('public.tracker', 'other words')"),
    ],
)
def test_a_column_that_is_not_its_record_s(world, column, value):
    assert damaged(
        f"UPDATE {STANCES} SET {column} = {value} WHERE record = {world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its columns are not those of its "
        f"record: {column}"
    ]


def test_the_day_of_the_last_check_in_what_was_published_before_it_had_a_column(world):
    filled = import_module("tracker.migrations.0013_confirmed_on").FILLED

    assert damaged(f"UPDATE {STANCES} SET confirmed_on = '2001-01-01'") != []
    with damage():
        run(*(part for part in filled.format(noun="stance").split(";") if "UPDATE" in part))
    assert other_complaints() == []


def test_ballots_of_votes_that_were_published_before_their_order_was_looked_at(world):
    filled = import_module("tracker.migrations.0024_ballots_in_order").FILLED
    ballot = world.vote.ballots.create(actor=world.other, choice="yes")
    world.vote.ballots.create(actor=world.actor, choice="yes")
    published(world.vote)
    assert ballot.actor_id > world.actor.pk

    with damage():
        with (
            pytest.raises(IntegrityError, match="vote_document_ballots_in_order"),
            transaction.atomic(),
        ):
            run("UPDATE tracker_votedocument SET yes = array_reverse(yes)")
        run("ALTER TABLE tracker_votedocument DROP CONSTRAINT vote_document_ballots_in_order")
    assert damaged("UPDATE tracker_votedocument SET yes = array_reverse(yes)") != []
    with damage():
        run(*(part for part in filled.split(";") if "UPDATE" in part))
    assert other_complaints() == []


@pytest.mark.slow
def test_words_that_are_a_little_other_than_the_body_s(world):
    for noun in Noun:
        assert (
            damaged(
                f"UPDATE tracker_{noun}document SET search = setweight(search, 'D') WHERE "
                f"opened = 1"
            )
            != []
        )
        assert (
            damaged(
                f"UPDATE tracker_{noun}document SET search = public.document_words(body) "
                f"WHERE opened = 1"
            )
            == []
        )


def test_a_column_of_another_noun(world):
    assert damaged(
        "UPDATE tracker_meetingdocument SET participants = '{}' WHERE closed IS NULL"
    ) == [
        f"meeting {world.meeting.pk}, opened by edition 5: its columns are not those of its "
        f"record: participants"
    ]
    assert damaged(f"UPDATE {ACTORS} SET kind = 'person' WHERE record = {world.bloc.pk}")[:1] == [
        f"actor {world.bloc.pk}, opened by edition 1: its columns are not those of its record: kind"
    ]


def test_a_version_that_history_does_not_have(world):
    assert damaged(f"UPDATE {ACTORS} SET version = 0 WHERE record = {world.other.pk}") == [
        f"actor {world.other.pk}, opened by edition 1: its history has no version 0",
        f"actor {world.other.pk}: the desk is ahead of the publication, and lists of drafts "
        f"don't know it",
    ]


def test_another_version_than_the_one_that_was_rendered(world):
    assert damaged(
        f"UPDATE {STANCES} SET version = 2 WHERE record = {world.stance.pk} AND closed IS NULL"
    ) == [
        f"stance {world.stance.pk}, opened by edition 3: its body is not what version 2 "
        f"renders to: summary, citations",
        f"stance {world.stance.pk}, opened by edition 3: its change says “updated”, but it "
        f"was renamed",
    ]


def test_an_event_of_history_that_was_rewritten(world):
    assert damaged(
        "UPDATE tracker_event SET after = jsonb_set(after, '{quote}', '\"Other words.\"') "
        f"WHERE noun = 'stance' AND part = 'citation' AND record = {world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its body is not what version 2 "
        f"renders to: citations",
        f"stance {world.forecast.pk}: citation {world.forecast.citations.get().pk} of it "
        "differs from its history at the desk: quote",
    ]


def test_an_event_of_history_with_a_term_that_nobody_knows(world):
    assert damaged(
        "UPDATE tracker_event SET after = jsonb_set(after, '{position}', '\"shrugs\"') "
        f"WHERE noun = 'stance' AND part = '' AND record = {world.draft.pk}",
        "UPDATE tracker_event SET after = jsonb_set(after, '{position}', '\"shrugs\"') "
        f"WHERE noun = 'stance' AND part = '' AND record = {world.forecast.pk}",
    )[0] == (
        f"stance {world.forecast.pk}, opened by edition 1: "
        "version 2 can't be rendered: 'shrugs' is not a valid Position"
    )


def test_a_form_that_is_not_known(world):
    complaint = (
        f"rendered in form 0, which is not the one that is known here, {shape_of(Noun.ACTOR)}"
    )

    assert damaged(f"UPDATE {ACTORS} SET shape = 0 WHERE record = {world.other.pk}") == [
        f"actor {world.other.pk}, opened by edition 1: {complaint}"
    ]


def test_a_mention_that_is_missing(world):
    assert damaged(
        f"DELETE FROM tracker_mention WHERE noun = 'stance' AND named_noun = 'source' AND "
        f"document = (SELECT id FROM {STANCES} WHERE record = {world.forecast.pk})"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its mentions lack source "
        f"{world.source.pk}"
    ]


def test_a_mention_too_many(world):
    assert damaged(
        f"INSERT INTO tracker_mention (noun, document, named_noun, named) SELECT 'stance', "
        f"id, 'actor', {world.bloc.pk} FROM {STANCES} WHERE record = {world.forecast.pk}"
    ) == [
        f"stance {world.forecast.pk}, opened by edition 1: its mentions have too many, as "
        f"actor {world.bloc.pk}"
    ]


def test_a_claim_that_history_never_let_cite_anything(world):
    assert damaged(
        'UPDATE tracker_event SET after = after || \'{"locator": "", "quote": ""}\' '
        f"WHERE noun = 'stance' AND part = 'citation' AND record = {world.forecast.pk}",
        "UPDATE tracker_stancecitation SET locator = '', quote = '' WHERE stance_id = "
        + str(world.forecast.pk),
        f"UPDATE {STANCES} SET body = replace(replace(body, '\"p. 7\"', 'null'), "
        f"'\"Words.\"', 'null') WHERE record = {world.forecast.pk}",
        f"UPDATE {STANCES} SET search = public.document_words(body)",
    ) == [
        f"edition 1: stance {world.forecast.pk}: "
        "a published claim, held meeting, done act or vote cites at least one source, with a "
        "locator or a quote"
    ]


def test_a_forecast_without_a_likelihood(world):
    assert damaged(
        "ALTER TABLE tracker_stance DROP CONSTRAINT stance_forecasts_have_a_likelihood",
        f"UPDATE tracker_stance SET likelihood = '' WHERE id = {world.forecast.pk}",
        'UPDATE tracker_event SET after = after || \'{"likelihood": ""}\' '
        f"WHERE noun = 'stance' AND part = '' AND record = {world.forecast.pk}",
        f'UPDATE {STANCES} SET body = replace(body, \'"likelihood":"likely"\', '
        f"'\"likelihood\":null') "
        f"WHERE record = {world.forecast.pk}",
    ) == [
        f"edition 1: stance {world.forecast.pk}: a forecast needs one, and nothing else may "
        f"have one"
    ]


def test_a_stance_that_defers_to_its_own_actor(world):
    reference = '{"url":"/api/v1/actors/russia/","slug":"russia","name":"Russia"}'
    assert damaged(
        "ALTER TABLE tracker_stance DROP CONSTRAINT stance_defers_to_another",
        f"UPDATE tracker_stance SET defers_to_id = actor_id WHERE id = {world.forecast.pk}",
        "UPDATE tracker_event SET after = after || jsonb_build_object('defers_to_id', "
        "after->'actor_id') "
        f"WHERE noun = 'stance' AND part = '' AND record = {world.forecast.pk}",
        f"UPDATE {STANCES} SET defers_to = actor, body = replace(body, '\"defers_to\":null', "
        f"'\"defers_to\":{reference}') WHERE record = {world.forecast.pk}",
        f"UPDATE {STANCES} SET search = public.document_words(body)",
    ) == [
        f"edition 1: stance {world.forecast.pk}: choose another actor than the one whose "
        f"stance it is"
    ]
