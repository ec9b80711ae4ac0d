"""Shapes that grow: published in the first shape, grown, and read in the second,
everywhere and by everybody.
"""

import csv
import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from msgspec import Struct, defstruct

from tests.desk.admin.conftest import logged_in
from tests.desk.api.working import Worker
from tests.desk.imports.importing import faults, outcomes
from tests.desk.imports.importing import run as run_import
from tests.desk.imports.uploading import imported, received, workbook
from tests.factories import ActorFactory, MeetingFactory
from tests.public.api.guide.curl import HOST
from tests.public.api.guide.test_recipe import RECIPE
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.following.test_following import follow, held, in_step
from tests.publishing.acts import body, changeset, live_document
from tests.publishing.releases.acts import released
from tests.schema.growing import published_before
from tests.verify.world import damage, run
from tracker.desk.imports import Action, FieldChange
from tracker.models import Change, Meeting, Unchanged
from tracker.publishing.publish import Chosen
from tracker.publishing.publish import publish as publish_chosen
from tracker.schema.fields import fields
from tracker.schema.growth import as_of_shape, newest, upgrade
from tracker.schema.markers import SinceShape
from tracker.schema.records import SHAPES, shape_of
from tracker.values.nouns import Noun
from tracker.verify import verify

pytestmark = pytest.mark.django_db


class Part(Struct, kw_only=True):
    """A part that gained a list."""

    name: str
    tags: Annotated[list[str], SinceShape(shape=3)]


class Whole(Struct, kw_only=True):
    """A record that gained a number."""

    id: int
    rank: Annotated[int | None, SinceShape(shape=2)]
    parts: list[Part]


def test_a_body_is_brought_up_with_its_parts_and_taken_back():
    first = {"id": 1, "parts": [{"name": "a"}]}
    last = {"id": 1, "parts": [{"name": "a", "tags": []}], "rank": None}

    assert newest(Whole) == 3
    assert upgrade(Whole, deepcopy(first)) == last == upgrade(Whole, deepcopy(last))
    assert as_of_shape(Whole, last, 1) == first
    assert as_of_shape(Whole, last, 2) == {"id": 1, "parts": [{"name": "a"}], "rank": None}
    assert last == {"id": 1, "parts": [{"name": "a", "tags": []}], "rank": None}, (
        "it is not touched"
    )


def test_some_fields_of_a_body_are_brought_up_as_they_are():
    assert upgrade(Whole, {"parts": [{"name": "a"}]}) == {
        "parts": [{"name": "a", "tags": []}],
        "rank": None,
    }


def test_what_gained_nothing_has_its_first_shape():
    assert newest(defstruct("Plain", [("id", int)])) == 1
    assert shape_of(Noun.MEETING) >= fields(SHAPES[Noun.MEETING])["importance"].shape == 2


@pytest.fixture
def anna(db: None) -> Worker:
    """Return an analyst."""
    return Worker("analysts", username="anna")


@pytest.fixture
def meeting() -> Any:
    """A meeting, published before meetings could be judged."""
    meeting = MeetingFactory(
        ref="meeting-1", participants=[{"actor": ActorFactory(slug="china", name="China")}]
    )
    with published_before():
        publish_whole(meeting)
    return meeting


@pytest.fixture
def others(meeting: Any) -> dict[int, Any]:
    """Three that were judged later, by how much hangs on them."""
    by_importance = {importance: MeetingFactory(importance=importance) for importance in (1, 2, 3)}
    publish_whole(*by_importance.values())
    return by_importance


def test_what_was_published_in_the_first_shape_lacks_the_field_for_ever(meeting):
    document = live_document(meeting)

    assert (document.shape, document.importance) == (1, None)
    assert "importance" not in json.loads(document.body)
    address = f"/api/v1/meetings/{meeting.pk}/"
    bodies = [
        Client().get(address).content,
        Client().get(f"{address}history/1/").content,
        *(Client().get("/api/v1/meetings/?format=ndjson")),
    ]
    assert {body.strip() for body in bodies} == {b'{"edition":1,' + document.body.encode()[1:]}
    assert "importance" not in Client().get("/api/v1/meetings/").json()["results"][0]
    assert Client().get(f"{address}?fields=importance,title").json() == {"title": meeting.title}


def test_filters_find_those_that_have_it_and_orders_begin_with_those_that_lack_it(meeting, others):
    def ids(query: str) -> list[int]:
        return [
            record["id"] for record in Client().get(f"/api/v1/meetings/?{query}").json()["results"]
        ]

    assert sorted(ids("min_importance=2")) == [others[2].pk, others[3].pk]
    assert ids("max_importance=1") == [others[1].pk]
    assert ids("ordering=importance") == [meeting.pk, *(others[n].pk for n in (1, 2, 3))]
    assert ids("ordering=-importance") == [*(others[n].pk for n in (3, 2, 1)), meeting.pk]
    assert ids("min_importance=1&edition=1") == []


