"""Bulk import over the desk's API:
a file is looked at, choices are made, and it is imported as was shown, or not.
"""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.desk.api.working import ROOT, Worker, faults, good
from tests.desk.imports.uploading import workbook
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.desk import imports
from tracker.desk.records import comparing
from tracker.models import Actor, Change, ChangeSet, Event, Stance, Upload
from tracker.verify import verify

pytestmark = pytest.mark.django_db
NDJSON, CSV = "application/x-ndjson", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world() -> None:
    """Make what claims are about."""
    ActorFactory(slug="china", name="China")
    ActorFactory(slug="russia", name="Russia")
    IssueFactory(slug="syria", title="Syria", question="Should he stay?")
    SourceFactory(ref="article", title="An article", issued="2019-06")


def stance(number: int = 0, **fields: Any) -> dict[str, Any]:
    """Return a claim as the desk's JSON has it."""
    return {
        "ref": f"stance-{number}",
        "actor": "china",
        "issue": "syria",
        "position": "supports",
        "since": f"{1000 + number}",
        "until": f"{1000 + number}",
        "basis": "statement",
        "confidence": "low",
        "citations": [{"source": "article", "locator_label": "page", "locator": "4"}],
        **fields,
    }


def lines(*objects: Any) -> str:
    """Return NDJSON."""
    return "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in objects)


def looked_at(worker: Worker, *objects: Any, resource: str = "stances") -> dict[str, Any]:
    """Return the plan of an import."""
    plan: dict[str, Any] = good(
        worker.send(f"imports/?resource={resource}", lines(*objects), NDJSON), 201
    )
    return plan


def applied(
    worker: Worker, plan: dict[str, Any], note: str = "Second round", **headers: str
) -> HttpResponse:
    """Return the answer to carrying a plan out."""
    return worker.post(
        f"imports/{plan['id']}/apply/", {"note": note}, If_Match=f'"{plan["version"]}"', **headers
    )


def test_a_dry_run_says_what_would_become_of_each_row_and_writes_nothing(world, anna):
    StanceFactory(
        ref="stance-1", actor__slug="india", issue=StanceFactory().issue, position="opposes"
    )
    events = Event.objects.count()
    answer = anna.send(
        "imports/", lines(stance(), {**stance(1), "actor": "russia"}), NDJSON,
        Content_Disposition='attachment; filename="stances.ndjson"',
    )  # fmt: skip
    plan = good(answer, 201)

    assert answer.headers["Location"] == f"{ROOT}imports/{plan['id']}/"
    assert answer.headers["ETag"] == f'"{plan["version"]}"'
    assert (plan["name"], plan["format"], plan["resource"]) == (
        "stances.ndjson",
        "ndjson",
        "stances",
    )
    assert {name: n for name, n in plan["counts"]["stances"].items() if n} == {
        "created": 1,
        "changed": 1,
    }
    assert plan["can_apply"]
    assert plan["errors"] == {"count": 0, "others": 0, "kinds": []}
    first, second = plan["rows"]
    assert (first["line"], first["outcome"], first["id"]) == (1, "created", None)
    assert second["id"] == Stance.objects.get(ref="stance-1").pk
    assert second["changed"]["position"] == ["opposes", "supports"]
    assert Event.objects.count() == events
    assert anna.read(f"imports/{plan['id']}/") == plan


def test_what_was_shown_is_imported_as_drafts_in_one_change_set_and_can_be_undone(world, anna):
    plan = looked_at(anna, *map(stance, range(30)))
    answer = applied(anna, plan, Change_Reason="Coded%20twice")
    done = good(answer, 200)

    assert done["counts"] == {"stances": {"created": 30, "changed": 0, "same": 0}}
    changeset = ChangeSet.objects.get(pk=done["change_set"])
    assert answer.headers["Change-Set"] == done["change_set"]
    assert (changeset.made_by, changeset.channel, changeset.reason) == (
        anna.user,
        "api",
        "Coded twice\nSecond round",
    )
    assert not Change.objects.exists()
    assert anna.read("stances/?ref=stance-7")["results"][0]["state"] == "draft"
    assert len(anna.read(f"changes/?change_set={changeset.pk}&page_size=500")["results"]) == 60
    assert anna.get(f"imports/{plan['id']}/").status_code == 404

    good(anna.post(f"changesets/{changeset.pk}/revert/"), 200)
    assert not Stance.objects.exists()
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("content", "media_type", "name", "format"),
    [
        ("slug,kind,name\nindia,state,India\n", CSV, "actors.csv", "csv"),
        (
            workbook(["slug", "kind", "name"], ["india", "state", "India"]),
            XLSX,
            "actors.xlsx",
            "xlsx",
        ),
        (
            '[{"slug": "india", "kind": "state", "name": "India"}]',
            "application/json",
            "actors.json",
            "json",
        ),
        ("@book{a, title={A book}, year={2019}}", "application/x-bibtex", "x.bib", "bibtex"),
        (
            "TY  - BOOK\nTI  - A book\nER  - \n",
            "application/x-research-info-systems",
            "x.ris",
            "ris",
        ),
        (
            '[{"type": "book", "title": "A", "author": [{"literal": "B"}], "issued": '
            '{"date-parts": [[2019]]}}]',
            "application/vnd.citationstyles.csl+json",
            "x.json",
            "csljson",
        ),
    ],
)
def test_every_format_of_the_import_page_is_taken_as_the_body_and_in_a_form(
    anna, content, media_type, name, format
):
    as_body = anna.send(
        "imports/", content, media_type, Content_Disposition=f"attachment; filename={name}"
    )
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    in_form = anna.client.post(
        f"{ROOT}imports/", {"file": file}, headers={"Authorization": f"Bearer {anna.token}"}
    )

    for plan in (good(as_body, 201), good(in_form, 201)):
        assert (plan["format"], plan["name"]) == (format, name)
        assert plan["counts"][plan["resource"]]["created"] == 1


