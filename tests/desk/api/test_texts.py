"""Texts that no record or edition may have, refused over REST where they are new."""

import pytest

from tests.desk.api.working import good
from tests.factories import IssueFactory, SourceFactory, StanceFactory
from tracker.models import Edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "a\x1b[31mb", "“a\\u001b[31mb”: it has U+001B, which no line of text may have; remove it"),
        ("title", "a\r\nb", "it has U+000D, U+000A"),
        ("keywords", ["a", "b\uffff"], "it has U+FFFF"),
        ("authors", [{"family": "a\u202eb"}], "it has U+202E"),
        ("ref", "2019", "“2019”: digits alone are the number of a record; add a letter or a hyphen"),
    ],
)
def test_a_text_that_no_record_may_have_is_refused_with_its_remedy(anna, field, value, says):
    body = {"type": "webpage", "title": "A page", field: value}

    (error,) = good(anna.post("sources/", body), 400)["errors"]

    assert error["pointer"] == f"/{field}"
    assert says in error["detail"]
    source = SourceFactory(**{field: value} if field != "ref" else {})
    (error,) = good(anna.patch(source, {field: [*value, "\x1b"] if isinstance(value, list) else f"{value}0"}), 400)[
        "errors"
    ]
    assert error["pointer"] == f"/{field}"


def test_dates_are_read_as_the_site_writes_them_and_kept_as_edtf(anna):
    body = {"type": "webpage", "title": "A page", "issued": "about February 2022", "accessed_on": "5 February 2022"}

    source = good(anna.post("sources/", body), 201)

    assert (source["issued"]["edtf"], source["accessed_on"]) == ("2022-02~", "2022-02-05")
    (error,) = good(anna.post("sources/", {**body, "accessed_on": "February 2022"}), 400)["errors"]
    assert (error["pointer"], "it is no day" in error["detail"]) == ("/accessed_on", True)


def test_a_text_that_is_here_may_come_back_and_loses_carriage_returns_when_it_changes(anna):
    stance = StanceFactory(summary="one\r\ntwo")

    good(anna.patch(stance, {"summary": "one\r\ntwo"}), 200)
    stance.refresh_from_db()
    assert stance.summary == "one\r\ntwo"
    good(anna.patch(stance, {"summary": "one\r\nthree"}), 200)
    stance.refresh_from_db()
    assert stance.summary == "one\nthree"


def test_a_note_of_which_readers_would_see_nothing_is_refused_with_its_value(erik):
    issue = IssueFactory()
    records = [{"resource": "issues", "id": issue.pk, "version": issue.version}]

    for note, value in ((" \n", " \\n"), (" " * 1000, " " * 20), ("\u200b", "\\u200b")):
        (error,) = good(erik.post("publish/", {"records": records, "note": note}), 400)["errors"]
        assert error["detail"] == f"“{value}”: readers would see nothing of it: write something, or leave it empty"
        assert (error["code"], error["pointer"]) == ("invalid", "/note")

    assert not Edition.objects.exists()
    assert good(erik.post("publish/", {"records": records, "note": ""}), 200) == {"edition": 1}