def test_pages_by_the_order_hold_each_once(meeting, others):
    ids, following = [], "/api/v1/meetings/?ordering=importance&page_size=1"
    while following:
        page = Client().get(following).json()
        ids += [record["id"] for record in page["results"]]
        following = page["next"]

    assert ids == [meeting.pk, *(others[n].pk for n in (1, 2, 3))]


def test_tables_have_its_cell_empty(meeting, others):
    rows = list(csv.DictReader(StringIO(b"".join(Client().get("/api/v1/meetings.csv")).decode())))

    assert {row["id"]: row["importance"] for row in rows} == {
        str(meeting.pk): "",
        **{str(other.pk): str(importance) for importance, other in others.items()},
    }
    only = b"".join(Client().get("/api/v1/meetings.csv?fields=importance&ref=meeting-1"))
    assert only == b'importance\r\n""\r\n'


def test_a_release_made_now_has_its_column(meeting, others):
    released("2026.1")
    files = "/api/v1/releases/2026.1/files"

    table = csv.DictReader(StringIO(b"".join(Client().get(f"{files}/meetings.csv")).decode()))
    assert {row["importance"] for row in table} == {"", "1", "2", "3"}
    package = json.loads(b"".join(Client().get(f"{files}/datapackage.json")))
    [fields] = [
        resource["schema"]["fields"]
        for resource in package["resources"]
        if resource["name"] == "meetings"
    ]
    [described] = [field for field in fields if field["name"] == "importance"]
    assert described == {
        "name": "importance",
        "type": "integer",
        "description": "How much hangs on it, from 1 (little) to 3 (much); null: not judged.",
    }


def test_a_release_says_what_moved_since_one_in_the_first_shape(meeting):
    released("2026.1")
    publish(edit(meeting, importance=3))
    released("2026.2")

    says = b"".join(Client().get("/api/v1/releases/2026.2/files/CHANGES.md")).decode()
    assert f"Changed: {meeting.title} (21 May 2019): importance: 3 (new)" in says


def test_the_feed_and_the_history_tell_it(meeting):
    publish(edit(meeting, importance=3), note="Judged.")

    feed = Client().get("/api/v1/changes/?format=atom").content.decode()
    assert "importance: 3 (new)" in feed
    [version, _] = Client().get(f"/api/v1/meetings/{meeting.pk}/history/").json()["results"]
    assert version["changed"] == {"importance": [None, 3]}


def test_what_comes_out_the_same_but_for_its_shape_opens_nothing(meeting: Any) -> None:
    edit(meeting, title="Another")
    edit(meeting, title=json.loads(live_document(meeting).body)["title"])
    with changeset():
        assert publish_chosen(records=[Chosen(Noun.MEETING, meeting.pk)]) is None

    assert live_document(meeting).shape == 1
    assert list(Unchanged.objects.filter(noun="meeting").values_list("version", "same_as")) == [
        (meeting.version, live_document(meeting).version)
    ]
    assert list(verify()) == []


def test_a_new_name_in_it_is_only_a_new_name(meeting):
    actor = meeting.participants.get().actor
    publish(edit(actor, name="PRC"))

    assert Change.objects.get(noun="meeting", edition=2).operation == "renamed"
    assert (live_document(meeting).shape, body(meeting)["participants"][0]["actor"]["name"]) == (
        1,
        "PRC",
    )
    publish(edit(actor, name="China"), edit(meeting, title=meeting.title))
    assert Change.objects.get(noun="meeting", edition=3).operation == "renamed"
    assert list(verify()) == []


def test_verify_finds_documents_of_both_shapes_as_they_were_rendered(meeting, others):
    publish(edit(meeting, importance=1), edit(others[3], importance=None))

    assert list(verify()) == []


def test_verify_finds_a_body_of_the_first_shape_that_says_otherwise(meeting):
    forged = json.dumps(
        {**json.loads(live_document(meeting).body), "importance": 3}, separators=(",", ":")
    )
    with damage():
        run("UPDATE tracker_meetingdocument SET body = $$" + forged + "$$")

    assert any("its body is not what version" in complaint for complaint in verify())


def test_verify_compares_the_column_with_the_body(meeting, others):
    with damage():
        run(f"UPDATE tracker_meetingdocument SET importance = 1 WHERE record = {others[3].pk}")

    assert [text for text in verify() if "columns" in text] == [
        f"meeting {others[3].pk}, opened by edition 2: its columns are not those of its "
        f"record: importance"
    ]


def test_a_column_is_filled_from_bodies_that_have_the_field_by_the_owner(others):
    columns = "SELECT record, importance FROM tracker_meetingdocument ORDER BY record"
    with damage():
        run("UPDATE tracker_meetingdocument SET importance = NULL")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET ROLE NONE")
        cursor.execute("ALTER TABLE tracker_meetingdocument DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE tracker_meetingdocument SET importance = (body::json ->> 'importance')::int"
        )
        cursor.execute("ALTER TABLE tracker_meetingdocument ENABLE TRIGGER USER")
        cursor.execute("SET ROLE tracker_app")
        cursor.execute(columns)
        importances = [importance for _, importance in cursor.fetchall()]

    assert importances == [None, 1, 2, 3]
    assert list(verify()) == []


