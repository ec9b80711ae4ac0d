"""A last edition of a clock that was ahead:
whoever makes the next is told, and has to say that the clock is right.
"""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command

from tests.desk.admin.actions.test_publish import asked, sent
from tests.desk.admin.conftest import editor, messages
from tests.desk.api.conftest import erik
from tests.desk.api.working import faults, tag
from tests.desk.imports.importing import WORLD, write
from tests.factories import ActorFactory, IssueFactory
from tests.public.api.client import Reader
from tests.publishing.acts import changeset, chosen, edited, published
from tests.verify.world import damage, run
from tracker import history
from tracker.desk.merge import merge
from tracker.models import Edition
from tracker.publishing.publish import Chosen, blockers, publish, retract
from tracker.publishing.review import approve_and_publish, submit
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

__all__ = ["editor", "erik"]
pytestmark = pytest.mark.django_db
SAYS = " ahead of the clock, and the next would be dated after it; set the clock right or"


@pytest.fixture
def actors(db):
    """Two public actors, of an edition of which the clock was ahead,
    and one that has to be published.
    """
    public = ActorFactory.create_batch(2)
    published(*public)
    dated_ahead("400 days 30 min")
    return *public, ActorFactory(slug="waiting")


def dated_ahead(interval: str) -> None:
    """Let the last edition be ahead of the clock by so much."""
    with damage():
        run(f"UPDATE tracker_edition SET published_at = clock_timestamp() + interval '{interval}'")


WAYS = {
    "publish": lambda loser, survivor, draft: publish(records=chosen(draft)),
    "retract": lambda loser, survivor, draft: retract(records=chosen(loser)),
    "merge": lambda loser, survivor, draft: merge(
        loser=chosen(loser)[0], survivor=chosen(survivor)[0]
    ),
    "approve": lambda *actors: approve_and_publish(
        records=[Chosen(Noun.ACTOR, actors[2].pk, actors[2].version)]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_edition_is_made_unless_the_clock_is_said_to_be_right(actors, django_user_model, way):
    person = django_user_model.objects.create_superuser("root").pk
    if way == "approve":
        with changeset(made_by=person):
            submit(records=chosen(actors[2]))
        actors[2].refresh_from_db()

    with pytest.raises(RefusedError) as refusal, changeset(made_by=person):
        WAYS[way](*actors)
    assert SAYS in str(refusal.value)
    assert Edition.objects.count() == 1

    with history.changeset(
        made_by=person, reason="a test", channel=Channel.ADMIN, clock_checked=True
    ):
        edition = WAYS[way](*actors)
    assert edition.published_at == Edition.objects.get(number=1).published_at + timedelta(
        microseconds=1
    )


def test_it_is_told_with_all_else_that_keeps_it_from_being_made(actors):
    other = IssueFactory(parent=IssueFactory())

    with pytest.raises(RefusedError) as refusal, changeset():
        publish(records=chosen(other))

    assert len(refusal.value.problems) == 2
    assert ", 400 days, 0:" in str(refusal.value)


def test_an_edition_of_less_than_a_minute_ahead_is_followed_by_the_next(actors):
    dated_ahead("30 s")

    assert published(actors[2])


def test_what_changes_nothing_is_in_step_whatever_the_clock_says(actors):
    with changeset():
        assert publish(records=chosen(actors[0])) is None


def test_records_that_nobody_sees_are_merged_whatever_the_clock_says(actors):
    loser, survivor = ActorFactory.create_batch(2)

    with changeset():
        assert merge(loser=chosen(loser)[0], survivor=chosen(survivor)[0]) is None


def test_at_the_desk_there_is_a_box_to_tick(editor, actors):
    page = asked(editor, [actors[2]])
    assert SAYS in page.content.decode()
    ticked = sent(page)
    unticked = {name: value for name, value in ticked.items() if name != "clock_checked"}

    refused = editor.post("/admin/tracker/actor/", unticked).content.decode()
    assert SAYS in refused.partition('<ul class="errorlist problems">')[2].partition("</ul>")[0]
    assert "published in" in messages(editor.post("/admin/tracker/actor/", ticked, follow=True))[0]


def test_over_the_api_there_is_a_header(erik, actors):
    record = actors[2]

    refused = erik.post(f"actors/{record.slug}/publish/", {}, If_Match=tag(record))
    assert refused.status_code == 409
    assert SAYS in refused.json()["detail"]
    assert (
        erik.post(
            f"actors/{record.slug}/publish/", {}, If_Match=tag(record), Clock_Checked="no"
        ).status_code
        == 409
    )

    answer = erik.post(
        f"actors/{record.slug}/publish/", {}, If_Match=tag(record), Clock_Checked="yes"
    )
    assert (answer.status_code, answer.headers["Edition"]) == (200, "2")


def test_for_the_command_there_is_an_option(actors, tmp_path, capsys):
    directory = write(tmp_path, **WORLD)

    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("import", str(directory), publish=True)
    assert SAYS in capsys.readouterr().err
    call_command("import", str(directory), publish=True, clock_checked=True)
    assert "Published as edition 2." in capsys.readouterr().out


def test_what_changes_nothing_for_readers_asks_nothing_of_the_clock(actors, tmp_path, capsys):
    dated_ahead("-1 min")
    directory = write(tmp_path, **WORLD)
    call_command("import", str(directory), publish=True)
    dated_ahead("400 days 30 min")

    call_command("import", str(directory), publish=True)
    call_command("import", str(directory), publish=True, dry_run=True)
    out = capsys.readouterr().out
    assert "Nothing new to publish." in out
    with changeset():
        assert publish(records=chosen(actors[0])) is None


def test_what_is_only_looked_at_tells_of_the_clock(actors, tmp_path, capsys):
    directory = write(tmp_path, **WORLD)

    call_command("import", str(directory), dry_run=True)
    call_command("import", str(directory), dry_run=True, publish=True, clock_checked=True)
    with pytest.raises(CommandError, match="1 error; nothing was imported"):
        call_command("import", str(directory), dry_run=True, publish=True)
    assert SAYS in capsys.readouterr().err
    assert SAYS in blockers(records=chosen(actors[2]), by=None)[0].text
    assert blockers(records=chosen(actors[0]), by=None) == []


def test_it_is_ready_and_warns(client, actors):
    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert SAYS in answer.json()["warnings"][0]


def test_up_to_the_moment_of_the_last_edition_nothing_is_to_come(actors, erik):
    moment = Edition.objects.get().published_at
    reader = Reader()
    before, at, beyond = ((moment + timedelta(hours=hours)).isoformat() for hours in (-1, 0, 1))
    edited(actors[0], summary="Another.")

    assert reader.ids("actors/", {"changed_since": before}) == [actor.pk for actor in actors[:2]]
    assert reader.ids("actors/", {"changed_since": at}) == []
    assert reader.faults("actors/", {"changed_since": beyond}) == [("changed_since", "future")]
    assert reader.read("actors/", {"as_of": at})["edition"] == 1
    assert reader.faults("actors/", {"as_of": beyond}) == [("as_of", "future")]
    assert erik.get(f"actors/?changed_since={quote(before)}").status_code == 200
    assert faults(erik.get(f"actors/?changed_since={quote(beyond)}")) == {
        ("changed_since", "future")
    }
