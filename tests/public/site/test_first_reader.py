"""What somebody stumbles over who has never seen these pages:
each said once, in plain words, and leading on.
"""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[ActorFactory, ActorFactory]:
    return ActorFactory(slug="china", name="China"), ActorFactory(slug="russia", name="Russia")


def test_an_error_can_be_reported_only_where_somebody_reads_it(visitor: Visitor) -> None:
    stance = StanceFactory()
    publish_whole(stance)
    addresses = ("/about/", f"/stances/{stance.pk}/")

    for address in addresses:
        assert not re.search("report an error|where to write to", visitor.text(address), re.I)
    with override_settings(CONTACT="mailto:desk@tracker.example"):
        for address in addresses:
            assert re.search("report an error", visitor.text(address), re.I)
        assert 'href="mailto:desk@tracker.example">Write to us' in visitor.read("/about/")


def test_data_are_downloaded_by_a_link_and_questions_lead_to_pages(visitor, two):
    """Before any line for a program; of the edition that is shown."""
    claims = [StanceFactory(actor=actor, issue=IssueFactory(question="Yes?")) for actor in two]
    publish_whole(*claims, IssueFactory(question="What nobody has an answer to?"))
    data = (
        visitor.read("/about/?edition=1").partition('<h2 id="data">')[2].partition("</section>")[0]
    )
    links, _, programs = data.partition("<dl")

    for table in ("stances", "alignments", "meetings", "acts", "votes", "sources"):
        address = re.search(rf'href="(/api/v1/{table}\.csv[^"]*)"', links)[1].replace("&amp;", "&")
        assert "edition=1" in address
        assert visitor.get(address).headers["Content-Type"].startswith("text/csv")
    asked = links.partition("Questions to start with")[2].partition("Any day")[0]
    assert re.findall(r'href="/(\w+)/[^"]*"', asked) == ["issues", "issues", "pairs", "pairs"]
    assert "curl" in programs


def test_a_pair_shows_what_both_are_on_and_counts_the_rest(
    visitor: Visitor, two: tuple[object, object]
) -> None:
    """Issues on which both take a position, or how they relate is coded."""
    china, russia = two
    both, related, alone = (
        IssueFactory(title=title, question="Yes?") for title in ("Both", "Related", "Alone")
    )
    publish_whole(
        StanceFactory(actor=china, issue=both),
        StanceFactory(actor=russia, issue=both),
        AlignmentFactory(actor=china, counterpart=russia, issue=related),
        StanceFactory(actor=china, issue=alone),
    )

    address = "/pairs/china/russia/?on=2019-06-05"
    page = visitor.read(address)

    assert re.findall(r'<th scope="row"[^>]*><a [^>]*><bdi>(\w+)', page) == ["Both", "Related"]
    text = visitor.text(address)
    assert (
        "On 1 more issue only one of the two takes a position, as the page of China or "
        "Russia tells." in text
    )


def test_actors_are_compared_with_and_not_put_together_with_others(visitor, two):
    china, russia = two
    issues = [IssueFactory(question="Yes?") for _ in range(4)]
    publish_whole(
        *(StanceFactory(actor=china, issue=issue) for issue in issues[:3]),
        AlignmentFactory(actor=china, counterpart=russia, issue=issues[0], pattern="competing"),
    )

    assert 'class="kind">states</h2>' in visitor.read("/actors/")
    assert "3 positions" in visitor.text("/")
    assert "1 relation of two actors" in visitor.text("/")
    assert "Compare with: Russia ." in visitor.text("/actors/china/?on=2019-06-05")
    assert visitor.read("/actors/china/?on=2019-06-05").count('<details class="group"') == 3
    assert (
        re.findall(r'<details class="group" id="[^"]*"( open)?>', visitor.read("/actors/china/"))
        == [" open"] * 3
    )
    publish_whole(StanceFactory(actor=china, issue=issues[3]))
    assert (
        re.findall(r'<details class="group" id="[^"]*"( open)?>', visitor.read("/actors/china/"))
        == [""] * 4
    )