def test_errors_are_told_by_kind_with_their_count_and_first_places(world, anna):
    bad = [stance(n, actor="chian") for n in range(40)]
    plan = looked_at(
        anna, *bad, stance(41, position="?"), stance(42, citations=[{"source": "book"}]), stance(43)
    )

    assert not plan["can_apply"]
    assert plan["errors"]["count"] == 42
    assert [
        (kind["field"], kind["count"], kind["is_of_file"]) for kind in plan["errors"]["kinds"]
    ] == [
        ("actor", 40, False),
        ("position", 1, False),
        ("citations: source", 1, False),
    ]
    kind = plan["errors"]["kinds"][0]
    assert kind["detail"].startswith("there is no actor with this slug, code or name, ")
    assert kind["first"] == [{"line": n, "field": "actor", "value": "chian"} for n in range(1, 6)]
    refused = good(applied(anna, plan), 409)
    assert refused["detail"].startswith("Nothing was imported: rows have errors")
    assert refused["errors"][0] == {
        "code": "undecided",
        "detail": "line 1: it has errors; mend it, or leave it out",
        "pointer": "",
    }
    assert len(refused["errors"]) == 20


def test_rows_come_in_pages_by_what_becomes_of_them(world, anna):
    plan = looked_at(anna, *map(stance, range(30)), stance(31, position="?"))
    page = anna.read(f"imports/{plan['id']}/rows/?outcome=created&page_size=20&count=true")
    rest = anna.read(page["next"])

    assert page["count"] == 30
    assert [row["line"] for row in (*page["results"], *rest["results"])] == list(range(1, 31))
    assert rest["next"] is None
    (bad,) = anna.read(f"imports/{plan['id']}/rows/?outcome=error")["results"]
    assert [(error["field"], error["value"]) for error in bad["errors"]] == [("position", "?")]
    assert faults(anna.get(f"imports/{plan['id']}/rows/?outcome=perhaps")) == {
        ("outcome", "invalid")
    }


def test_what_may_be_there_already_is_told_and_decided(world, anna):
    good(anna.post("stances/", stance()), 201)
    there = Stance.objects.get()
    plan = looked_at(
        anna, stance(0, ref="a"), stance(0, ref="b"), stance(2), stance(3, position="?")
    )
    first, second, *_ = plan["rows"]

    assert [row["outcome"] for row in plan["rows"]] == [
        "duplicate",
        "duplicate",
        "created",
        "error",
    ]
    assert first["alike"] == [{"why": "the same actor and issue, at the same time", "id": there.pk}]
    assert {"why": "the same actor and issue, at the same time", "line": 1} in second["alike"]

    rows = [{"line": 1, "choice": "use", "id": there.pk}, {"line": 2, "choice": "create"}]
    choices = {"all": "leave_out_errors", "rows": rows}
    answer = anna.post(f"imports/{plan['id']}/choose/", choices, If_Match=f'"{plan["version"]}"')
    chosen = good(answer, 200)
    assert [row["outcome"] for row in chosen["rows"]] == [
        "existing",
        "created",
        "created",
        "left_out",
    ]
    assert chosen["can_apply"]
    assert good(applied(anna, chosen), 200)["counts"]["stances"]["created"] == 2


