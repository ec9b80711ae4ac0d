"""Two editions compared: record by record, word by word; as files of releases tell it;
frozen, in few statements.
"""

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tests.publishing.releases.acts import contents, released
from tracker.models import Release
from tracker.public.http.caching import RESPONSES
from tracker.public.read.comparison import differing
from tracker.public.site import editions
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    """A sea with a canal in it, and mountains;
    released as 2026.1, and after all that can happen as 2026.2.
    """
    sea = IssueFactory(slug="sea", title="The sea", question="")
    canal = IssueFactory(slug="canal", title="The canal", question="Should it be dug?", parent=sea)
    peak = IssueFactory(slug="peak", title="The peak", question="Should it be climbed?")
    china, zembla = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="zembla", name="Zembla"),
    )
    prc, twin = ActorFactory(slug="prc", name="PRC"), SourceFactory(title="On canals, once more")
    made = {
        "sea": sea,
        "canal": canal,
        "peak": peak,
        "china": china,
        "prc": prc,
        "zembla": zembla,
        "twin": twin,
    }
    made["stance"] = StanceFactory(
        actor=china,
        issue=canal,
        position="neutral",
        since="2018",
        summary="They dig <b>slowly</b>.",
    )
    made["named"] = StanceFactory(actor=prc, issue=peak, since="2017")
    made["gone"] = StanceFactory(actor=zembla, issue=canal, since="2016", until="2017")
    made["back"] = StanceFactory(
        actor=zembla, issue=peak, since="2015", until="2016", position="opposes"
    )
    made["vote"] = VoteFactory(ballots=[{"actor": china}, {"actor": zembla}], title="On the canal")
    publish_whole(*made.values())
    released("2026.1")
    publish(edit(made["stance"], position="supports", summary="They dig <b>fast</b>."))
    publish(edit(canal, slug="great-canal", title="The great canal"))
    merge(prc, china)
    publish(edit(china, slug="cathay", name="Cathay"))
    retract(made["gone"], note="It rested on a forgery")
    publish(edit(made["back"], position="supports"))
    publish(edit(made["back"], position="opposes"))
    passing = ActorFactory(name="Passing")
    publish(passing)
    retract(passing)
    made["new"] = StanceFactory(
        actor=zembla, issue=canal, since="2019", summary="They began to dig."
    )
    made["meeting"] = MeetingFactory(
        title="A summit", participants=[{"actor": china}], issues=[{"issue": peak}]
    )
    publish_whole(made["new"], made["meeting"])
    heir = SourceFactory(title="An heir")
    publish(heir)
    merge(made["twin"], heir)
    last = SourceFactory(title="The last heir")
    publish(last)
    made["edition"] = merge(heir, last)
    released("2026.2")
    return made


def table(visitor: Visitor, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(visitor.read(address), newline="")))


def test_it_tells_what_the_files_of_a_release_tell(visitor: Visitor, world: dict[str, Any]) -> None:
    """Of renames, merges (into what was merged itself, too), withdrawals, what came and went,
    and what came back.
    """
    files = contents(Release.objects.get(version="2026.2"))
    last = world["edition"]
    compared = json.loads(visitor.read(f"/editions/1/{last}.json"))

    assert compared["changes"] == json.loads(files["CHANGES.json"])["changes"]
    assert (compared["since"], compared["until"]) == (1, last)
    assert visitor.get(f"/editions/1/{last}.csv").content == files["CHANGES.csv"]
    by_what = {
        (change["resource"], change["name"].partition(" (")[0]): change
        for change in compared["changes"]
    }
    assert by_what["actors", "PRC"]["into"] == "Cathay"
    assert by_what["sources", "On canals, once more"]["into"] == "The last heir"
    assert ("actors", "Passing") not in by_what
    assert world["back"].pk not in [
        change["id"] for change in compared["changes"] if change["resource"] == "stances"
    ]


def counted(page: str) -> dict[tuple[str, str], int]:
    """Return how many of each kind a page says differ, by what became of them."""
    words = re.findall(r'#(\w+)">[^<]*</a>:(.*?)</li>', page, re.DOTALL)
    parts = [(kind, part.split()) for kind, says in words for part in says.split(",")]
    return {(kind, " ".join(of[1:])): int(of[0]) for kind, of in parts}