def test_meetings_that_were_held_come_first_and_those_whose_day_has_passed_last(
    visitor: Visitor,
) -> None:
    publish_whole(
        MeetingFactory(title="An old one", since="2001-01-01", until=""),
        MeetingFactory(title="A held one", since="2019-06-01", until=""),
        MeetingFactory(title="A late one", status="planned", since="2019-06-02", until=""),
        MeetingFactory(title="A planned one", status="planned", since="2999-06-02", until=""),
    )
    publish_whole(StanceFactory(basis="forecast", likelihood="likely", since="2001", until="2002"))

    text = visitor.text("/meetings/?on=2019-06-05")

    titles = ("A held one", "An old one", "A planned one", "A late one")
    assert sorted(titles, key=text.index) == [*titles]
    assert "Overdue: planned, and the day has passed" in text
    assert "by forecast" not in text


def test_overdue_is_a_line_each_and_leads_to_all(visitor: Visitor) -> None:
    """Of more than the first page shows, the number is that of all."""
    publish_whole(
        *(
            MeetingFactory(title=f"Summit {number}", status="planned", since="2019-06-02")
            for number in range(7)
        )
    )

    part = (
        visitor.read("/?on=2019-06-15").partition('<h2 id="overdue">')[2].partition("</section>")[0]
    )

    assert part.count("<li>") == 5
    assert (
        '<a href="/unresolved/?on=2019-06-15">All unresolved forecasts, meetings and acts (7)</a>'
        in part
    )
    assert visitor.read("/unresolved/?on=2019-06-15").count("Summit ") == 7
    publish_whole(*(MeetingFactory(status="planned", since="2019-06-02") for _ in range(20)))
    assert "(20 or more)" in visitor.text("/?on=2019-06-15")


def test_what_is_all_of_the_first_edition_is_said_in_a_line(visitor: Visitor) -> None:
    stance = StanceFactory(
        issue=IssueFactory(slug="canal", question="Yes?"), actor=ActorFactory(slug="china")
    )
    publish_whole(stance)
    addresses = ("/", "/issues/canal/", "/actors/china/")

    for address in addresses:
        part = visitor.read(address).partition('<h2 id="lately">')[2].partition("</section>")[0]
        assert "All of this was first published in" in part
        assert "<li>" not in part
    assert "All of this was first published in" not in visitor.text("/editions/1/")
    publish(edit(stance, position="opposes"), note="Seen again")
    assert "Edition 2 of " in visitor.text("/").partition("What changed lately")[2]
    assert ": Seen again " in visitor.text("/")
    assert "Records: 1 corrected or changed." in visitor.text("/editions/2/")
    assert "1 corrected or changed" in visitor.text("/editions/")
    for address in addresses:
        part = visitor.read(address).partition('<h2 id="lately">')[2].partition("</section>")[0]
        assert "(changed: position)" in part
        assert "All of this" not in part


def test_an_edition_of_many_records_leaves_room_for_others_on_the_first_page(
    visitor: Visitor,
) -> None:
    """Of each of the latest it has a few changes, says how many more there are,
    and takes the same statements.
    """
    stance = StanceFactory(issue=IssueFactory(title="The canal"), position="supports")
    publish_whole(stance)
    publish(edit(stance, position="opposes"), note="Seen again")
    publish(*SourceFactory.create_batch(20), note="A whole list")

    def recent_changes() -> tuple[str, int]:
        forget()
        with CaptureQueriesContext(connection) as queries:
            part = (
                visitor.text("/").partition("What changed lately ")[2].partition(" All editions")[0]
            )
        return part, len(queries)

    first, statements = recent_changes()
    for position in ["supports", "opposes"] * 5:
        publish(edit(stance, position=position))
    later, as_many = recent_changes()

    assert re.fullmatch(
        r"Edition 3 of [^:]*: A whole list New (Source \d+ \(new source\) ){3}and 17 others "
        r"Edition 2 of [^:]*: Seen again Corrected, changed or withdrawn .*: opposes, .* "
        r"\(changed: position\) Edition 1 of [^:]* New The canal \(new issue\) Actor \d+ "
        r"\(new actor\) Source \d+ \(new source\) and 1 other",
        first,
    )
    assert len(re.findall(r"Edition \d+ of ", later)) == later.count("changed: position") == 10
    assert "other" not in later
    assert as_many == statements
    assert re.search("Edition 3 of .*and 17 others", visitor.text("/?edition=3"))