def test_a_choice_that_is_not_offered_is_refused_and_nothing_chosen(world, anna):
    plan = looked_at(anna, stance())
    choices = {"rows": [{"line": 1, "choice": "use", "id": 7}, {"line": 9, "choice": "leave_out"}]}
    answer = anna.post(f"imports/{plan['id']}/choose/", choices, If_Match=f'"{plan["version"]}"')

    assert faults(answer) == {("/rows", "unknown")}
    assert anna.read(f"imports/{plan['id']}/") == plan


def test_if_the_desk_moves_nothing_is_imported_and_the_plan_is_another(world, anna):
    good(anna.post("stances/", stance()), 201)
    plan = looked_at(anna, stance(0, position="opposes"), stance(1))
    there = Stance.objects.get()
    good(anna.patch(there, {"position": "neutral"}), 200)
    events = Event.objects.count()

    refused = good(applied(anna, plan), 412)
    assert [error["detail"] for error in refused["errors"]] == ["line 1: other than was shown"]
    assert Event.objects.count() == events
    again = anna.read(f"imports/{plan['id']}/")
    assert again["version"] == refused["version"] > plan["version"]
    assert again["rows"][0]["changed"]["position"] == ["neutral", "opposes"]
    assert good(applied(anna, plan), 412)["version"] == again["version"]
    assert good(applied(anna, again), 200)["counts"]["stances"] == {
        "created": 1,
        "changed": 1,
        "same": 0,
    }


def test_what_is_applied_needs_its_version_and_a_reason(world, anna):
    plan = looked_at(anna, stance())

    unsaid = anna.post(f"imports/{plan['id']}/apply/", {"note": "Why"})
    assert faults(unsaid, 428) == {("If-Match", "required")}
    assert good(unsaid, 428)["detail"].endswith("the `ETag` with which you read the import.")
    assert faults(applied(anna, plan, note="")) == {("/note", "required")}
    assert faults(anna.post(f"imports/{plan['id']}/apply/", {"colour": 1}, If_Match='"1"')) == {
        ("/colour", "unknown_field")
    }
    assert not Stance.objects.exists()


def test_the_same_request_again_is_answered_as_the_first_and_does_nothing_twice(world, anna):
    once = {"Idempotency_Key": "once"}
    first = anna.send("imports/?resource=stances", lines(stance()), NDJSON, **once)
    again = anna.send("imports/?resource=stances", lines(stance()), NDJSON, **once)
    plan = good(first, 201)
    assert good(again, 201) == plan
    assert Upload.objects.count() == 1
    assert (
        anna.send("imports/?resource=stances", lines(stance(1)), NDJSON, **once).status_code == 422
    )

    done = applied(anna, plan, Idempotency_Key="twice")
    assert good(applied(anna, plan, Idempotency_Key="twice"), 200) == good(done, 200)
    assert Stance.objects.count() == 1


def test_an_import_is_its_makers_own(world, anna, erik):
    plan = looked_at(anna, stance())
    address = f"imports/{plan['id']}/"
    tag = f'"{plan["version"]}"'

    for answer in (
        erik.get(address),
        erik.get(f"{address}rows/"),
        erik.post(f"{address}choose/", {"all": "start_again"}, If_Match=tag),
        erik.post(f"{address}apply/", {"note": "x"}, If_Match=tag),
        erik.ask("DELETE", address, If_Match=tag),
    ):
        assert answer.status_code == 404
    assert anna.ask("DELETE", address, If_Match='"99"').status_code == 412
    assert good(anna.ask("DELETE", address, If_Match=tag), 204) is None
    assert anna.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        ("\n\n", NDJSON, 400, "unreadable"),
        ("[1]\n2\n", NDJSON, 400, "unreadable"),
        ("PK\x03\x04 no workbook", XLSX, 400, "unreadable"),
        ("a,b\n1,2\n", CSV, 400, "unreadable"),
        ("<a/>", "application/xml", 415, None),
        ("x" * 101, NDJSON, 413, None),
    ],
)
def test_what_is_no_file_that_can_be_read_is_refused_and_nothing_kept(
    anna, content, media_type, status, code, monkeypatch
):
    monkeypatch.setattr(imports, "MOST_BYTES", 100)
    monkeypatch.setattr("tracker.desk.api.imports.FRAME", 0)
    answer = anna.send("imports/", content, media_type)

    assert {problem for _, problem in faults(answer, status)} == ({code} if code else set())
    assert not Upload.objects.exists()


