"""CHANGES.md: what moved since the release before, issue by issue, as a person would say it."""

import csv
import json
from io import StringIO

import pytest

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory, VoteFactory
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.publishing.releases.acts import changes, contents, released
from tracker.models import Release
from tracker.public.formats.releases.moves import changed
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture
def stance():
    """A stance of China on sanctions, which are part of a wider matter,
    published and released as 2026.1.
    """
    parent = IssueFactory(title="North Korea", slug="north-korea")
    issue = IssueFactory(
        title="Sanctions", slug="sanctions", question="Should they be eased?", parent=parent
    )
    china = ActorFactory(name="China", slug="china")
    made = StanceFactory(
        issue=issue,
        actor=china,
        position="neutral",
        since="2018",
        until="",
        basis="statement",
        confidence="moderate",
        hedged=False,
        summary="",
    )
    publish_whole(made)
    released("2026.1")
    return made


def test_the_first_release_says_how_much_it_holds(stance):
    first = changes(Release.objects.get())

    assert first.startswith("# Changes in 2026.1\n\nEdition 1, published on ")
    assert "This is the first release. It holds 2 issues, 1 actor, 1 source, 1 stance, " in first


def test_a_second_name_for_an_edition_says_that_nothing_moved(stance):
    assert "Nothing moved since 2026.1." in changes(released("2026.2"))


def test_what_changed_in_a_claim_stands_under_its_issue_in_words(stance):
    publish(edit(stance, position="supports", until="2019-04", summary="New words."))

    text = changes(released("2026.2", notes="After the summit."))

    assert text.splitlines()[4:] == [
        "After the summit.",
        "",
        "Since 2026.1: stance: 1 changed.",
        "",
        "## North Korea › Sanctions",
        "",
        "*Should they be eased?*",
        "",
        "- Changed: China supports (2018 to April 2019; statement; moderate confidence): "
        "position: neutral → supports; until: April 2019 (new); summary: “New words.” (new)",
    ]


def test_a_new_claim_and_one_that_is_gone_are_told(stance):
    other = StanceFactory(
        issue=stance.issue, actor=ActorFactory(name="Russia"), position="opposes", since="2019"
    )
    publish_whole(other)
    retract(stance)

    text = changes(released("2026.2"))

    assert "- Retracted: China is neutral (since 2018; statement; moderate confidence)" in text
    assert "- New: Russia opposes (since 2019; " in text
    assert "stances: 1 new, 1 retracted" in text
    assert "## Actors\n\n- New: Russia" in text


def test_what_came_and_went_in_between_is_not_told(stance):
    passing = ActorFactory(name="Passing")
    publish(passing)
    retract(passing)
    publish(edit(stance, position="supports"))
    publish(edit(stance, position="neutral"))

    assert "Nothing moved since 2026.1." in changes(released("2026.2"))


def test_a_new_name_is_told_once_and_not_of_all_that_carry_it(stance):
    publish(edit(stance.actor, name="People’s Republic of China"))

    text = changes(released("2026.2"))

    assert "Since 2026.1: actor: 1 changed." in text
    assert text.count("- ") == 1
    assert "- Changed: People’s Republic of China: name: China → People’s Republic of China" in text


def test_a_text_that_was_reworded_is_told_by_what_went_and_what_came(stance):
    long = " ".join(f"w{number}" for number in range(1, 100))
    publish(edit(stance, summary=f"They <dig> slowly. {long}"))
    released("2026.2")
    publish(edit(stance, summary=f"They <dig> *fast*. {long}"))

    words = f"{' '.join(long.split()[:12])} …"
    assert f"summary: “They <dig> slowly. {words}” → “They <dig> *fast*. {words}”" in changes(
        released("2026.3")
    )


def test_of_citations_it_is_told_which_came_and_went_and_what_of_them_changed(stance):
    report, paper = SourceFactory(title="A report"), SourceFactory(title="A paper")
    cited = stance.citations.create(
        source=report, relation="supports", locator="1", locator_label="page"
    )
    publish_whole(stance)
    at_first = changes(released("2026.2"))
    cited.locator = "2"
    cited.save()
    publish(edit(stance))
    moved = changes(released("2026.3"))
    cited.source = paper
    cited.save()
    publish(paper, edit(stance))

    assert (
        "sources: added “A report” (kind of place in the source: page, where in the source: “1”)"
        in at_first
    )
    assert "sources: “A report”: where in the source: “1” → “2”" in moved
    assert (
        "sources: removed “A report” (kind of place in the source: page, where in the "
        "source: “2”); sources: added “A paper” (kind of place in the source: page, where in "
        "the source: “2”)"
    ) in changes(released("2026.4"))