def test_an_edition_of_many_records_leaves_room_for_others_on_the_page_that_they_are_about(
    visitor: Visitor,
) -> None:
    """Of an actor and an issue alike, corrections apart;
    what is about something else isn't there.
    """
    stance = StanceFactory(
        issue=IssueFactory(slug="canal", question="Yes?"),
        actor=ActorFactory(slug="china"),
        position="supports",
    )
    publish_whole(stance)
    publish(edit(stance, position="opposes"))
    publish_whole(
        *(
            MeetingFactory(participants=[{"actor": stance.actor}], issues=[{"issue": stance.issue}])
            for _ in range(20)
        )
    )
    publish(SourceFactory())

    for address in ("/issues/canal/", "/actors/china/"):
        part = visitor.text(address).partition("What changed here ")[2]
        assert re.findall(r"\((new [a-z]+|changed: [a-z]+|new: .*?)\)", part)[:4] == [
            "changed: position", "new meeting", "new meeting", "new meeting",
        ]  # fmt: skip
        assert re.findall(r"and (\d+) more here in edition (\d+)", part)[:2] == [("17", "3")]
        assert "(new source)" not in part
        assert (
            "new meeting"
            not in visitor.text(f"{address}?edition=2").partition("What changed here ")[2]
        )
        assert "All changes, as a feed" in part


def test_a_source_without_an_address_says_who_has_it(visitor: Visitor) -> None:
    source = SourceFactory(
        url="", archive_url="", publisher="Ruritania Press", authors=[{"family": "Rassendyll"}]
    )
    publish(source)

    text = visitor.text(f"/sources/{source.pk}/")

    assert "No web address is recorded for it; look for it by its title at its publisher’s" in text
    assert "Publisher Ruritania Press" in text
    assert "Author Rassendyll" in text
    assert "Everything that the tracker’s claims rest on" not in visitor.text("/sources/")
    assert "The title in square brackets is ours." not in text
    publish(edit(source, title="[On Ruritania]"))
    assert "The title in square brackets is ours." in visitor.text(f"/sources/{source.pk}/")


def results(visitor: Visitor, query: str) -> dict[str, list[str]]:
    """Return what a search shows:
    the terms, the records of each kind, and names that may be meant, as addresses.
    """
    page = visitor.read(f"/search/?q={query.replace(' ', '+')}").partition("<main")[2]
    parts = re.findall(r"<h2[^>]*>([^<]+)</h2>(.*?)(?:</ol>|</ul>)", page, re.DOTALL)
    return {" ".join(title.split()): re.findall(r'href="([^"]+)"', part) for title, part in parts}


def test_terms_are_searched_and_claims_that_say_so(
    visitor: Visitor, two: tuple[object, object]
) -> None:
    """In the words of the codebook, alone or with others;
    a claim that only names them in its text comes after.
    """
    china, russia = two
    hedges = AlignmentFactory(actor=china, counterpart=russia, pattern="hedges")
    shares = AlignmentFactory(actor=china, counterpart=russia, pattern="complementary")
    expected = StanceFactory(actor=russia, basis="forecast", likelihood="likely")
    reserved = StanceFactory(actor=china, hedged=True)
    publish_whole(hedges, shares, expected, reserved)

    assert results(visitor, "hedge") == {
        "Terms": ["/codebook/#Pattern-hedges", "/codebook/#hedged"],
        "positions": [f"/stances/{reserved.pk}/"],
        "relations of two actors": [f"/alignments/{hedges.pk}/"],
    }
    assert results(visitor, "russia hedges")["Pages about these words"] == ["/actors/russia/"]
    assert results(visitor, "russia hedges")["relations of two actors"] == [
        f"/alignments/{hedges.pk}/"
    ]
    assert results(visitor, "divide the labour")["relations of two actors"] == [
        f"/alignments/{shares.pk}/"
    ]
    assert results(visitor, "forecast")["positions"] == [f"/stances/{expected.pk}/"]
    assert "Terms" not in results(visitor, "china")
    assert "positions" not in results(visitor, "china forecast")


def test_a_kind_of_record_may_be_named_in_a_search(visitor: Visitor) -> None:
    xi, putin = (
        ActorFactory(name="Xi Jinping", kind="person"),
        ActorFactory(name="Vladimir Putin", kind="person"),
    )
    meeting = MeetingFactory(title="A summit", participants=[{"actor": xi}, {"actor": putin}])
    publish_whole(meeting)

    found = results(visitor, "Putin Xi meeting")
    assert found.pop("Pages about these words")[-1] == "/meetings/"
    assert found == {"meetings": [f"/meetings/{meeting.pk}/"]}
    assert results(visitor, "meeting") == {
        "Pages about these words": ["/meetings/"], "Terms": ["/codebook/#words-meeting"]
    }  # fmt: skip


