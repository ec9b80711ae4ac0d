"""What was rewritten in the past, by whoever may do everything:
by comparing events, and by the chain of editions.
"""

from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from tests.desk.imports.importing import run as imported
from tests.desk.imports.importing import write
from tests.desk.merge.acts import merged
from tests.desk.undo.acts import edit, undone
from tests.factories import SourceFactory, UserFactory
from tests.models.sessions import Session
from tests.publishing.acts import all_of, changeset, chosen, edited, published
from tests.publishing.releases.acts import released
from tests.verify.world import World, complaints, damage, run
from tracker.models import ChangeSet, Event, Link, Release
from tracker.publishing.publish import publish
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class LongHistory(World):
    """Editions 1 to 8: the last ones merge a source,
    and cover a release and all that was done at the desk before.
    """

    def __init__(self) -> None:
        super().__init__()
        twin, third = SourceFactory(title="A twin"), SourceFactory(title="A third")
        published(twin, third)
        merged(twin, into=self.source)
        released("2026.1", notes="The first.")
        for summary in ("One.", "Two.", "Three."):
            edited(self.draft, summary=summary)
        self.editor = UserFactory(username="editor")
        with changeset(made_by=self.editor.pk, channel=Channel.ADMIN):
            edited(self.other, name="The Russian Federation")
        published(self.other, reasons={(Noun.ACTOR, self.other.pk): "Its full name."})

    def events(self) -> list[Event]:
        return list(
            Event.objects.filter(noun="stance", record=self.draft.pk, part="").order_by("pk")
        )[-3:]


def complaints_after(*statements: str) -> list[str]:
    """Damage the past; return what `verify` says then, which wasn't so before."""
    assert complaints() == []
    with damage():
        for statement in statements:
            assert run(statement), f"nothing was damaged by {statement}"
    return complaints()


def chained(edition: int, what: str) -> str:
    return f"edition {edition}: the chain tells that its {what} were otherwise when it was made"


def of_change_set(event: Event) -> str:
    made = event.changeset
    return (
        f"change set {made.pk} of {made.made_at:%Y-%m-%d %H:%M:%S}: "
        f"it or its events were otherwise when edition {made.link} was made"
    )


OF_EDITION = "number, moment, note or publisher, or which rules hold from it on"
DOCUMENTS = "documents that it opened and closed"
CHANGES = "changes, or their order"
RELEASES = "releases that it covers, or their files"

PUBLISHED: dict[str, tuple[list[str], str]] = {
    "the body of a document": (
        [
            "UPDATE tracker_actordocument SET body = replace(body, '\"PRC\"', '\"CHN\"') "
            "WHERE opened = 2"
        ],
        chained(2, DOCUMENTS),
    ),
    "a document that is open again": (
        ["UPDATE tracker_sourcedocument SET closed = NULL WHERE closed = 7"],
        chained(7, DOCUMENTS),
    ),
    "a document that is closed later": (
        ["UPDATE tracker_meetingdocument SET closed = 5 WHERE closed = 4"],
        chained(5, DOCUMENTS),
    ),
    "a change that is deleted": (
        ["DELETE FROM tracker_change WHERE edition = 3"],
        chained(3, CHANGES),
    ),
    "why a record was changed": (
        ["UPDATE tracker_change SET reason = 'Its whole name.' WHERE reason <> ''"],
        chained(8, CHANGES),
    ),
    "a reason that was never given": (
        ["UPDATE tracker_change SET reason = 'So.' WHERE edition = 3"],
        chained(3, CHANGES),
    ),
    "the survivor of a merge": (
        [
            'UPDATE tracker_change SET "into" = (SELECT max(record) FROM '
            "tracker_sourcedocument WHERE closed IS NULL "
            "AND record <> \"into\") WHERE operation = 'merged'"
        ],
        chained(7, CHANGES),
    ),
    "positions that are swapped": (
        [
            "UPDATE tracker_change SET position = 999 WHERE edition = 1 AND position = 1",
            "UPDATE tracker_change SET position = 1 WHERE edition = 1 AND position = 2",
            "UPDATE tracker_change SET position = 2 WHERE edition = 1 AND position = 999",
        ],
        chained(1, CHANGES),
    ),
    "the note of an edition": (
        ["UPDATE tracker_edition SET note = 'Some.' WHERE number = 1"],
        chained(1, OF_EDITION),
    ),
    "the moment of an edition": (
        [
            "UPDATE tracker_edition SET published_at = published_at + interval '1 "
            "microsecond' WHERE number = 2"
        ],
        chained(2, OF_EDITION),
    ),
    "who published an edition": (
        [
            "UPDATE tracker_edition SET published_by_id = (SELECT max(id) FROM auth_user) "
            "WHERE number = 2"
        ],
        chained(2, OF_EDITION),
    ),
    "the edition of a release": (["UPDATE tracker_release SET edition = 3"], chained(8, RELEASES)),
    "the notes of a release": (
        ["UPDATE tracker_release SET notes = 'The second.'"],
        chained(8, RELEASES),
    ),
    "a file that is replaced with its digest": (
        [
            "UPDATE tracker_releasepiece SET content = 'x' WHERE file_id = "
            "(SELECT id FROM tracker_releasefile WHERE name = 'LICENSE')",
            "UPDATE tracker_releasefile SET sha256 = encode(sha256('x'), 'hex'), size = 1 "
            "WHERE name = 'LICENSE'",
        ],
        chained(8, RELEASES),
    ),
    "a file that is deleted": (
        [
            "DELETE FROM tracker_releasepiece WHERE file_id = "
            "(SELECT id FROM tracker_releasefile WHERE name = 'LICENSE')",
            "DELETE FROM tracker_releasefile WHERE name = 'LICENSE'",
        ],
        chained(8, RELEASES),
    ),
    "a release that is deleted": (
        [
            "DELETE FROM tracker_releasepiece",
            "DELETE FROM tracker_releasefile",
            "DELETE FROM tracker_release",
        ],
        chained(8, RELEASES),
    ),
}


