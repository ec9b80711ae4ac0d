"""Pages of single claims, meetings and sources:
what is claimed, by whom, and what was said of it before.
"""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
CANARY = "nobodymayreadthis"
HOSTILE = "<script>alert(1)</script>\u202e\u2066 & \"'" + "W" * 3000


@pytest.fixture
def known() -> dict[str, Any]:
    """A stance, an alignment, a meeting and a source about a canal, published as edition 1."""
    canal = IssueFactory(slug="canal", title="The canal", question="Should the canal be dug?")
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    source = SourceFactory(
        title="On the canal", url="https://example.org/canal", publisher="A press", language="en-GB"
    )
    cited = [{"source": source, "locator_label": "page", "locator": "7", "quote": "They dig."}]
    known = {
        "stances": StanceFactory(
            actor=china, issue=canal, position="supports", since="2018", until="", citations=cited
        ),
        "alignments": AlignmentFactory(
            actor=china, counterpart=russia, issue=canal, since="2018", citations=cited
        ),
        "meetings": MeetingFactory(
            title="A summit",
            since="2018-05-05",
            participants=[{"actor": china}],
            issues=[{"issue": canal}],
            citations=cited,
        ),
        "votes": VoteFactory(
            title="On digging", ballots=[{"actor": china}], issue=canal, citations=cited
        ),
        "sources": source,
    }
    publish_whole(*known.values(), note="The first")
    return known


def pages(known: dict[str, Any]) -> list[str]:
    return [f"/{plural}/{record.pk}/" for plural, record in known.items()]


@pytest.mark.slow
def test_every_page_is_whole_and_leads_on(visitor: Visitor, known: dict[str, Any]) -> None:
    for address in (*pages(known), "/meetings/", "/votes/", "/sources/", "/corrections/"):
        for dated in (address, f"{address}?on=2019-01-01&edition=1"):
            page = visitor.read(dated)
            assert page.count("<h1") == page.count("<title>") == page.count('<main id="main">') == 1
            assert '<meta name="description"' in page
            assert not re.search(
                r"<style|<script(?! type=\"application/ld)|style=|onclick|javascript:|{%", page
            )
            ids = re.findall(r' id="([^"]+)"', page)
            assert len(ids) == len(set(ids))
            assert set(re.findall(r'href="#([^"]+)"', page)) <= {*ids}
            for link in {
                target.replace("&amp;", "&") for target in re.findall(r'href="(/[^"#]*)["#]', page)
            }:
                if not link.startswith("/static/"):
                    assert visitor.get(link).status_code in (200, 302), (dated, link)


