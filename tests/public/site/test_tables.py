"""The table of a page has what the page shows:
each position and each relation, in a file that says of what it is.
"""

import csv
import re
from html import unescape
from io import StringIO

import pytest

from tests.factories import AlignmentFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tracker.public.http import costly
from tracker.public.http.caching import RESPONSES
from tracker.public.site import reading

pytestmark = pytest.mark.django_db

ON = "?on=2019-06-05"
# Whose chip or card it is; that of which it took the place is named in its sentence alone.
CLAIM = re.compile(r'(?:id="|class="chip [^"]*" href="/)(stance|alignment)(?:-|s/)(\d+)(?:"|/)')


def claims(html: str) -> set[tuple[str, str]]:
    return set(CLAIM.findall(html))


def section(page: str, name: str) -> str:
    """Return what a page shows under a heading, without what it folds away; "" if it has none."""
    under = page.partition(f'<h2 id="{name}">')[2].partition("<h2 ")[0]
    return under.partition('<details class="others">')[0]


def table(visitor: Visitor, page: str) -> tuple[str, list[dict[str, str]]]:
    """Return the name and the rows of the table that a page links to at its foot."""
    foot = page.partition('<section class="cite"')[2]
    link = re.search(r'<a href="([^"]+)">as a table \(CSV\)</a>', foot)
    assert link, foot
    response = visitor.get(unescape(link[1]))
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/csv; charset=utf-8",
    )
    name = re.fullmatch('attachment; filename="(.+)"', response.headers["Content-Disposition"])
    assert name
    return name[1], list(csv.DictReader(StringIO(response.content.decode(), newline="")))


def shown_on_issue(page: str) -> set[tuple[str, str]]:
    return claims("".join(section(page, name) for name in ("below", "positions", "together")))


def shown_on_source(page: str) -> set[tuple[str, str]]:
    return claims(section(page, "citing"))


@pytest.mark.parametrize(
    ("pages", "shown"),
    [("issues", shown_on_issue), ("sources", shown_on_source)],
    ids=["issues", "sources"],
)
def test_a_table_has_what_its_page_shows(visitor, first_dataset, pages, shown):
    """Of every issue, those without a question of their own too, and of every source."""
    kinds = set()
    for address in dict.fromkeys(
        re.findall(rf'href="(/{pages}/[^/"]+/)', visitor.read(f"/{pages}/{ON}"))
    ):
        page = visitor.read(f"{address}{ON}")
        name, rows = table(visitor, page)
        kept = {(row["claim"], row["id"]) for row in rows}
        assert len(rows) == len(kept), "each once"
        assert shown(page) <= kept, address
        if "all of them as a table" not in page:
            assert shown(page) == kept, address
        assert name == f"{address.strip('/').replace('/', '-')}-on-2019-06-05-edition-2.csv"
        kinds |= {row["claim"] for row in rows}
    assert kinds == {"stance", "alignment"}


def test_the_table_of_a_pair_has_both_positions_and_how_they_relate(
    visitor: Visitor, first_dataset: object
) -> None:
    """On issues on which only one of the two has a position, too: the page counts those."""
    page = visitor.read(f"/pairs/china/russia/{ON}")
    name, rows = table(visitor, page)
    kept = {(row["claim"], row["id"]) for row in rows}
    matrix = page.partition('<table class="matrix')[2].partition("</table>")[0]
    shown = claims(matrix + section(page, "together"))

    assert shown < kept
    assert {row["actor"] for row in rows} == {"china", "russia"}
    assert {kind for kind, _ in shown} == {"stance", "alignment"}
    assert name == "pairs-china-russia-on-2019-06-05-edition-2.csv"


def test_the_table_of_what_is_unresolved_has_the_forecasts_that_its_page_shows(
    visitor: Visitor,
) -> None:
    """Those of relations too, contested ones too;
    none whose day has not passed, and none that is no forecast.
    """
    late = {"basis": "forecast", "likelihood": "likely", "since": "2019-03", "until": ""}
    doubted = {**late, "standing": "contested", "standing_note": "A paper says so."}
    kinds = (StanceFactory, AlignmentFactory)
    published = [
        factory(**fields)
        for factory in kinds
        for fields in (late, doubted, {**late, "since": "2019-06"})
    ]
    publish_whole(*published, *(factory(since="2019-03") for factory in kinds))

    page = visitor.read(f"/unresolved/{ON}")
    _, rows = table(visitor, page)

    assert {(row["claim"], row["id"]) for row in rows} == {
        (claim._meta.model_name, str(claim.pk)) for claim in published if claim.since == "2019-03"
    }
    assert page.count(", by forecast, that") == len(rows) == 4


def test_a_table_is_read_in_chunks(
    visitor: Visitor, first_dataset: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is the same however many claims are read at once."""
    address = f"/sources/1.csv{ON}"
    whole = visitor.read(address)
    RESPONSES.clear()
    monkeypatch.setattr(reading, "CHUNK", 7)
    assert visitor.read(address) == whole


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_a_long_file_is_made_in_turn(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """So whoever asks for many is told when to come again; a short one never waits."""
    publish_whole(StanceFactory())
    publish_whole(*StanceFactory.create_batch(3))
    with costly.WAITING:
        short = visitor.get(f"/editions/1/2.{suffix}").status_code
        RESPONSES.clear()
        for module in ("page", "editions"):
            monkeypatch.setattr(f"tracker.public.site.{module}.QUICK_ROWS", 2)
        refused = visitor.get(f"/editions/1/2.{suffix}")

    assert (short, refused.status_code) == (200, 503)
    assert "Retry-After" in refused.headers
    assert visitor.get(f"/editions/1/2.{suffix}").status_code == 200


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_file_of_too_many_rows_is_refused(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """What else there is, is told."""
    publish_whole(StanceFactory())
    publish_whole(*StanceFactory.create_batch(3))
    for name, value in (("QUICK_ROWS", 1), ("MOST_ROWS", 2)):
        monkeypatch.setattr(f"tracker.public.site.page.{name}", value)

    answer = visitor.get(f"/editions/1/2.{suffix}")

    assert answer.status_code == 400
    assert "files of a release" in answer.content.decode()