@pytest.mark.parametrize("kind", PUBLISHED)
def test_what_was_published_and_is_rewritten_is_found(kind):
    world = LongHistory()
    statements, expected = PUBLISHED[kind]

    assert expected in complaints_after(*statements), world


@pytest.mark.parametrize(
    "author",
    [
        "made_by_id = (SELECT max(id) FROM auth_user)",
        "reason = 'x'",
        "made_at = made_at - interval '1 s'",
    ],
)
def test_another_author_reason_or_moment_of_a_change_set_is_found(author):
    world = LongHistory()
    changeset = ChangeSet.objects.get(made_by=world.editor)
    UserFactory()

    assert complaints_after(
        f"UPDATE tracker_changeset SET {author} WHERE id = '{changeset.pk}'"
    ) == [of_change_set(Event(changeset=ChangeSet.objects.get(pk=changeset.pk)))]


def test_an_event_in_the_middle_that_is_rewritten_is_found():
    world = LongHistory()
    _, middle, last = world.events()

    assert complaints_after(
        f'UPDATE tracker_event SET after = after || \'{{"summary": "x"}}\' WHERE id = {middle.pk}'
    ) == [
        f"stance {world.draft.pk}: event {last.pk} does not begin with what event "
        f"{middle.pk} left: summary",
        of_change_set(middle),
    ]


def test_an_event_in_the_middle_that_is_rewritten_together_with_the_next_is_found():
    world = LongHistory()
    _, middle, last = world.events()

    assert complaints_after(
        f"UPDATE tracker_event SET after = after || '{{\"hedged\": true}}' WHERE id = {middle.pk}",
        f"UPDATE tracker_event SET before = before || '{{\"hedged\": true}}' WHERE id = {last.pk}",
    ) == [of_change_set(middle), of_change_set(last)]


def test_an_event_in_the_middle_that_is_deleted_is_found():
    world = LongHistory()
    first, middle, last = world.events()

    assert complaints_after(f"DELETE FROM tracker_event WHERE id = {middle.pk}") == [
        f"stance {world.draft.pk}: event {last.pk} does not begin with what event {first.pk} "
        f"left: summary, version",
        of_change_set(middle),
    ]


def test_an_event_in_the_middle_that_is_deleted_and_smoothed_over_leaves_a_gap_in_versions():
    world = LongHistory()
    for summary in ("Four.", "Five.", "Six."):
        edited(world.draft, summary=summary)
    one, two, three = world.events()
    smoothed = f"before = (SELECT after FROM tracker_event WHERE id = {one.pk})"

    assert complaints_after(
        f"DELETE FROM tracker_event WHERE id = {two.pk}",
        f"UPDATE tracker_event SET {smoothed} WHERE id = {three.pk}",
    ) == [
        f"stance {world.draft.pk}: event {three.pk} makes version {world.draft.version}, not "
        f"{world.draft.version - 1}"
    ]


def test_the_last_event_that_is_cut_off_is_found():
    world = LongHistory()
    edited(world.draft, summary="Another.")
    last = Event.objects.filter(noun="stance", record=world.draft.pk).latest("pk")
    assert ChangeSet.objects.get(events=last).link is None

    assert complaints_after(f"DELETE FROM tracker_event WHERE id = {last.pk}") == [
        f"stance {world.draft.pk}: it differs from its history at the desk: version, summary"
    ]


def test_the_last_event_that_is_cut_off_with_what_it_did_is_found_once_an_edition_covers_it():
    world = LongHistory()
    edited(world.draft, summary="Another.")
    last = Event.objects.filter(noun="stance", record=world.draft.pk).latest("pk")
    edited(world.other, name="Russia")
    published(world.other)

    before = last.before
    assert complaints_after(
        f"UPDATE tracker_stance SET summary = '{before['summary']}', version = {before['version']} "
        f"WHERE id = {world.draft.pk}",
        f"DELETE FROM tracker_event WHERE id = {last.pk}",
        f"UPDATE tracker_ahead SET version = {before['version']} WHERE noun = 'stance' AND "
        f"record = {world.draft.pk}",
    ) == [of_change_set(last)]