def test_a_claim_says_its_sentence_and_its_evidence(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    text = visitor.text(f"/stances/{known['stances'].pk}/?on=2019-01-01")

    assert "China on “The canal”" in text
    assert re.search(
        r"supports It supports matter \d+\. 1 China has supported this since 2018", text
    )
    assert "They dig." in text
    assert "China has supported this since 2018" in text
    [described] = re.findall(
        'name="description" content="([^"]+)"', visitor.read(f"/stances/{known['stances'].pk}/")
    )
    assert described.startswith("On “The canal” (“Should the canal be dug?”), ")
    assert "A press" in text
    assert "Edition 1" in text


def test_a_claim_that_nobody_confirmed_is_told_as_said_then(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    publish(edit(known["stances"], confirmed_on="2018-03-01"))
    text = visitor.text(f"/stances/{known['stances'].pk}/?on=2020-01-01").partition(
        "What each edition said"
    )[0]

    assert "In March 2018, not confirmed since: It supports matter" in text
    assert "In March 2018, China supported this" in text
    assert "Not confirmed since 1 March 2018." in text
    assert "has supported" not in text


def test_how_much_there_is_is_counted_in_the_singular_where_it_is_one(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    counted = visitor.text("/").partition("How much there is")[2]
    for words in (
        "1 issue ",
        "1 position ",
        "1 relation of two actors ",
        "1 meeting ",
        "1 vote ",
        "1 source ",
    ):
        assert words in counted
    assert " actors " in counted.replace("two actors", "")


def test_rivals_stand_beside_each_other(visitor: Visitor, known: dict[str, Any]) -> None:
    stance = known["stances"]
    publish_whole(
        StanceFactory(
            actor=stance.actor,
            issue=stance.issue,
            position="opposes",
            since="2018",
            standing="contested",
            standing_note="A paper says so.",
        )
    )

    text = visitor.text(f"/stances/{stance.pk}/?on=2019-01-01").partition(
        "Other claims about the same"
    )[2]
    assert "opposes Contested: It supports matter" in text
    assert "Contested because: A paper says so." in text


def test_what_was_said_before_is_told_edition_by_edition(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    stance = known["stances"]
    frozen = visitor.read(f"/stances/{stance.pk}/?on=2019-01-01&edition=1")
    publish(edit(stance, position="opposes"), note="A vote was misread")
    history = visitor.text(f"/stances/{stance.pk}/?on=2019-01-01").partition(
        "What each edition said"
    )[2]

    assert re.search(
        "Edition 2, .*: corrected or changed. A vote was misread.*has opposed.*Edition 1, "
        ".*has supported",
        history,
    )
    assert "position: supports → opposes" in history
    corrections = visitor.text("/corrections/")
    assert "Why: A vote was misread" in corrections
    assert "position: supports → opposes" in corrections
    assert visitor.read(f"/stances/{stance.pk}/?on=2019-01-01&edition=1") == frozen


def test_a_correction_says_why_this_record_was_changed(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    """Where a reason was given with it; else the edition's note.
    Both stand with the record's own history.
    """
    stance, alignment = known["stances"], known["alignments"]
    reasons = {(Noun.STANCE, stance.pk): "A <vote> was misread."}
    publish(
        edit(stance, position="opposes"),
        edit(alignment, summary="So."),
        note="A survey",
        reasons=reasons,
    )
    retract(
        alignment,
        stance,
        note="Both",
        reasons={(Noun.ALIGNMENT, alignment.pk): "It rested on a forgery"},
    )

    lines = re.findall("<p>Why: <bdi>(.*)</bdi></p>", visitor.read("/corrections/"))
    assert lines == ["It rested on a forgery", "Both", "A survey", "A &lt;vote&gt; was misread."]
    edition, since = visitor.text("/editions/2/"), visitor.text("/since/1/")
    for page in (edition, since, visitor.text(f"/stances/{stance.pk}/?edition=2")):
        assert page.count("Why: A <vote> was misread.") == 1
    assert "A survey" in edition
    assert "Why: It rested on a forgery" in visitor.text(f"/alignments/{alignment.pk}/", 410)
    assert "Why: Both" in visitor.text(f"/stances/{stance.pk}/", 410)
    feed = visitor.read("/api/v1/changes.atom")
    assert "Why: A &lt;vote&gt; was misread.\nEdition 2: A survey" in feed


def test_a_correction_tells_old_and_new_words_and_leads_to_what_the_edition_said(visitor, known):
    """Of what was published alone: what is at the desk since is not among them."""
    stance, canal = known["stances"], known["stances"].issue
    publish(
        edit(stance, summary="They <dig> slowly."),
        edit(canal, summary="A canal."),
        note="Too short",
    )
    publish(edit(stance, summary="They <dig> fast."), note="It was misread")
    for record in (stance, canal):
        edit(record, summary=CANARY)

    reworded = "summary: <bdi>They &lt;dig&gt; <del>slowly.</del> <ins>fast.</ins></bdi>"
    before = f'<a class="when" href="/stances/{stance.pk}/?edition=2">as it was before</a>'
    corrections = visitor.read("/corrections/")
    for page in (corrections, visitor.read("/editions/3/"), visitor.read(f"/stances/{stance.pk}/")):
        assert f"{reworded} {before}" in page
        assert "reworded" not in page
        assert CANARY not in page
    assert "They &lt;dig&gt; slowly." in visitor.read(f"/stances/{stance.pk}/?edition=2")
    for edition in (2, 3):
        assert f'href="/stances/{stance.pk}/#edition-{edition}"' in corrections
        assert f'<li id="edition-{edition}">' in visitor.read(f"/stances/{stance.pk}/")
    assert 'href="/issues/canal/#lately"' in corrections
    assert "<ins>A canal.</ins>" in corrections
    then = visitor.read("/corrections/?on=2019-01-01&edition=3")
    assert f'href="/stances/{stance.pk}/?on=2019-01-01&amp;edition=3#edition-3"' in then
    assert f'href="/stances/{stance.pk}/?on=2019-01-01&amp;edition=2">as it was before' in then


def test_which_source_came_and_what_of_it_changed_is_said_alike_on_pages_and_in_the_feed(
    visitor, known
):
    stance = known["stances"]
    stance.citations.create(
        source=SourceFactory(title="A paper"), relation="contradicts", quote="Not <so>."
    )
    publish_whole(stance)
    cited = stance.citations.get(source__title="A paper")
    cited.locator = "7"
    cited.save()
    publish(edit(stance))

    lines = (
        "sources: added “A paper” (what the source does: contradicts, quotation: “Not "
        "&lt;so&gt;.”)",
        "sources: “A paper”: where in the source: “7” (new)",
    )
    pages = ("/corrections/", f"/stances/{stance.pk}/", "/since/1/", "/api/v1/changes.atom")
    for text in map(visitor.read, pages):
        for line in lines:
            assert line in text
    addresses = re.findall(
        '<link href="http://testserver([^"]+)" rel="alternate"/>',
        visitor.read("/api/v1/changes.atom"),
    )
    assert {f"/stances/{stance.pk}/", "/actors/china/", "/"} <= {*addresses}
    for address in addresses:
        visitor.read(address)


def test_what_was_withdrawn_is_among_the_corrections_and_gone(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    retract(known["alignments"], note="It rested on a forgery")

    assert visitor.get(f"/alignments/{known['alignments'].pk}/").status_code == 410
    assert "It rested on a forgery" in visitor.text(f"/alignments/{known['alignments'].pk}/", 410)
    assert "It rested on a forgery" in visitor.text("/corrections/")
    assert "It rested on a forgery" not in visitor.text("/corrections/?edition=1")
    assert visitor.get(f"/alignments/{known['alignments'].pk}/?edition=1").status_code == 200


def test_corrections_go_on_where_a_page_ends(visitor, known, monkeypatch):
    monkeypatch.setattr("tracker.public.site.editions.CHANGES", 1)
    for number in (2, 3):
        publish(edit(known["stances"], summary=f"Version {number}"), note=f"Reason {number}")
    first = visitor.read("/corrections/")
    (further,) = re.findall(r'href="(/corrections/\?before[^"]*)"', first)

    assert "Reason 3" in first
    assert "Reason 2" not in first
    assert "Reason 2" in visitor.read(further.replace("&amp;", "&"))


def test_a_merged_source_leads_to_the_one_that_stays(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    other = SourceFactory(title="The same once more")
    publish(other)
    merge(other, known["sources"])

    response = visitor.get(f"/sources/{other.pk}/")
    assert (response.status_code, response.headers["Location"]) == (
        308,
        f"/sources/{known['sources'].pk}/",
    )


def test_a_source_shows_all_that_cites_it(visitor: Visitor, known: dict[str, Any]) -> None:
    page = visitor.read(f"/sources/{known['sources'].pk}/")

    assert f'id="stance-{known["stances"].pk}"' in page
    assert f'id="alignment-{known["alignments"].pk}"' in page
    assert f'id="meeting-{known["meetings"].pk}"' in page
    assert "<dt>Language</dt>\n<dd>British English</dd>" in page
    assert 'data-originalurl="https://example.org/canal"' in page
    assert "Memberships and offices" not in page

    member = ActorFactory(
        name="Zembla",
        memberships=[
            {
                "organization": ActorFactory(name="A league"),
                "role": "observer",
                "source": known["sources"],
            },
            {"organization": ActorFactory(name="Another league")},
        ],
    )
    publish_whole(member)
    cited = visitor.text(f"/sources/{known['sources'].pk}/").partition(
        "Memberships and offices that cite it"
    )[2]
    assert "Zembla : A league , observer" in cited
    assert "Another league" not in cited
    assert "Memberships" not in visitor.text(f"/sources/{known['sources'].pk}/?edition=1")


def test_no_draft_is_on_any_page(visitor: Visitor, known: dict[str, Any]) -> None:
    stance = known["stances"]
    StanceFactory(
        actor=stance.actor, issue=stance.issue, since="1990", until="1991", summary=CANARY
    )
    MeetingFactory(title=CANARY)
    SourceFactory(title=CANARY)
    VoteFactory(title=CANARY, amends=known["votes"].symbol, ballots=[{"actor": stance.actor}])
    for record, field in (
        (stance, "summary"),
        (known["meetings"], "title"),
        (known["votes"], "title"),
        (known["sources"], "title"),
    ):
        edit(record, **{field: CANARY})

    for address in (*pages(known), "/meetings/", "/votes/", "/sources/", "/corrections/"):
        assert CANARY not in visitor.read(address), address


def test_whatever_is_in_a_record_is_shown_as_text(visitor: Visitor, known: dict[str, Any]) -> None:
    publish(
        edit(known["sources"], title=HOSTILE[:400], publisher=HOSTILE[:200]),
        edit(known["stances"], summary=HOSTILE),
        edit(known["votes"], title=HOSTILE[:200], symbol=HOSTILE[:100]),
        edit(known["meetings"], title=HOSTILE[:200], place=HOSTILE[:150]),
        note=HOSTILE,
    )
    for address in (*pages(known), "/meetings/", "/votes/", "/sources/", "/corrections/"):
        assert "<script>alert" not in visitor.read(address), address


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 20])
def test_a_page_takes_the_same_statements_however_much_there_is(visitor, known, many):
    stance, cited = known["stances"], [{"source": known["sources"], "locator": "1"}]
    publish_whole(
        *(
            StanceFactory(
                actor=stance.actor,
                issue=stance.issue,
                since=f"{1900 + number}",
                standing="contested",
                standing_note="Rivals.",
                citations=cited,
            )
            for number in range(many)
        ),
        *(MeetingFactory(since="2018-05-05") for _ in range(many)),
        *(VoteFactory(amends=known["votes"].symbol) for _ in range(many)),
    )
    for number in range(many):
        publish(edit(stance, summary=f"Version {number}"))
    counts = {}
    for address in (*pages(known), "/meetings/", "/votes/", "/sources/", "/corrections/"):
        forget()
        with CaptureQueriesContext(connection) as queries:
            visitor.read(address)
        counts[re.sub("[0-9]+", "1", address)] = len(queries)

    assert counts == {
        "/stances/1/": 9,
        "/alignments/1/": 9,
        "/meetings/1/": 6,
        "/votes/1/": 11,
        "/votes/": 9,
        "/sources/1/": 19,
        "/meetings/": 10,
        "/sources/": 6,
        "/corrections/": 3,
    }