def test_the_page_counts_and_tells_the_same_records(
    visitor: Visitor, world: dict[str, Any]
) -> None:
    address = f"/editions/1/{world['edition']}"
    page = visitor.read(f"{address}/")
    told: dict[tuple[str, str], int] = {}
    words = {"retracted": "withdrawn", "merged": "part of another now"}
    for change in json.loads(visitor.read(f"{address}.json"))["changes"]:
        key = (change["resource"], words.get(change["what"], change["what"]))
        told[key] = told.get(key, 0) + 1

    assert counted(page) == told
    listed = "".join(re.findall(r'<ol class="changes">.*?</ol>', page, re.DOTALL))
    assert len(re.findall("<li>\n<p>", listed)) == sum(told.values())
    kinds = re.findall(r'<h2 id="(\w+)" class="kind">', page)
    assert kinds[0] == "stances"
    assert kinds[-1] == "sources"


def test_texts_are_told_word_by_word_and_what_is_in_them_is_no_markup(
    visitor: Visitor, world: dict[str, Any]
) -> None:
    page = visitor.read(f"/editions/1/{world['edition']}/?on=2019-06-15")

    assert (
        "summary: <bdi>They dig &lt;b&gt;<del>slowly</del> <ins>fast</ins>&lt;/b&gt;.</bdi>" in page
    )
    was = unescape(
        f'<a class="when" href="/stances/{world["stance"].pk}/?on=2019-06-15&amp;edition=1">'
    )
    assert was in unescape(page)
    text = visitor.text(f"/editions/1/{world['edition']}/")
    assert "position: neutral → supports" in text
    assert "PRC It is part of Cathay now." in text
    assert "They began to dig." in text
    gone = f'href="/stances/{world["gone"].pk}/?edition=1"'
    assert gone in visitor.read(f"/editions/1/{world['edition']}/")


def test_for_an_issue_it_tells_what_is_about_it_and_all_below(
    visitor: Visitor, world: dict[str, Any]
) -> None:
    """By any of its keys; whole for one above it; nothing of what is about others."""
    base = f"/editions/1/{world['edition']}"
    sea, canal, old = (
        {(row["resource"], row["id"]) for row in table(visitor, f"{base}.csv?under={key}")}
        for key in ("sea", "great-canal", "canal")
    )
    whole = {(row["resource"], row["id"]) for row in table(visitor, f"{base}.csv")}

    own = {("stances", str(world[name].pk)) for name in ("stance", "gone", "new")}
    assert own <= canal == old == sea < whole
    assert ("meetings", str(world["meeting"].pk)) not in sea
    page = visitor.text(f"{base}/?under=great-canal")
    assert "The great canal" in page
    assert "A summit" not in page
    assert "Take great-canal" in visitor.text(f"{base}/?under=great-cannal", 400)
    both = table(visitor, f"{base}.csv?under=sea,peak")
    assert ("meetings", str(world["meeting"].pk)) in {(row["resource"], row["id"]) for row in both}