def test_a_part_that_came_from_nowhere_is_found():
    world = LongHistory()
    part = Event.objects.filter(part="citation", record=world.stance.pk).latest("pk")

    reported = complaints_after(f"UPDATE tracker_event SET before = after WHERE id = {part.pk}")

    assert reported == [
        f"stance {world.stance.pk}: citation {part.row} of it: "
        f"event {part.pk} begins with what no event before it left",
        of_change_set(part),
    ]


def test_a_change_set_that_is_gone_is_found_by_its_events_and_by_the_chain():
    world = LongHistory()
    changeset = ChangeSet.objects.get(made_by=world.editor)

    reported = complaints_after(f"DELETE FROM tracker_changeset WHERE id = '{changeset.pk}'")

    assert reported == [
        f"event {Event.objects.get(changeset=changeset.pk).pk} of actor {world.other.pk}: "
        f"its change set {changeset.pk} does not exist",
        chained(8, "change sets that it covers"),
    ]


@pytest.mark.parametrize("column", ["link = NULL", "link = 2", "link = 99", "digest = sha256('x')"])
def test_a_change_set_that_is_said_to_be_covered_otherwise_is_found(column):
    world = LongHistory()
    changeset = ChangeSet.objects.get(made_by=world.editor)

    assert chained(8, "change sets that it covers") in complaints_after(
        f"UPDATE tracker_changeset SET {column} WHERE id = '{changeset.pk}'"
    )


@pytest.mark.parametrize(
    "part", ["salt", "editions", "changes", "documents", "changesets", "releases", "digest"]
)
def test_a_link_that_is_rewritten_is_found(part):
    LongHistory()

    reported = complaints_after(f"UPDATE tracker_link SET {part} = sha256('x') WHERE edition = 5")

    follows = "its link of the chain doesn't follow from the one before and from what it covers"
    assert f"edition 5: {follows}" in reported
    assert (f"edition 6: {follows}" in reported) == (part == "digest")


def test_a_link_that_is_gone_is_found():
    LongHistory()

    reported = complaints_after("DELETE FROM tracker_link WHERE edition = 5")

    assert "edition 5: it has no link of the chain" in reported
    assert (
        "edition 6: its link of the chain doesn't follow from the one before and from what "
        "it covers" in reported
    )


def test_merges_undoing_renames_retractions_releases_and_imports_agree(tmp_path):
    world = LongHistory()
    undone(edit(world.draft, summary="Not so."))
    imported(write(tmp_path, sources=[{"ref": "new", "type": "report", "title": "New"}]))
    undone(ChangeSet.objects.latest("made_at").pk)
    published(*all_of(world.draft), note="“All” of it, \\ and\nmore")
    released("2026.2")
    edited(world.draft, summary="Once more.")
    published(world.draft)

    assert complaints() == []
    assert (
        ChangeSet.objects.filter(link=None).count() < ChangeSet.objects.exclude(link=None).count()
    )


# What the chain is like ---------------------------------------------------------------------------


def links() -> list[tuple[Any, ...]]:
    return list(Link.objects.order_by("edition").values_list("edition", "digest"))


def test_a_link_is_another_though_the_same_was_done_so_nobody_can_try_out_what_it_covers():
    world = LongHistory()
    salts = set(Link.objects.values_list("salt", flat=True))

    assert {len(salt) for salt in salts} == {32}
    assert len(salts) == len(links()) == 8
    assert world.editor.pk


def test_what_an_editions_own_transaction_writes_is_covered_by_the_next_link():
    world = LongHistory()
    with changeset():
        edited(world.other, name="Rossiya")
        publish(records=chosen(world.other))
    own = ChangeSet.objects.latest("made_at")
    assert own.link is None

    edited(world.other, name="Russia")
    published(world.other)

    own.refresh_from_db()
    assert (own.link, own.digest is not None) == (10, True)


def test_what_is_not_committed_yet_is_covered_later():
    world = LongHistory()
    with closing(Session()) as other:
        other.do("BEGIN")
        other.do("UPDATE tracker_stance SET summary = 'Meanwhile.' WHERE id = %s", world.draft.pk)
        edited(world.other, name="Rossiya")
        ninth = published(world.other)
        other.do("COMMIT")

    late = ChangeSet.objects.get(events__after__summary="Meanwhile.")
    assert late.link is None
    edited(world.other, name="Russia")
    tenth = published(world.other)

    late.refresh_from_db()
    assert (ninth.pk, tenth.pk, late.link) == (9, 10, 10)
    assert complaints() == []


def test_a_release_is_covered_by_the_next_link_and_says_nothing_of_it_itself():
    LongHistory()

    assert list(Release.objects.values_list("edition", "link")) == [(7, 8)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracker_release (version, edition, notes, link) VALUES ('2026.7', "
            "1, '', 1)"
        )
    assert Release.objects.get(version="2026.7").link is None