def test_more_is_found_than_a_page_shows_and_all_of_it_is_a_table(visitor: Visitor) -> None:
    """Contested claims too, which the API leaves out unless it is asked for them."""
    sure = {"summary": "Of the canal & the locks."}
    unsure = {**sure, "standing": "contested", "standing_note": "Others deny it."}
    publish_whole(
        *StanceFactory.create_batch(11, **sure), *StanceFactory.create_batch(10, **unsure)
    )
    table = (
        "/api/v1/stances.csv?q=canal%20%26%20locks&amp;standing=any&amp;ordering=-id&amp;edition=1"
    )

    page = visitor.read("/search/?q=canal+%26+locks&edition=1")
    assert page.count('<li class="hit">') == 20
    assert (
        f'href="{table}"'
        in page.partition("The best 20 are shown; add a word to narrow it down, or take")[2]
    )
    assert (
        visitor.read("/search/?q=canal+%26+locks&kind=stances&edition=1").count('<li class="hit">')
        == 21
    )
    lines = visitor.client.get(table.replace("&amp;", "&")).content.decode()
    assert len(list(csv.reader(StringIO(lines)))) == 22


def test_the_passage_is_shown_in_which_the_words_stand(visitor: Visitor) -> None:
    publish_whole(
        StanceFactory(
            summary=f"{'Much else. ' * 20}The envoys were betrayed at Königgrätz. {'More. ' * 99}"
        )
    )

    page = visitor.read("/search/?q=koniggratz")

    assert "betrayed at <mark>Königgrätz</mark>" in page
    assert "Much else. " * 10 not in page


def test_what_is_spelled_too_far_off_leads_to_names_that_may_be_meant(visitor: Visitor) -> None:
    publish(
        ActorFactory(slug="north-korea", name="North Korea"),
        IssueFactory(slug="north-korea", title="North Korea"),
    )

    assert results(visitor, "Nord Korea") == {
        "Did you mean": ["/issues/north-korea/", "/actors/north-korea/"]
    }
    assert "Did you mean" not in results(visitor, "Korea")
    assert "near spellings" not in visitor.text("/search/?q=xyzzy")


def test_a_row_of_a_matrix_tells_once_when_its_claims_were_confirmed(visitor: Visitor) -> None:
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    top = IssueFactory(slug="sea", title="The sea", question="")
    issues = [IssueFactory(title=title, question="Yes?", parent=top) for title in ("A", "B")]
    publish_whole(
        *(StanceFactory(actor=china, issue=issue, confirmed_on="2019-06-01") for issue in issues),
        StanceFactory(actor=russia, issue=issues[0], confirmed_on="2018-03-01"),
        AlignmentFactory(
            actor=china, counterpart=russia, issue=issues[0], confirmed_on="2019-06-02"
        ),
    )

    for address in ("/", "/issues/sea/", "/pairs/china/russia/"):
        page = visitor.read(address)
        matrix = (
            page.partition('<table class="matrix')[2]
            .rpartition("</table>")[0]
            .partition("<figure")[0]
        )
        confirmed = re.findall('<td class="confirmed">(.*?)</td>', matrix)
        assert (
            confirmed == ["March 2018 – June 2019", "June 2019"][: 1 if "pairs" in address else 2]
        ), address
        assert "not confirmed since" not in matrix
        assert matrix.count(" stale") == matrix.count('class="chip') - matrix.count("nothing-")


def test_what_the_tracker_is_about_leads_to_what_is_in_it(visitor: Visitor) -> None:
    """To questions that somebody takes a position on, and to the pair if both are in it."""
    assert "Questions to start with" not in visitor.read("/about/")
    assert "/pairs/" not in visitor.read("/about/")
    known = make()
    publish_whole(*known.values(), IssueFactory(slug="port", question="A port?"))
    page = visitor.read("/about/")

    assert f'<a href="/issues/canal/"><bdi>{known["canal"].question}</bdi></a>' in page
    assert "A port?" not in page
    assert 'href="/pairs/china/russia/#meetings"' in page


def test_claims_that_name_no_source_are_counted(
    visitor: Visitor, two: tuple[object, object]
) -> None:
    """As of what nothing was found; it isn't said that every claim names one."""
    publish_whole(StanceFactory(actor=two[0]), AlignmentFactory(actor=two[0], counterpart=two[1]))
    assert "Every claim names the source that says so" in visitor.text("/")
    publish_whole(StanceFactory(actor=two[1], position="no_evidence", citations=[]))

    assert "Every claim names" not in visitor.text("/")
    assert "Of 3 claims, 2 on one independent source, 1 on none." in visitor.text("/")
    assert "Every claim names the source that says so" in visitor.text("/?edition=1")


