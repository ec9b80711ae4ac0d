"""Editions that are withheld:
451 where something is as of one, none of their words anywhere, all proofs whole.
"""

from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tests.public.api.contract import public_operations
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.public.api.test_urls import addresses
from tests.publishing.releases.acts import released
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
LIBEL = "nobodymayreadthis"
RECORDED = {"$ref": "#/components/parameters/AsOf"}
WITHHELD = ((6, 6), (2, 2), (3, 4))
PUBLIC = (1, 5, 7)
LIBELLED = {
    Noun.ISSUE: ["summary"], Noun.ACTOR: ["name"], Noun.SOURCE: ["title"], Noun.STANCE: ["summary"],
    Noun.ALIGNMENT: ["summary"], Noun.MEETING: ["place"], Noun.ACT: ["place"],
}  # fmt: skip


@pytest.fixture(scope="module")
def records(kept_for_the_module: None) -> dict[Noun, Any]:
    """Records of which editions 2, 3, 4 and 6 say what must not be shown;
    5 retracts it, and 7 changes it.
    """
    with one_connection():
        return libelled()


def libelled() -> dict[Noun, Any]:
    source = SourceFactory(title="On the canal")
    cited = [{"source": source, "locator": "p. 1"}]
    issue = IssueFactory(slug="canal")
    actor = ActorFactory(slug="china", name="China")
    records = {
        Noun.ISSUE: issue,
        Noun.ACTOR: actor,
        Noun.SOURCE: source,
        Noun.STANCE: StanceFactory(actor=actor, issue=issue, citations=cited),
        Noun.ALIGNMENT: AlignmentFactory(actor=actor, issue=issue, citations=cited),
        Noun.MEETING: MeetingFactory(participants=[{"actor": actor}], issues=[{"issue": issue}]),
        Noun.ACT: ActFactory(participants=[{"actor": actor}, {}], issues=[{"issue": issue}]),
    }
    libel = MeetingFactory(title="A summit")
    publish_whole(*records.values(), libel, note="The first")
    released("2026.1")
    publish(
        edit(source, title=LIBEL),
        edit(records[Noun.STANCE], summary=LIBEL),
        edit(libel, title=LIBEL),
        edit(actor, name=LIBEL),
        edit(issue, summary=LIBEL),
        note=LIBEL,
        reasons={(Noun.SOURCE, source.pk): LIBEL},
    )
    publish(edit(records[Noun.ALIGNMENT], summary=LIBEL), edit(records[Noun.MEETING], place=LIBEL))
    released("2026.2", notes=LIBEL)
    publish(
        edit(source, title="Above the canal"),
        edit(records[Noun.STANCE], summary=""),
        edit(actor, name="Cathay"),
        edit(records[Noun.ALIGNMENT], summary=""),
        edit(records[Noun.MEETING], place="Harbin"),
        edit(issue, summary=""),
    )
    retract(libel, note="By order of a court")
    released("2026.3")
    publish(edit(source, title=LIBEL))
    publish(edit(source, title="Above the canal"))
    return records


def status_and_body(address: str) -> tuple[int, str]:
    response = Client().get(address)
    return response.status_code, response.getvalue().decode(errors="replace")


def as_of(records: dict[Noun, Any], edition: int = 3, release: str = "2026.2") -> list[str]:
    """Return addresses that show something as of an edition, by its number, a release,
    a moment and a path.
    """
    moment = Client().get(f"/api/v1/editions/{edition}/").json()["published_at"].replace("+", "%2B")
    here = {
        path: address
        for path, address in addresses(records, edition).items()
        if not path.startswith("/api/v1/editions/{")
    }
    takes = {
        path
        for path, operation in public_operations().items()
        if RECORDED in operation["parameters"]
    }
    queries = (f"edition={edition}", f"release={release}", f"as_of={moment}")
    asked = [f"{here[path]}?{query}" for path in takes for query in queries]
    versions = [address for path, address in here.items() if path.endswith("/history/{edition}/")]
    files = ["stances.csv", "codebook.json", "CHANGES.md", "SHA256SUMS"]
    changes = [f"2026.3/files/CHANGES.{form}" for form in ("md", "csv", "json")]
    named = [*(f"{release}/files/{name}" for name in files), *changes]
    return [*asked, *versions, *(f"/api/v1/releases/{path}" for path in named)]


def test_what_is_of_a_withheld_edition_is_answered_by_451(
    records: dict[Noun, Any], settings: Any
) -> None:
    """With the nearest editions that are shown, and who withholds it; nobody keeps that."""
    asked = as_of(records)
    assert {status_and_body(address)[0] for address in asked} <= {200, 404}
    assert any(LIBEL in status_and_body(address)[1] for address in asked)

    settings.WITHHELD = WITHHELD

    assert len(asked) > 100
    for address in asked:
        response = Client().get(address)
        assert response.status_code == 451, address
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Link"] == '<http://testserver/>; rel="blocked-by"'
        assert response.json()["nearest"] == [1, 5]