def test_what_was_merged_says_into_what(stance):
    prc = ActorFactory(name="PRC")
    publish(prc)
    released("2026.2")
    merge(prc, stance.actor)

    assert "- Merged into China: PRC" in changes(released("2026.3"))


def test_a_release_of_an_earlier_edition_is_compared_with_what_comes_before_that(stance):
    publish(edit(stance, position="supports"))
    publish(edit(stance, position="opposes"))
    released("2026.2")

    assert "position: neutral → supports" in changes(released("2026.3", edition=2))


def test_programs_are_told_the_same_record_by_record(stance):
    """As a table, a row for each field, and as JSON, with the values as the API has them."""
    other = StanceFactory(
        issue=stance.issue, actor=ActorFactory(name="=Russia"), position="opposes", since="2019"
    )
    publish_whole(other)
    publish(edit(stance, position="supports", until="2019-04", summary="New words."))
    made = contents(released("2026.2"))
    retract(stance)
    gone = contents(released("2026.3"))

    rows = list(csv.DictReader(StringIO(made["CHANGES.csv"].decode(), newline="")))
    payload = json.loads(made["CHANGES.json"])
    mine = [row for row in rows if row["id"] == str(stance.pk) and row["resource"] == "stances"]
    assert [(row["what"], row["field"], row["before"], row["after"]) for row in mine] == [
        ("changed", "position", "neutral", "supports"),
        ("changed", "until", "", "2019-04"),
        ("changed", "summary", "", "New words."),
    ]
    assert {row["name"] for row in rows if row["resource"] == "actors"} == {"'=Russia"}
    assert (payload["version"], payload["since"]) == ("2026.2", "2026.1")
    [change] = [
        row for row in payload["changes"] if (row["resource"], row["id"]) == ("stances", stance.pk)
    ]
    assert change["fields"]["position"] == ["neutral", "supports"]
    assert change["fields"]["until"] == [
        None,
        {"edtf": "2019-04", "earliest": "2019-04-01", "latest": "2019-04-30"},
    ]
    assert {(row["resource"], int(row["id"])) for row in rows} == {
        (row["resource"], row["id"]) for row in payload["changes"]
    }
    assert [
        (row["what"], row["fields"]) for row in json.loads(gone["CHANGES.json"])["changes"]
    ] == [("retracted", {})]


def test_before_the_first_release_there_is_nothing_that_it_differs_from(stance):
    first = contents(Release.objects.get())

    assert first["CHANGES.csv"] == b"resource,id,ref,name,what,into,field,before,after\r\n"
    assert json.loads(first["CHANGES.json"]) == {"version": "2026.1", "since": None, "changes": []}


def test_a_flag_that_an_earlier_release_has_not_got_is_no_change():
    stances = SHAPES[Noun.STANCE]

    assert list(changed(stances, {}, {"hedged": False})) == []
    assert list(changed(stances, {}, {"hedged": True})) == [("hedged", None, True)]


def test_tables_of_ballots_have_the_slugs_of_their_edition_and_a_new_slug_is_no_change_of_a_vote():
    """Each row joins the table of actors, also where the vote goes on telling an earlier key."""
    china = ActorFactory(slug="china", name="China")
    vote = VoteFactory(
        ballots=[{"actor": china, "choice": "no", "note": "It said why."}], title="The canal"
    )
    publish_whole(vote)
    released("2026.1")
    publish(edit(china, slug="prc"))
    publish(edit(vote, title="The great canal"))
    later = VoteFactory(body=vote.body, ballots=[{"actor": china, "choice": "yes"}])
    publish_whole(later)

    made = contents(released("2026.2"))
    before = contents(released("2026.3", edition=1))

    def cast(files, table="votes-ballots.csv"):
        return list(csv.DictReader(StringIO(files[table].decode(), newline="")))

    assert [row["actor"] for row in cast(made)] == ["prc", "prc"]
    assert [row["actor"] for row in cast(before)] == ["china"]
    assert json.loads(cast(made, "votes.csv")[0]["ballots"])["notes"] == {"prc": "It said why."}
    moved = [
        (row["id"], row["field"]) for row in cast(made, "CHANGES.csv") if row["resource"] == "votes"
    ]
    assert moved == [(str(vote.pk), "title"), (str(later.pk), "")]
