"""Importing at the desk: upload, preview, choices, import, and whose it is."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.conftest import logged_in, messages
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.models import Actor, ChangeSet, Source, Upload

pytestmark = pytest.mark.django_db
PAGE = "/admin/import/"
HEADER = "slug,kind,name,summary\n"


def upload(client, content, name="actors.csv", **form):
    """Upload a file, and return the page that answers."""
    file = BytesIO(content if isinstance(content, bytes) else content.encode())
    file.name = name
    return client.post(PAGE, {"file": file, **form}, follow=True)


def preview(client, content, name="actors.csv", **form) -> str:
    """Upload a file, and return the address of its preview."""
    page = upload(client, content, name, **form)
    assert page.redirect_chain, page.context["form"].errors
    return page.redirect_chain[-1][0]


def counts(page) -> dict[str, int]:
    """Return the counts at the top of a preview."""
    return {tab.label: tab.count for tab in page.context["filters"]}


def test_a_preview_shows_each_row_with_what_changes_by_labels_and_names(analyst):
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    StanceFactory(ref="x", actor=china, position="opposes", defers_to=None)
    file = "ref,actor,position,defers_to\nx,china,strongly_supports,russia\n"

    page = analyst.get(preview(analyst, file, "stances.csv"))
    text = page.content.decode()

    assert counts(page) == {"all": 1, "changed": 1}
    assert "Position:" in text
    assert "opposes" in text
    assert "strongly supports" in text
    assert russia.name in text
    assert "CSV, read as stances, UTF-8, separated by commas" in text


def test_a_new_claim_is_told_by_labels_and_names(analyst):
    ActorFactory(slug="china", name="China")
    IssueFactory(slug="syria", title="Assad", question="Should he stay?")

    file = "actor,issue,position,basis,confidence\nchina,syria,strongly_supports,action,low\n"
    page = analyst.get(preview(analyst, file, "stances.csv"))

    assert page.context["rows"][0].what == "China, strongly supports, Assad"


def test_every_list_and_the_first_page_lead_to_it(analyst):
    assert (
        '<a href="/admin/import/?noun=source">Import …</a>'
        in analyst.get("/admin/tracker/source/").content.decode()
    )
    assert 'href="/admin/import/"' in analyst.get("/admin/").content.decode()
    page = analyst.get(PAGE, {"noun": "source"}).content.decode()
    assert '<option value="source" selected>sources</option>' in page


def test_counts_are_filters_and_rows_come_in_pages(analyst):
    ActorFactory(slug="actor-1", kind="state", name="Actor 1", summary="")
    rows = "".join(f"actor-{n},state,Actor {n},\n" for n in range(60)) + "Bad,state,Bad,\n"

    address = preview(analyst, HEADER + rows)
    page = analyst.get(address)

    assert counts(page) == {"all": 61, "new": 59, "same": 1, "error": 1}
    assert (len(page.context["rows"]), page.context["page"].paginator.num_pages) == (50, 2)
    assert [row.row.line for row in analyst.get(address, {"outcome": "error"}).context["rows"]] == [
        62
    ]
    assert len(analyst.get(address, {"outcome": "created", "p": 2}).context["rows"]) == 9


def test_it_is_imported_with_a_reason_and_leads_to_its_change_set(analyst):
    address = preview(analyst, HEADER + "china,state,China,\n")

    page = analyst.post(
        address, {"do": "import", "reason": "From the atlas", "shown": ["2"]}, follow=True
    )

    changeset = ChangeSet.objects.get()
    assert page.redirect_chain[-1][0] == f"/admin/tracker/changeset/{changeset.pk}/change/"
    assert (changeset.reason, changeset.channel, changeset.made_by) == (
        "From the atlas",
        "import",
        analyst.user,
    )
    assert messages(page) == [
        "Imported as drafts: 1 new, 0 changed actors. It is one change, which can be undone."
    ]
    assert Upload.objects.count() == 0
    assert (
        "China"
        in analyst.get("/admin/review/drafts/").content.decode().split('id="content-main"')[1]
    )


def test_without_a_reason_nothing_is_imported(analyst):
    page = analyst.post(
        preview(analyst, HEADER + "china,state,China,\n"), {"do": "import"}, follow=True
    )

    assert messages(page) == ["Say why: it is kept in the history with your name."]
    assert Actor.objects.count() == 0


def test_choices_made_with_the_import_are_shown_first(analyst):
    address = preview(analyst, HEADER + "china,state,China,\nrussia,state,Russia,\n")

    sent = {"do": "import", "reason": "x", "shown": ["2", "3"], "leave": ["2"]}
    page = analyst.post(address, sent, follow=True)
    assert counts(page) == {"all": 2, "new": 1, "left out": 1}
    assert Actor.objects.count() == 0
    analyst.post(address, sent)

    assert [actor.slug for actor in Actor.objects.all()] == ["russia"]


@pytest.mark.parametrize(
    ("choice", "titles"), [("use", {"A title"}), ("create", {"A title", "A Title!"})]
)
def test_a_duplicate_is_shown_with_a_link_and_decided_by_row(analyst, choice, titles):
    source = SourceFactory(title="A title", issued="2019-06-03")
    rows = "webpage,A Title!,2019-06-03\nwebpage,New,2019-06-04\n"
    address = preview(analyst, f"type,title,issued\n{rows}", "sources.csv")

    page = analyst.get(address)
    assert counts(page) == {"all": 2, "new": 1, "duplicate": 1}
    assert (
        f'like <a href="/admin/tracker/source/{source.pk}/change/">A title' in page.content.decode()
    )
    assert 'value="import"' not in page.content.decode()
    chosen = f"use:{source.pk}" if choice == "use" else choice
    analyst.post(address, {"do": "choose", "choice-2": chosen})
    analyst.post(address, {"do": "import", "reason": "x", "choice-2": chosen})

    assert {source.title for source in Source.objects.all()} == titles | {"New"}


def test_rows_with_errors_are_downloaded_with_what_is_wrong_and_upload_again(analyst):
    address = preview(analyst, HEADER + "Bad slug,state,China,=1\nrussia,state,Russia,\n")

    answer = analyst.get(f"{address}errors/")
    text = answer.getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text, newline=""))

    assert answer["Content-Disposition"] == 'attachment; filename="actors-with-errors.csv"'
    assert row["slug"] == "Bad slug"
    assert row["error"].startswith(
        "slug: “Bad slug”: it does not have the form of its kind; use lower-case words"
    )
    mended = analyst.get(
        preview(analyst, text.replace("Bad slug", "china"), "actors-with-errors.csv")
    )
    assert counts(mended) == {"all": 1, "new": 1}


def test_objects_with_errors_are_downloaded_as_objects_so_that_what_they_leave_out_stays(analyst):
    ActorFactory(slug="china", kind="state", name="China", short_name="PRC")
    file = (
        '{"slug": "china", "kind": "planet"}\n{"slug": "iran", "kind": "state", "name": "Iran", '
        '"short_name": ""}\n'
    )
    address = preview(analyst, file, "actors.ndjson")
    assert "Download 1 row with errors as NDJSON" in analyst.get(address).content.decode()

    answer = analyst.get(f"{address}errors/")

    assert answer["Content-Disposition"] == 'attachment; filename="actors-with-errors.ndjson"'
    record = json.loads(answer.getvalue())
    assert record.pop("error").startswith("kind: “planet”: it is no term of the codebook")
    assert record == {"slug": "china", "kind": "planet"}
    mended = preview(
        analyst, json.dumps({**record, "kind": "bloc", "error": "x"}), "actors-with-errors.ndjson"
    )
    analyst.post(mended, {"do": "import", "reason": "x"})
    china = Actor.objects.get(slug="china")
    assert (china.kind, china.name, china.short_name) == ("bloc", "China", "PRC")


def test_the_encoding_and_the_separator_are_said_and_can_be_changed(analyst):
    file = "slug;kind;name\ncote;state;Côte d’Ivoire\n".encode("windows-1252")
    address = preview(analyst, file)
    assert "Windows-1252, separated by semicolons" in analyst.get(address).content.decode()
    assert Upload.objects.get().rows.get().cells[2] == "Côte d’Ivoire"

    analyst.post(
        address, {"do": "read_again", "encoding": "latin-1", "separator": ";", "noun": "actor"}
    )

    assert Upload.objects.get().rows.get().cells[2] == "Côte d\x92Ivoire"
    page = analyst.post(
        address,
        {"do": "read_again", "encoding": "utf-8", "separator": ";", "noun": "actor"},
        follow=True,
    )
    assert messages(page)[-1].startswith("It can't be read so: line 2: this is not UTF-8")


def test_a_file_that_cannot_be_read_is_an_error_of_the_form(analyst):
    page = upload(analyst, b"PK\x03\x04 nonsense", "actors.xlsx")

    (error,) = page.context["form"].errors["file"]
    assert error == (
        "It can't be read: the workbook is damaged; open it in a spreadsheet and save it as "
        "XLSX again."
    )
    assert Upload.objects.count() == 0


def test_a_file_that_is_too_large_is_passed_over_and_told(analyst, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.importing.upload.MOST_BYTES", 1000)

    page = upload(analyst, "x" * 200_000)

    assert page.context["form"].errors["file"] == [
        "The file is larger than 100 MB; split it between two records, or use “manage.py import”."
    ]


def test_an_upload_is_seen_by_its_maker_only(analyst, editor):
    address = preview(analyst, HEADER + "china,state,China,\n")

    for page in (
        editor.get(address),
        editor.get(f"{address}errors/"),
        editor.post(address, {"do": "forget"}),
    ):
        assert page["Location"] == PAGE
    assert Upload.objects.count() == 1
    assert address not in editor.get(PAGE).content.decode()
    assert address in analyst.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "nonsense"},
        {"do": "choose", "shown": "x"},
        {"do": "choose", "shown": "9" * 40},
        {"do": "choose", "choice-x": ""},
        {"do": "read_again", "encoding": "klingon"},
    ],
)
def test_what_the_page_did_not_send_is_refused(analyst, sent):
    address = preview(analyst, HEADER + "china,state,China,\n")

    assert analyst.post(address, sent).status_code == 400


def test_an_upload_can_be_thrown_away(analyst):
    address = preview(analyst, HEADER + "china,state,China,\n")

    page = analyst.post(address, {"do": "forget"}, follow=True)

    assert messages(page) == ["The upload was thrown away; nothing was written."]
    assert Upload.objects.count() == 0
    assert "no longer here" in str(messages(analyst.get(address, follow=True)))


def test_who_may_not_add_and_change_a_noun_imports_none_of_it():
    client = logged_in("analysts")
    permissions = client.user.groups.get().permissions
    client.user.groups.clear()
    client.user.user_permissions.set(
        permissions.filter(codename__in=["add_actor", "change_actor", "add_source"])
    )

    assert upload(client, "type,title\nwebpage,x\n", "sources.csv").status_code == 403
    assert Upload.objects.count() == 0
    assert preview(client, HEADER + "china,state,China,\n")
    client.user.user_permissions.clear()
    assert client.get(PAGE).status_code == 403


def test_what_changed_meanwhile_is_told_and_shown_again(analyst):
    china = ActorFactory(slug="china", kind="state", name="China", summary="old")
    address = preview(analyst, HEADER + "china,state,China,new\n")
    Actor.objects.filter(pk=china.pk).update(summary="newer")

    page = analyst.post(address, {"do": "import", "reason": "x"}, follow=True)

    assert messages(page) == [
        "Nothing was imported: the desk has changed since you looked (line 2). Look again."
    ]
    assert Upload.objects.get().rows.get().changes == [["summary", "newer", "new"]]
    analyst.post(address, {"do": "import", "reason": "x"})
    assert Actor.objects.get().summary == "new"


def test_an_editor_may_not_publish_alone_what_the_editor_imported(editor, settings):
    settings.FOUR_EYES = "on"
    editor.post(preview(editor, HEADER + "china,state,China,\n"), {"do": "import", "reason": "x"})
    actor = Actor.objects.get()
    key = f"actor:{actor.pk}"

    sent = {"action": "publish_selected", "_selected_action": [actor.pk], "confirmed": "yes"}
    page = editor.post("/admin/tracker/actor/", {**sent, "selected": key, "record": f"{key}:1"})

    assert "readers have not seen what you changed" in page.content.decode()
    assert actor.state == "editing"


@pytest.mark.parametrize("outcome", ["", "duplicate"])
def test_twenty_rows_cost_as_many_queries_as_one(analyst, outcome):
    def cost(rows: int) -> int:
        names = [f"There {n} of {rows}" for n in range(rows)]
        for n, name in enumerate(names):
            ActorFactory(slug=f"there-{rows}-{n}", kind="state", name=name)
        changes = "".join(f"there-{rows}-{n},state,Changed {n},y\n" for n in range(rows))
        alike = "".join(f"new-{rows}-{n},state,{name},x\n" for n, name in enumerate(names))
        address = preview(analyst, HEADER + changes + alike)
        analyst.get(address, {"outcome": outcome})
        with CaptureQueriesContext(connection) as queries:
            assert analyst.get(address, {"outcome": outcome}).status_code == 200
        return len(queries)

    assert cost(1) == cost(20)


def test_errors_are_told_by_kind_with_their_number_and_first_places_and_none_hides_another(analyst):
    rows = (
        "".join(f"a-{n},empire,A,\n" for n in range(1200))
        + "Bad,state,B,\nb,state,,\nWorse,state,C,\n"
    )

    page = analyst.get(preview(analyst, HEADER + rows))
    kinds = page.context["kinds_of_errors"]

    assert [(kind.times, kind.says.partition(":")[0]) for kind in kinds] == [
        ("1,200 times", "kind"),
        ("2 times", "slug"),
        ("", "name"),
    ]
    assert kinds[0].first == ", ".join(f"line {n} “empire”" for n in range(2, 7)) + " …"
    assert kinds[1].first == "line 1202 “Bad”, line 1204 “Worse”"
    assert "1,200 times</strong> kind: it is no term of the codebook" in page.content.decode()


def test_an_unknown_column_is_told_as_an_error_of_the_file(analyst):
    page = analyst.get(preview(analyst, "slug,kind,name,colour,tone\na,state,A,red,dark\n"))

    (kind,) = page.context["errors_of_file"]
    assert (kind.times, kind.first) == ("2 times", "line 1 “colour”, line 1 “tone”")
    assert kind.says.startswith("actors have no such column; ")
    assert page.context["kinds_of_errors"] == []


def test_a_preview_says_what_was_changed_here_since_the_export_and_stays(analyst):
    actor = ActorFactory(summary="As it was.")
    export = b"".join(analyst.get("/admin/tracker/actor/export/").streaming_content).decode()
    Actor.objects.update(summary="Typed since.")

    page = analyst.get(
        preview(analyst, export.replace(actor.name, "Another name"))
    ).content.decode()

    assert "Another" in page
    assert "was changed here since, and stays:" in page
    assert "Typed since." in page
    page = analyst.get(
        preview(analyst, export.replace("As it was.", "Of the file."))
    ).content.decode()
    assert "it was changed at the desk since version 1, from “As it was.” to “Typed since.”" in page