def test_rivals_in_a_cell_stand_apart_without_a_style_sheet(visitor: Visitor) -> None:
    publish_whole(*make(2).values())

    cell = re.search(r"<td>(?:(?!</td>).)*contested.*?</td>", visitor.read("/?on=2019-06-05"))[0]

    assert cell.count("</a> <a") == 1
    assert "</a><a" not in cell


def test_what_is_not_there_is_called_as_other_pages_call_it(visitor: Visitor) -> None:
    known = make()
    publish_whole(*known.values())
    kinds = {"stances": "position", "alignments": "relation of two actors", "meetings": "meeting"}
    late = {
        "stances": StanceFactory(actor=known["iran"], issue=known["canal"]),
        "alignments": AlignmentFactory(
            actor=known["china"], counterpart=known["iran"], issue=known["canal"]
        ),
        "meetings": MeetingFactory(),
    }
    publish_whole(*late.values())
    for record in late.values():
        retract(record, note="Wrong.")

    for plural, word in kinds.items():
        texts = {
            f"No {word} was ever published under “ 99999 ”.": visitor.text(
                f"/{plural}/99999/", 404
            ),
            f"This {word} was not public yet in edition 1.": visitor.text(
                f"/{plural}/{late[plural].pk}/?edition=1", 404
            ),
            f"this {word} is withdrawn. Why: Wrong.": visitor.text(
                f"/{plural}/{late[plural].pk}/", 410
            ),
        }
        for says, text in texts.items():
            assert says in text
            assert not re.search("stance|alignment", text.lower().partition("go on to")[0]), text


def test_what_was_renamed_comes_before_what_names_it(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page of an edition, in what changed lately, and in the feed."""
    actor = ActorFactory(name="Ceylon", slug="ceylon")
    union = ActorFactory(name="A union", memberships=[{"organization": actor}])
    issue = IssueFactory(
        title="The strait", question="Yes?", slug="strait", core_interests=[{"actor": actor}]
    )
    publish_whole(
        *(
            StanceFactory(actor=actor, issue=issue, since=str(year), until=str(year))
            for year in (2001, 2002, 2003)
        ),
        union,
    )
    publish(edit(actor, name="Sri Lanka"))
    monkeypatch.setattr("tracker.public.site.editions.CHANGES", 4)

    def headlines(address: str) -> list[str]:
        page = visitor.read(address).partition("What changed lately")
        return re.findall(
            r"<bdi>([^<]*) \((?:changed|a name in it changed): [^<]*<", page[2] or page[0]
        )

    assert headlines("/editions/2/")[:3] == ["Sri Lanka", "The strait", "A union"]
    [more] = re.findall(r'href="(/editions/2/\?after=\d+)"', visitor.read("/editions/2/"))
    assert (len(headlines("/editions/2/")), len(headlines(more))) == (4, 2)
    assert "Sri Lanka" not in headlines(more)
    # Addresses that were given out when an edition was read backwards
    # have the changes before a place, as they had.
    assert headlines("/editions/2/?place=5") == headlines("/editions/2/")
    assert headlines("/editions/2/?place=3") == headlines("/editions/2/")[:2]
    for address in ("/", "/actors/ceylon/"):
        assert headlines(address)[0] == "Sri Lanka", address
    feed = visitor.get("/api/v1/changes/?after=1").json()["results"]
    assert [change["operation"] for change in feed] == ["updated", *["renamed"] * 5]


def test_the_first_page_says_up_to_when_it_goes_and_which_set_is_closed(visitor: Visitor) -> None:
    frames = [{"since": "1971-09-21", "until": "2020-12-31"}]
    body = ActorFactory(slug="assembly", name="Assembly", kind="organization", frames=frames)
    publish_whole(
        VoteFactory(body=body, held="2019-02-28"), StanceFactory(confirmed_on="2019-06-01")
    )

    text = visitor.text("/").partition("Up to when")[2]
    assert "positions up to 1 June 2019" in text
    assert (
        "votes of Assembly up to 28 February 2019 (complete from 21 September 1971 until 31 "
        "December 2020; this set is closed)"
    ) in text