def test_what_was_exported_imports_without_a_change(
    meeting: Any, others: dict[int, Any], tmp_path: Path
) -> None:
    exported = b"".join(Client().get("/api/v1/meetings.csv"))
    (tmp_path / "meetings.csv").write_bytes(exported)
    assert {outcome.action for outcome in outcomes(tmp_path)} == {Action.SAME}

    (tmp_path / "meetings.csv").write_text(f"id,importance\n{meeting.pk},3\n{others[3].pk},\n")
    assert [outcome.changes for outcome in outcomes(tmp_path)] == [
        (FieldChange("importance", None, 3),),
        (FieldChange("importance", 3, None),),
    ]
    run_import(tmp_path)
    assert list(Meeting.objects.order_by("pk").values_list("importance", flat=True)) == [
        3,
        1,
        2,
        None,
    ]


@pytest.mark.parametrize("cell", ["much", "2.5", "0", "4"])
def test_a_cell_that_is_none_of_three_is_told(tmp_path: Path, cell: str) -> None:
    (tmp_path / "meetings.csv").write_text(
        f"title,kind,status,importance\nA summit,summit,planned,{cell}\n"
    )
    assert faults(tmp_path) == [("meetings.csv", 2, "importance")]


def test_a_workbook_says_it_by_a_number() -> None:
    rows = (
        ["title", "kind", "status", "importance"],
        ["A summit", "summit", "planned", 2],
        ["A call", "call", "planned"],
    )
    imported(received(workbook(*rows), "meetings.xlsx"))

    assert dict(Meeting.objects.values_list("title", "importance")) == {
        "A summit": 2,
        "A call": None,
    }


def test_the_desk_filters_and_orders_by_it(
    anna: Worker, meeting: Any, others: dict[int, Any]
) -> None:
    assert sorted(anna.ids("meetings/?min_importance=2")) == [others[2].pk, others[3].pk]
    assert anna.ids("meetings/?max_importance=1") == [others[1].pk]
    assert anna.ids("meetings/?ordering=importance") == [
        meeting.pk,
        *(others[n].pk for n in (1, 2, 3)),
    ]
    first = anna.read("meetings/?ordering=-importance&page_size=3")
    assert [record["id"] for record in first["results"]] == [others[n].pk for n in (3, 2, 1)]
    assert [record["id"] for record in anna.read(first["next"])["results"]] == [meeting.pk]


def test_the_desk_writes_it(anna: Worker) -> None:
    payload = {"title": "A summit", "kind": "summit", "status": "planned", "importance": 2}
    made = anna.post("meetings/", payload)
    assert (made.status_code, made.json()["importance"]) == (201, 2)

    record = Meeting.objects.get()
    assert anna.patch(record, {"importance": None}).json()["importance"] is None
    record.refresh_from_db()
    for value in (4, "2", 2.5, True, [2]):
        refused = anna.patch(record, {"importance": value})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
            400,
            "/importance",
        ), value


def test_forms_and_history_call_it_by_its_name() -> None:
    analyst, meeting = logged_in("analysts", username="anna"), MeetingFactory(status="planned")
    address = f"/admin/tracker/meeting/{meeting.pk}"

    form = analyst.get(f"{address}/change/").content.decode()
    assert 'name="importance"' in form
    says = fields(SHAPES[Noun.MEETING])["importance"].says
    assert says.replace("null: not judged", "empty: not judged") in form
    assert says not in form
    edit(meeting, importance=3)
    assert "Importance" in analyst.get(f"{address}/history/").content.decode()


def test_the_database_keeps_to_its_bounds() -> None:
    with pytest.raises(IntegrityError, match="meeting_importance_is_within_bounds"):
        MeetingFactory(importance=4)


@pytest.mark.django_db(transaction=True)
def test_a_follower_and_the_recipe_of_the_docs_go_from_one_shape_to_the_next(
    live_server: Any, tmp_path: Path
) -> None:
    meeting = MeetingFactory()
    with published_before():
        publish_whole(meeting)
    follow(live_server, tmp_path)
    [before] = held(tmp_path)["meetings"]
    publish(edit(meeting, importance=3), MeetingFactory(citations=[], status="planned"))

    assert follow(live_server, tmp_path)[-1] == in_step(live_server, 2)
    [after, new] = held(tmp_path)["meetings"]
    assert ["importance" in json.loads(line) for line in (before, after, new)] == [
        False,
        True,
        True,
    ]
    recipe: dict[str, Any] = {}
    exec(RECIPE.replace(HOST, str(live_server)), recipe)
    for edition in (1, 2):
        assert recipe["digest"](edition) == recipe["read"](f"/api/v1/editions/{edition}/")["digest"]