def test_two_files_or_other_fields_are_refused(anna):
    def send(**fields: Any) -> HttpResponse:
        return anna.client.post(
            f"{ROOT}imports/", fields, headers={"Authorization": f"Bearer {anna.token}"}
        )

    one, other = (
        SimpleUploadedFile("actors.csv", b"slug,kind,name\na,state,A\n") for _ in range(2)
    )
    assert (
        "there are 2 files; send one file"
        in good(send(file=[one, other]), 400)["errors"][0]["detail"]
    )
    assert "there are 0 files" in good(send(), 400)["errors"][0]["detail"]
    one.seek(0)
    assert (
        "there is no field colour" in good(send(file=one, colour="red"), 400)["errors"][0]["detail"]
    )
    empty = SimpleUploadedFile("actors.csv", b"")
    assert good(send(file=empty), 400)["errors"][0]["detail"] == "the file is empty"
    assert not Upload.objects.exists()


def test_what_the_database_refuses_is_told_by_kind_and_then_with_its_row(world, anna, monkeypatch):
    monkeypatch.setattr(comparing, "broken_rules", lambda *_: ())
    plan = looked_at(anna, *(stance(n, basis="forecast") for n in range(7)), stance(8))
    assert plan["can_apply"]

    (error,) = good(applied(anna, plan), 409)["errors"]
    assert error["code"] == "refused"
    assert "likelihood: the database refuses it: a forecast needs one" in error["detail"]
    assert ": 7 times, first on line 1" in error["detail"]
    assert not Stance.objects.exists()
    again = anna.read(f"imports/{plan['id']}/")
    assert (again["counts"]["stances"]["error"], again["errors"]["kinds"][0]["count"]) == (7, 7)


def test_looking_at_an_import_takes_the_same_queries_at_one_row_and_at_twenty(world, anna):
    counts = []
    for count in (1, 20):
        rows = [*map(stance, range(count)), *(stance(100 + n, position="?") for n in range(count))]
        plan = looked_at(anna, *rows)
        with CaptureQueriesContext(connection) as captured:
            anna.read(f"imports/{plan['id']}/")
            anna.read(f"imports/{plan['id']}/rows/?count=true")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 22


def test_ones_own_imports_are_listed_the_latest_first_page_by_page(world, anna, erik):
    plans = [looked_at(anna, *map(stance, range(count))) for count in (1, 2, 3)]
    broken = looked_at(anna, stance(position="?"))
    good(anna.ask("DELETE", f"imports/{plans[1]['id']}/", If_Match=f'"{plans[1]["version"]}"'), 204)

    page = anna.read("imports/?page_size=2&count=true")

    assert [item["id"] for item in page["results"]] == [broken["id"], plans[2]["id"]]
    assert page["count"] == 3
    assert [item["can_apply"] for item in page["results"]] == [False, True]
    shown = {
        name: value
        for name, value in plans[2].items()
        if name not in ("errors", "rows", "all_rows")
    }
    assert page["results"][1] == shown
    assert anna.read(page["results"][1]["url"]) == plans[2]
    assert [item["id"] for item in anna.read(page["next"])["results"]] == [plans[0]["id"]]
    assert erik.read("imports/") == {"next": None, "results": []}
    assert faults(anna.get("imports/?resource=stances")) == {("resource", "unknown_parameter")}
    assert Worker("guests", username="guest").get("imports/").status_code == 403


def test_the_list_takes_the_same_queries_at_one_import_and_at_twenty(world, anna):
    counts = []
    for count in (1, 20):
        for _ in range(count):
            looked_at(anna, stance())
        with CaptureQueriesContext(connection) as captured:
            anna.read("imports/?count=true")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10


def test_nothing_of_it_is_public(world, anna, reader):
    plan = looked_at(anna, {"slug": "secret", "kind": "state", "name": "SECRET"}, resource="actors")
    good(applied(anna, plan), 200)

    assert Actor.objects.filter(slug="secret").exists()
    assert reader.client.get("/api/v1/actors/secret/").status_code == 404


def test_a_line_of_an_earlier_version_says_what_stays_and_what_both_changed(world, anna):
    kept = StanceFactory(summary="As it was.", confidence="low")
    seen = anna.read(f"stances/{kept.pk}/")
    Stance.objects.filter(pk=kept.pk).update(summary="Typed since.")

    plan = looked_at(anna, {**seen, "confidence": "high"})
    (row,) = plan["rows"]
    assert (row["changed"], row["stays"]) == (
        {"confidence": ["low", "high"]},
        {"summary": ["As it was.", "Typed since."]},
    )
    good(applied(anna, plan), 200)
    assert Stance.objects.values_list("summary", "confidence").get(pk=kept.pk) == (
        "Typed since.",
        "high",
    )

    plan = looked_at(anna, {**seen, "summary": "Of the file."})
    assert [(kind["code"], kind["field"]) for kind in plan["errors"]["kinds"]] == [
        ("conflict", "summary")
    ]
    assert "from “As it was.” to “Typed since.”" in plan["rows"][0]["errors"][0]["detail"]