def test_no_word_of_it_is_left_anywhere(records: dict[Noun, Any], settings: Any) -> None:
    """Neither in lists, the feed and histories, nor in what the edition after it changed."""
    settings.WITHHELD = WITHHELD
    everywhere = [
        *addresses(records).values(),
        *addresses(records, 5).values(),
        *(f"/api/v1/editions/{n}/" for n in range(1, 8)),
        "/api/v1/changes/?after=0&page_size=500",
        "/api/v1/changes.atom?page_size=500",
        *(
            f"/api/v1/{noun.plural}/?edition={edition}&{any_standing(noun)}"
            for noun in Noun
            for edition in PUBLIC
        ),
        *(f"/api/v1/releases/{version}/" for version in ("2026.1", "2026.2", "2026.3")),
        *(
            f"/api/v1/releases/2026.3/files/{name}.csv"
            for name in ("stances", "actors", "sources", "meetings")
        ),
    ]
    for address in everywhere:
        status, body = status_and_body(address)
        assert LIBEL not in body, address
        assert status in (200, 404), address


def any_standing(noun: Noun) -> str:
    return "standing=any" if noun in (Noun.STANCE, Noun.ALIGNMENT) else ""


def test_what_is_told_of_it_stays(reader: Reader, records: dict[Noun, Any], settings: Any) -> None:
    """Number, moment, counts, digest and link of the chain;
    the feed's changes, without what they changed and why.
    """
    before = [reader.read(f"editions/{number}/") for number in range(1, 8)]
    changes = reader.read("changes/?page_size=500")["results"]
    assert before[1]["note"] == LIBEL
    assert LIBEL in str(changes)

    settings.WITHHELD = WITHHELD

    after = [reader.read(f"editions/{number}/") for number in range(1, 8)]
    assert after == [
        edition | ({"note": None} if edition["number"] == 2 else {}) for edition in before
    ]
    changes_now = reader.read("changes/?page_size=500")["results"]
    for change in changes:
        change["changed"] = change["changed"] if change["edition"] in (1, 5) else {}
        for text in ("note", "reason"):
            change[text] = None if change[text] == LIBEL else change[text]
    assert changes_now == changes
    assert {change["note"] for change in changes_now if change["edition"] == 5} == {
        "By order of a court"
    }
    feed = status_and_body("/api/v1/changes.atom?page_size=500")[1]
    assert "A withheld source (corrected or changed)" in feed
    assert "Above the canal (corrected or changed)" in feed


def test_tags_and_the_latest_edition(
    reader: Reader, records: dict[Noun, Any], settings: Any
) -> None:
    """No cache is told that what it holds is unchanged;
    the latest edition is always shown, and so is what it says.
    """
    pinned, live, feed = "stances/?edition=3", "stances/", "changes/"
    tags = {address: reader.get(address).headers["ETag"] for address in (pinned, live, feed)}

    settings.WITHHELD = ((2, 4), (7, 9))

    assert reader.get(pinned, if_none_match=tags[pinned]).status_code == 451
    assert reader.get(live, if_none_match=tags[live]).status_code == 200
    assert reader.get(feed, if_none_match=tags[feed]).status_code == 200
    assert reader.read("stances/?edition=7")["edition"] == 7
    assert reader.get("stances/?edition=9").status_code == 400
    assert reader.get("changes/?after=2026.2").status_code == 200


@pytest.mark.parametrize(
    ("withheld", "nearest"),
    [
        (((3, 3),), [2, 4]),
        (((1, 3),), [4]),
        (((4, 5), (3, 3), (2, 2)), [1, 6]),
        (((1, 5), (3, 4)), [6]),
    ],
)
def test_the_nearest_that_are_shown(reader, records, settings, withheld, nearest):
    """Past all that is withheld beside it, in whatever order it is set."""
    settings.WITHHELD = withheld

    assert reader.get("stances/?edition=3").json()["nearest"] == nearest


def test_what_was_shown_while_it_was_the_latest_is_451_since_the_next_to_who_kept_it_too(
    records, settings
):
    """Tags were given out with the very settings by which the edition is withheld since."""
    settings.WITHHELD = ((8, 8),)
    publish(
        *(
            edit(record, **{name: LIBEL})
            for noun, record in records.items()
            for name in LIBELLED[noun]
        )
    )
    released("2026.4")
    kept = {
        address: Client().get(address).headers.get("ETag")
        for address in as_of(records, 8, "2026.4")
    }
    assert len([tag for tag in kept.values() if tag]) > 100
    publish(edit(records[Noun.ACTOR], name="China"))

    withheld = {address for address in kept if Client().get(address).status_code == 451}
    assert len(withheld) > 100
    statuses = {
        address: Client().get(address, headers={"If-None-Match": tag or ""}).status_code
        for address, tag in kept.items()
    }
    assert {address for address, status in statuses.items() if status == 451} == withheld
