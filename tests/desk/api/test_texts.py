"""Texts that no record or edition may have, refused over REST where they are new."""

import pytest

from tests.desk.api.working import good
from tests.factories import SourceFactory, StanceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (
            "title",
            "a\x1b[31mb",
            "“a\\u001b[31mb”: it has U+001B, which no line of text may have; remove it",
        ),
        ("keywords", ["a", "b\uffff"], "it has U+FFFF"),
        (
            "ref",
            "2019",
            "“2019”: digits alone are the number of a record; add a letter or a hyphen",
        ),
    ],
)
def test_a_text_that_no_record_may_have_is_refused_with_its_remedy(anna, field, value, says):
    body = {"type": "webpage", "title": "A page", field: value}

    (error,) = good(anna.post("sources/", body), 400)["errors"]

    assert error["pointer"] == f"/{field}"
    assert says in error["detail"]
    source = SourceFactory(**{field: value} if field != "ref" else {})
    changed = [*value, "\x1b"] if isinstance(value, list) else f"{value}0"
    assert [
        error["pointer"] for error in good(anna.patch(source, {field: changed}), 400)["errors"]
    ] == [f"/{field}"]


def test_dates_are_read_as_the_site_writes_them_and_kept_as_edtf(anna):
    body = {
        "type": "webpage",
        "title": "A page",
        "issued": "about February 2022",
        "accessed_on": "5 February 2022",
    }

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
