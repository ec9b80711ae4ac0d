"""What a date means is said as it is typed, by the parser that saves it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ("Dec 2018", "1 Dec 2018 to 31 Dec 2018"),
        ("2019-06-05", "5 Jun 2019"),
        (
            "2018-12/2019-04",
            "An interval, to be split: since 1 Dec 2018 to 31 Dec 2018; until 1 Apr 2019 to "
            "30 Apr 2019",
        ),
        ("2018/..", "An interval, to be split: since 1 Jan 2018 to 31 Dec 2018; until stays empty"),
    ],
)
def test_it_says_which_days_a_text_means(analyst, text, says):
    answer = analyst.get("/admin/days/", {"text": text, "interval": "yes"})

    payload = answer.json()
    assert (payload["text"], payload["is_wrong"], payload["meant"]) == (says, False, [])
    assert payload["ends"] == ([end.strip(".") for end in text.split("/")] if "/" in text else None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Dec. 2018", "“Dec. 2018”: it is not a date that can be kept; write 2018-12"),
        ("2018/2019-13", "“2019-13”: it is no day of the calendar"),
        ("\0" + "9" * 10_000, "“\0999"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_write_instead(analyst, text, says):
    payload = analyst.get("/admin/days/", {"text": text, "interval": "yes"}).json()

    assert payload["is_wrong"]
    assert payload["text"].startswith(says)


def test_it_says_what_could_be_meant(analyst):
    assert analyst.get("/admin/days/", {"text": "7/8/2022"}).json()["meant"] == [
        {"edtf": "2022-07-08", "if_so": "if the month comes first"},
        {"edtf": "2022-08-07", "if_so": "if the day comes first"},
    ]
    ends = {"text": "2019-2020", "interval": "yes"}
    assert [date["edtf"] for date in analyst.get("/admin/days/", ends).json()["meant"]] == [
        "[2019..2020]",
        "2019/2020",
    ]
    alone = {"text": "2019-2020"}
    assert [date["edtf"] for date in analyst.get("/admin/days/", alone).json()["meant"]] == [
        "[2019..2020]"
    ]


def test_where_no_interval_may_be_it_is_wrong(analyst):
    assert "is an interval" in analyst.get("/admin/days/", {"text": "2018/2019"}).json()["text"]


def test_nobody_is_told_anything():
    assert Client().get("/admin/days/", {"text": "2018"}).status_code == 302
