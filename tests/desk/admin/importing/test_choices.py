"""What is chosen for rows that look like something is imported, as a browser sends the page back;
and counts add up.
"""

import csv
import re
from io import StringIO

import pytest

from tests.desk.admin.conftest import messages, text
from tests.desk.admin.importing.test_upload import HEADER, counts, preview
from tests.factories import ActorFactory, SourceFactory
from tracker.models import Actor

pytestmark = pytest.mark.django_db
SELECT = re.compile(r'<select name="(choice-\d+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]*)"( selected)?>([^<]*)')


def options(page) -> dict[str, dict[str, str]]:
    """Return what can be chosen for each row of a page: what it says, by what it sends."""
    by_select = {
        match[1]: OPTION.findall(match[0]) for match in SELECT.finditer(page.content.decode())
    }
    return {
        name: {value: says.strip() for value, _, says in offered}
        for name, offered in by_select.items()
    }


def sent(page, **more) -> dict[str, object]:
    """Return what a browser sends of a page on which nothing is touched but what is given."""
    text = page.content.decode()
    chosen = {
        match[1]: next((value for value, is_chosen, _ in OPTION.findall(match[0]) if is_chosen), "")
        for match in SELECT.finditer(text)
    }
    shown = re.findall(r'name="shown" value="(\d+)"', text)
    left = re.findall(r'name="leave" value="(\d+)" checked', text)
    return {**chosen, "shown": shown, "leave": left, **more}


@pytest.fixture
def china(db):
    return ActorFactory(slug="china", name="China", iso3="CHN")


def test_all_are_used_and_imported_at_once_and_can_be_chosen_otherwise_again(analyst, china):
    address = preview(analyst, HEADER + "prc,state,China,\nrussia,state,Russia,\n")
    page = analyst.post(address, {"do": "use_existing"}, follow=True)
    assert "You have chosen for 1 row." in page.content.decode()
    assert set(options(page)["choice-2"]) == {"", f"use:{china.pk}", "create", "leave_out"}
    page = analyst.post(address, sent(page, do="choose", **{"choice-2": "create"}), follow=True)
    assert counts(page) == {"all": 2, "new": 2}
    page = analyst.post(
        address, sent(page, do="choose", **{"choice-2": f"use:{china.pk}"}), follow=True
    )

    analyst.post(address, sent(page, do="import", reason="x"))

    assert sorted(Actor.objects.values_list("slug", flat=True)) == ["china", "russia"]


def test_an_earlier_row_is_offered_by_its_line(analyst):
    page = analyst.get(
        preview(analyst, HEADER + "ruritania,state,Ruritania,\nkingdom,state,Ruritania,\n")
    )

    assert options(page)["choice-3"]["use:-2"] == "use line 2 of this file instead"


MIXED = (
    "russia,state,Russia,\n"  # changed
    "prc,state,China,\n"  # like one that is here
    "zhongguo,planet,China,\n"  # like that, and with an error
    "Bad slug,state,X,\n"  # an error
    "bad,planet,Y,\n"  # an error, and left out
    "same,state,Same,\n"
    "new,state,New,\n"
)


def test_all_numbers_of_the_page_add_up(analyst, china):
    (
        ActorFactory(slug="russia", name="Rossiya", kind="state"),
        ActorFactory(slug="same", name="Same", kind="state"),
    )
    SourceFactory()
    address = preview(analyst, HEADER + MIXED)
    page = analyst.post(address, {"do": "choose", "shown": ["6"], "leave": ["6"]}, follow=True)

    numbers = counts(page)
    assert numbers == {
        "all": 7,
        "new": 1,
        "changed": 1,
        "same": 1,
        "duplicate": 2,
        "error": 1,
        "left out": 1,
    }
    assert numbers.pop("all") == sum(numbers.values())
    shown = text(page)
    assert "1 row can't be imported as it is." in shown
    assert "2 new rows look like something that is there already." in shown
    assert "You have chosen for 1 row." in shown
    assert (
        "Download 3 rows with errors as CSV , to mend them and upload them again: "
        "the 1 above, and 2 that are left out, or look like something that is there already."
    ) in shown
    assert "7 rows" in shown
    downloaded = list(
        csv.DictReader(StringIO(b"".join(analyst.get(f"{address}errors/")).decode("utf-8-sig")))
    )
    assert [row["slug"] for row in downloaded] == ["zhongguo", "Bad slug", "bad"]
    page = analyst.post(address, {"do": "leave_out_errors"}, follow=True)
    assert (
        "Download 3 rows with errors as CSV , to mend them and upload them again: they are "
        "left out, or look like something that is there already."
    ) in text(page)
    page = analyst.post(address, {"do": "use_existing"}, follow=True)
    assert counts(page) == {
        "all": 7,
        "new": 1,
        "changed": 1,
        "same": 1,
        "existing one used": 2,
        "left out": 2,
    }
    assert "You have chosen for 4 rows." in page.content.decode()
    assert "Your change: 1 new, 1 changed" in page.content.decode()
    page = analyst.post(address, sent(page, do="import", reason="x"), follow=True)
    assert messages(page) == [
        "Imported as drafts: 1 new, 1 changed actors. It is one change, which can be undone."
    ]


def test_rows_that_lack_a_column_are_counted_and_downloaded_alike(analyst):
    address = preview(analyst, "slug,name,summary\na,A,\nb,B,\n", "actors.csv")
    page = analyst.get(address)

    assert counts(page) == {"all": 2, "error": 2}
    assert "Download 2 rows with errors as CSV" in page.content.decode()
    downloaded = list(
        csv.DictReader(StringIO(b"".join(analyst.get(f"{address}errors/")).decode("utf-8-sig")))
    )
    assert [row["slug"] for row in downloaded] == ["a", "b"]
    assert "kind: the column is missing" in downloaded[0]["error"]