def test_pages_have_all_of_them_once(
    visitor: Visitor, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/editions/1/{world['edition']}/"
    heads = re.compile(r'<li>\n<p><a href="[^"]*"><bdi>(.*?)</bdi>')
    whole = heads.findall(visitor.read(address))
    RESPONSES.clear()
    monkeypatch.setattr(editions, "CHANGES", 2)
    here, found = f"{address}", []
    while here:
        page = visitor.read(here)
        assert len(heads.findall(page)) <= 2
        found += heads.findall(page)
        following = re.search(r'<a href="([^"]+)" rel="next">', page)
        here = unescape(following[1]) if following else ""
    assert found == whole
    links = re.findall(r'<a href="([^"]*)#(\w+)">', visitor.read(address).partition("<main")[2])
    for link, kind in links:
        assert f'<h2 id="{kind}"' in visitor.read(unescape(link))


def test_editions_stand_in_their_order_and_are_there(
    visitor: Visitor, world: dict[str, Any]
) -> None:
    last = world["edition"]
    moved = visitor.get(f"/editions/{last}/1.csv?under=sea")
    assert (moved.status_code, moved.headers["Location"]) == (
        308,
        f"/editions/1/{last}.csv?under=sea",
    )
    assert f"the latest is {last}" in visitor.read(f"/editions/1/{last + 1}/", 404)
    assert "the latest is 2" in visitor.read("/editions/1/3/?edition=2", 404)
    visitor.read("/editions/0/1/", 404)
    assert "This is one edition" in visitor.text("/editions/2/2/")
    assert json.loads(visitor.read("/editions/2/2.json"))["changes"] == []


def test_a_form_leads_to_it(visitor: Visitor, world: dict[str, Any]) -> None:
    """With the dates and the issue;
    with one edition, to its comparison with the latest, for today alone.
    """
    last = world["edition"]
    chosen = visitor.get("/editions/?since=2&until=3&on=2019-06-15&under=sea")
    assert (chosen.status_code, chosen.headers["Location"]) == (
        302,
        "/editions/2/3/?on=2019-06-15&under=sea",
    )
    assert visitor.get("/editions/?since=2").headers["Location"] == f"/editions/2/{last}/"
    for address in ("/editions/", "/editions/2/", "/editions/2/3/"):
        assert '<form id="compare" method="get" action="/editions/"' in visitor.read(address), (
            address
        )


def test_where_one_wonders_a_link_leads_to_it(visitor: Visitor, world: dict[str, Any]) -> None:
    last = world["edition"]
    for address, link in (
        ("/editions/3/", "/editions/2/3/"),
        ("/issues/great-canal/", f"/editions/1/{last}/?under=great-canal"),
        ("/issues/canal/?edition=2", "/editions/?since=2&under=canal"),
        ("/actors/?edition=2", "/editions/?since=2"),
        ("/since/2/", f"/editions/2/{last}/"),
        ("/since/2/?under=sea", f"/editions/2/{last}/?under=sea"),
        ("/corrections/", "/editions/#compare"),
    ):
        assert f'href="{link}"' in unescape(visitor.read(address)), address
        visitor.client.get(link)


def test_a_withheld_edition_is_compared_with_nothing(
    visitor: Visitor, world: dict[str, Any], settings: Any
) -> None:
    """451, with links to comparisons that are shown; of those around it no word of it is told."""
    settings.WITHHELD = ((2, 3),)
    for address in (
        "/editions/2/5/",
        "/editions/1/3/",
        "/editions/1/3.json",
        "/editions/2/5.csv",
        "/editions/1/2.xlsx",
    ):
        response = visitor.get(address)
        assert response.status_code == 451, address
        assert response.headers["Link"] == '<http://testserver/>; rel="blocked-by"'
    page = visitor.read("/editions/2/5/", 451)
    assert 'href="/editions/1/5/"' in page
    assert 'href="/editions/4/5/"' in page
    visitor.read("/editions/1/5/")


def test_what_only_carries_a_new_name_is_no_change_while_others_are_merged() -> None:
    """Though a merge changes the claims that name what was merged."""
    stance = StanceFactory()
    loser, survivor = IssueFactory(), IssueFactory()
    merged_one = StanceFactory(issue=loser)
    since = publish_whole(stance, merged_one, survivor)
    publish(edit(stance.issue, title="Another title"))
    until = merge(loser, into=survivor)

    changed = differing(since, until, None, None)[Noun.STANCE]["changed"]
    assert list(changed) == [merged_one.pk]


def test_a_comparison_stays_what_it_is(visitor: Visitor, world: dict[str, Any]) -> None:
    """Of both dates the same bytes, whatever is published later."""
    addresses = [
        f"/editions/1/4{end}?on=2019-06-15&edition=4" for end in ("/", ".csv", ".json", ".xlsx")
    ]
    before = [visitor.get(address).content for address in addresses]
    publish(
        edit(world["stance"], summary="Later."), edit(world["canal"], title="Later", slug="later")
    )
    forget()
    RESPONSES.clear()

    after = [visitor.get(address) for address in addresses]
    assert [response.content for response in after] == before
    assert {response.headers["Cache-Control"] for response in after} == {
        "public, max-age=86400, immutable"
    }


def test_it_takes_the_same_statements_with_one_record_and_twenty(visitor: Visitor) -> None:
    issue, actor = IssueFactory(slug="canal"), ActorFactory(slug="china")
    cited = [{"source": SourceFactory(), "locator": "p. 1"}]
    years = [
        {"since": f"{1970 + n}", "until": f"{1970 + n}", "citations": cited} for n in range(40)
    ]
    stances = [StanceFactory(actor=actor, issue=issue, **year) for year in years]
    publish_whole(*stances[:21])
    publish(edit(stances[0], summary="It was edited."))
    publish(*(edit(stance, summary="It was edited.") for stance in stances[:20]))
    publish(*stances[21:], *(edit(stance, summary="Once more.") for stance in stances[:20]))
    retract(stances[20])

    counts = []
    for address in (
        "/editions/1/2/",
        "/editions/2/3/",
        "/editions/3/5/",
        "/editions/1/5/?under=canal",
    ):
        forget()
        RESPONSES.clear()
        with CaptureQueriesContext(connection) as queries:
            visitor.read(f"{address}{'&' if '?' in address else '?'}on=2019-06-15&edition=5")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] == counts[3] - 1  # which issue that is
