"""An upload as a whole: looked at without a write, imported as one change set of drafts,
and forgotten.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.imports.importing import events_of
from tests.desk.imports.uploading import faults, imported, outcomes, received
from tests.factories import ActorFactory, SourceFactory
from tracker.desk import imports
from tracker.desk.imports import Action, Bulk
from tracker.models import Actor, ChangeSet, Edition, Upload, UploadPiece, UploadRow
from tracker.values.problems import Place, Problem

pytestmark = pytest.mark.django_db
HEADER = "slug,kind,name,summary\n"


def test_each_row_is_new_or_changes_or_stays_the_same_and_nothing_is_written():
    ActorFactory(slug="china", kind="state", name="China", summary="old")
    ActorFactory(slug="iran", kind="state", name="Iran", summary="")
    file = HEADER + "china,state,China,new\niran,state,Iran,\nrussia,state,Russia,\n"

    upload = received(file, "actors.csv")

    assert events_of(lambda: received(file, "actors.csv")) == []
    assert outcomes(upload) == {2: "changed", 3: "same", 4: "created"}
    changed = upload.rows.get(line=2)
    assert (changed.changes, changed.record) == (
        [["summary", "old", "new"]],
        Actor.objects.get(slug="china").pk,
    )


def test_it_is_imported_as_one_change_set_of_drafts_and_forgotten():
    upload = received(HEADER + "china,state,China,\nrussia,state,Russia,\n", "actors.csv")

    done = imported(upload)

    assert done.counts.of(Action.CREATED) == 2
    changeset = ChangeSet.objects.get(reason="a test")
    assert (changeset.channel, changeset.made_by_id) == ("import", upload.made_by_id)
    assert {actor.state for actor in Actor.objects.all()} == {"editing"}
    assert Edition.objects.count() == 0
    assert [model.objects.count() for model in (Upload, UploadRow, UploadPiece)] == [0, 0, 0]


def test_more_errors_than_an_import_keeps_are_all_told():
    rows = "".join(f"x {n},planet,Name {n},\n" for n in range(1200))

    assert len(faults(received(HEADER + rows, "actors.csv"))) == 2400


def test_what_has_errors_is_not_imported_until_it_is_left_out():
    upload = received(HEADER + "Not a slug,state,X,\nrussia,state,Russia,\n", "actors.csv")
    with pytest.raises(imports.NotReady):
        imported(upload)

    imports.choose_all(upload=upload, what=Bulk.LEAVE_OUT_ERRORS)

    assert outcomes(upload) == {2: "left_out", 3: "created"}
    assert faults(upload) == [(2, "slug")]
    imported(upload)
    assert Actor.objects.get().slug == "russia"


@pytest.mark.parametrize("order", [1, -1])
def test_no_error_is_left_when_errors_and_duplicates_are_left_out(order):
    ActorFactory(slug="cn", name="China")
    rows = ["1 bad,planet,Mars,", "2 bad,planet,Mars,", "3 bad,planet,China,", "iran,state,Iran,"]
    upload = received("\n".join([HEADER.strip(), *rows]), "actors.csv")
    assert [*outcomes(upload).values()] == ["error", "duplicate", "duplicate", "created"]

    for what in (Bulk.LEAVE_OUT_ERRORS, Bulk.LEAVE_OUT_DUPLICATES)[::order]:
        imports.choose_all(upload=upload, what=what)

    assert [*outcomes(upload).values()] == ["left_out", "left_out", "left_out", "created"]


def test_what_names_a_row_that_is_left_out_for_its_errors_is_left_out_too():
    upload = received(
        "slug,title,parent\none,,\ntwo,Two,one\nthree,Three,two\nfour,Four,\n", "issues.csv"
    )

    imports.choose_all(upload=upload, what=Bulk.LEAVE_OUT_ERRORS)

    assert [*outcomes(upload).values()] == ["left_out", "left_out", "left_out", "created"]


def test_a_row_that_names_one_that_is_left_out_has_an_error():
    upload = received(
        "slug,title,parent\nabove,Above,\nbelow,Below,above\n",
        "issues.csv",
    )
    assert outcomes(upload) == {2: "created", 3: "created"}

    imports.choose(upload=upload, choices={2: "leave_out"})

    assert outcomes(upload) == {2: "left_out", 3: "error"}
    imports.choose(upload=upload, choices={2: ""})
    assert outcomes(upload) == {2: "created", 3: "created"}


def test_a_file_that_lacks_a_column_or_has_an_unknown_one_says_so_of_the_file():
    upload = received("slug,nmae\nchina,China\n", "actors.csv")

    assert faults(upload) == [(0, "nmae"), (0, "kind"), (0, "name")]
    with pytest.raises(imports.NotReady) as refused:
        imported(upload)
    of_file, of_row = refused.value.problems
    assert (of_file.place, of_row.place) == (Place("actors.csv"), Place("actors.csv", 2))
    assert (of_file.code, of_row.text) == ("undecided", "it has errors; mend it, or leave it out")


def test_what_changed_since_it_was_shown_is_noticed():
    china = ActorFactory(slug="china", kind="state", name="China", summary="old")
    upload = received(HEADER + "china,state,China,new\niran,state,Iran,\n", "actors.csv")

    def meanwhile():
        Actor.objects.filter(pk=china.pk).update(summary="newer")

    with pytest.raises(imports.MovedOn) as refused:
        imported(upload, meanwhile=meanwhile)

    assert refused.value.lines == [2]
    assert refused.value.problems == [
        Problem("moved", "other than was shown", place=Place("actors.csv", 2))
    ]


def test_a_duplicate_made_since_it_was_shown_is_noticed():
    upload = received("type,title,issued\nwebpage,A title,2019-06-03\n")

    with pytest.raises(imports.MovedOn) as refused:
        imported(upload, meanwhile=lambda: SourceFactory(title="A Title!"))

    assert refused.value.lines == [2]


def test_what_the_database_refuses_is_shown_with_its_row():
    upload = received(HEADER + "china,state,China,\n", "actors.csv")
    place = Place(upload.name, 2)
    problem = Problem(
        "refused",
        "the database refuses it",
        ("slug",),
        remedy="correct it",
        value="china",
        place=place,
    )

    imports.check(upload=upload, also=[problem])

    assert outcomes(upload) == {2: "error"}
    assert faults(upload) == [(2, "slug")]


def test_an_upload_of_yesterday_goes_away_with_the_next():
    old, new = (
        received(HEADER + "a,state,A,\n", "actors.csv"),
        received(HEADER + "a,state,A,\n", "actors.csv"),
    )
    Upload.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(hours=25))

    imports.forget_old()

    assert list(Upload.objects.values_list("pk", flat=True)) == [new.pk]


def test_twenty_rows_cost_as_many_queries_as_one():
    def cost(rows: int) -> int:
        file = HEADER + "".join(f"actor-{n},state,Actor {n},\n" for n in range(rows))
        with CaptureQueriesContext(connection) as queries:
            received(file, "actors.csv")
        return len(queries)

    cost(1)
    assert cost(1) == cost(20)


def test_a_file_of_too_many_rows_is_refused_and_nothing_kept(monkeypatch):
    monkeypatch.setattr(imports.staging, "MOST_ROWS", 3)

    with pytest.raises(Exception, match="it has more than 3 actors; split it"):
        received(HEADER + "a,state,A,\n" * 4, "actors.csv")

    assert Upload.objects.count() == 0
