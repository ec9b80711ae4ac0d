"""A program of somebody else's, which knows the tracker by a client that was made of its OpenAPI document.

`python consumer.py URL ANALYST EDITOR OTHER`, where the latter are tokens, of two editors in the end, reads the
publication, then writes, publishes and undoes a claim. It stops at whatever is not as the document lets expect.
"""

import sys
from datetime import date
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from tracker_client import AuthenticatedClient, Client
from tracker_client.api.actors import actor_detail, actor_history, actor_list
from tracker_client.api.alignments import alignment_detail, alignment_list
from tracker_client.api.desk import desk_changes, desk_undo
from tracker_client.api.desk_stances import (
    desk_stance_approve,
    desk_stance_compare,
    desk_stance_create,
    desk_stance_detail,
    desk_stance_publish,
    desk_stance_retract,
    desk_stance_submit,
    desk_stance_update,
)
from tracker_client.api.issues import issue_detail, issue_list
from tracker_client.api.meetings import meeting_detail, meeting_list
from tracker_client.api.publication import (
    change_list,
    codebook_view,
    edition_detail,
    edition_list,
    index,
    release_detail,
    release_list,
)
from tracker_client.api.sources import source_detail, source_list
from tracker_client.api.stances import stance_detail, stance_list
from tracker_client.models import (
    Actor,
    ActorPage,
    Alignment,
    AlignmentPage,
    Approval,
    Basis,
    ChangedStance,
    ChangePage,
    Codebook,
    Confidence,
    DeskChangePage,
    DeskChangesResourceItem,
    DeskDiff,
    DeskProblem,
    DeskStance,
    DeskUndone,
    Edition,
    EditionPage,
    Index,
    Issue,
    IssuePage,
    Locator,
    Meeting,
    MeetingPage,
    NewStance,
    NewStanceCitation,
    Operation,
    Position,
    Problem,
    Publication,
    Release,
    ReleasePage,
    Retraction,
    Source,
    SourcePage,
    Stance,
    StancePage,
    Submission,
    Theme,
    Undoing,
    VagueDate,
    VersionPage,
)
from tracker_client.types import Response

T = TypeVar("T")
NEW = NewStance(
    actor="IRN",
    issue="venezuela-us-sanctions",
    position=Position.OPPOSES,
    basis=Basis.STATEMENT,
    confidence=Confidence.MODERATE,
    since="2019-01",
    citations=[NewStanceCitation(source="usip-2019-06", locator_label=Locator.PAGE, locator="4")],
)


def good(response: object, kind: type[T]) -> T:
    """Return an answer, which must be of this kind."""
    assert isinstance(response, kind), response
    return response


def read_the_publication(client: Client) -> None:
    """Read all six lists, a record of each, and what was published when."""
    start = good(index.sync(client=client), Index)
    assert (start.edition, start.stances) == (2, "/api/v1/stances/")

    issues = good(issue_list.sync(client=client, theme=[Theme.SANCTIONS]), IssuePage).results
    issue = good(issue_detail.sync(issues[0].slug, client=client), Issue)
    assert (issue.slug, issue.title) == (issues[0].slug, issues[0].title)

    actors = good(actor_list.sync(client=client, q="中国"), ActorPage).results
    actor = good(actor_detail.sync(actors[0].slug, client=client), Actor)
    assert (actor.name, actor.iso3, actor.names["zh"]) == ("China", "CHN", "中国")
    versions = good(actor_history.sync("china", client=client), VersionPage).results
    assert [version.operation for version in versions] == [Operation.PUBLISHED]

    stances = good(stance_list.sync(client=client, actor=["CHN"], on=date(2019, 2, 28), count=True), StancePage)
    stance = good(stance_detail.sync(str(stances.results[0].id), client=client), Stance)
    assert stances.count == len(stances.results)
    assert stance.actor.name == "China"
    assert stance.position in Position
    assert good(stance.since, VagueDate).earliest <= date(2019, 2, 28)
    assert stance.citations[0].source.name

    alignments = good(alignment_list.sync(client=client, actor=["CHN"], counterpart=["RUS"]), AlignmentPage).results
    alignment = good(alignment_detail.sync(str(alignments[0].id), client=client), Alignment)
    assert {alignment.actor.slug, alignment.counterpart.slug} == {"china", "russia"}

    meetings = good(meeting_list.sync(client=client), MeetingPage).results
    assert good(meeting_detail.sync(str(meetings[0].id), client=client), Meeting).participants[0].actor.url
    sources = good(source_list.sync(client=client, ref=["usip-2019-06"]), SourcePage).results
    assert good(source_detail.sync(str(sources[0].id), client=client), Source).ref == "usip-2019-06"

    edition = good(edition_list.sync(client=client), EditionPage).results[0]
    assert isinstance(good(edition_detail.sync(edition.number, client=client), Edition).digest, str)
    release = good(release_list.sync(client=client), ReleasePage).results[0]
    assert good(good(release_detail.sync(release.version, client=client), Release).files, list)
    vocabularies = good(codebook_view.sync(client=client), Codebook).vocabularies
    assert set(Position) <= {term.value for vocabulary in vocabularies for term in vocabulary.terms}


def follow(client: Client) -> int:
    """Read the feed to its end, and return how many changes it tells."""
    count, page = 0, good(change_list.sync(client=client, after="0"), ChangePage)
    while page.results:
        count += len(page.results)
        (after,) = parse_qs(urlsplit(page.next_).query)["after"]
        page = good(change_list.sync(client=client, after=after), ChangePage)
    return count


def find_faults(client: Client) -> None:
    """Ask wrongly; what is wrong is told in the same types."""
    problem = good(stance_list.sync(client=client, min_score=3, actor=["atlantis"]), Problem)
    assert problem.status == HTTPStatus.BAD_REQUEST
    assert {fault.parameter for fault in good(problem.errors, list)} == {"min_score", "actor"}
    assert good(stance_detail.sync("999999", client=client), Problem).status == HTTPStatus.NOT_FOUND


def tag(stance: DeskStance) -> str:
    """Return what a request says about the version that it is about."""
    return f'"{stance.version}"'


def change_set(answer: Response[T]) -> UUID:
    """Return the change set that came of a request."""
    return UUID(answer.headers["Change-Set"])


def write_and_publish(analyst: AuthenticatedClient, editor: AuthenticatedClient, reader: Client) -> int:
    """Write a claim with a source, have it approved, publish it, and find it in the publication."""
    written = desk_stance_create.sync_detailed(client=analyst, body=NEW, change_reason="An%20example")
    draft = good(written.parsed, DeskStance)
    key = str(draft.id)
    assert (written.status_code, draft.state, draft.public) == (HTTPStatus.CREATED, "draft", None)
    assert good(stance_detail.sync(key, client=reader), Problem).status == HTTPStatus.NOT_FOUND

    refused = desk_stance_publish.sync(key, client=analyst, body=Publication(), if_match=tag(draft))
    assert good(refused, DeskProblem).status == HTTPStatus.FORBIDDEN

    comment = Submission(comment="A first claim.")
    submitted = good(desk_stance_submit.sync(key, client=analyst, body=comment, if_match=tag(draft)), DeskStance)
    assert submitted.state == "in_review"
    approved = good(
        desk_stance_approve.sync(key, client=editor, body=Approval(), if_match=tag(submitted)),
        DeskStance,
    )
    published = desk_stance_publish.sync_detailed(
        key,
        client=editor,
        body=Publication(note="A claim by a program."),
        if_match=tag(approved),
    )
    assert good(published.parsed, DeskStance).state == "published"

    public = good(stance_detail.sync(key, client=reader), Stance)
    assert (public.position, public.score, public.actor.slug) == (Position.OPPOSES, -1, "iran")
    assert (public.edition, published.headers["Edition"]) == (3, "3")
    assert (public.citations[0].locator, public.citations[0].locator_label) == ("4", Locator.PAGE)
    return draft.id


def change_and_undo(
    analyst: AuthenticatedClient, editor: AuthenticatedClient, other: AuthenticatedClient, reader: Client, number: int
) -> None:
    """Change the claim, publish it, undo the change set, publish it again, as it was; then retract it.

    What somebody changed last somebody else publishes.
    """
    key = str(number)
    before = good(desk_stance_detail.sync(key, client=editor), DeskStance)
    changed = desk_stance_update.sync_detailed(
        key,
        client=analyst,
        body=ChangedStance(position=Position.STRONGLY_OPPOSES),
        if_match=tag(before),
        change_reason="Stronger%20words",
    )
    after = good(changed.parsed, DeskStance)
    outdated = desk_stance_update.sync(key, client=editor, body=ChangedStance(), if_match=tag(before))
    assert good(good(outdated, DeskProblem).changes, list)[0].why == "Stronger words"
    compared = good(desk_stance_compare.sync(key, client=editor), DeskDiff)
    assert compared.changed["position"] == ["opposes", "strongly_opposes"]
    publish(editor, after)
    assert good(stance_detail.sync(key, client=reader), Stance).position == Position.STRONGLY_OPPOSES

    undone = good(
        desk_undo.sync(change_set(changed), client=editor, body=Undoing(), change_reason="A%20slip"), DeskUndone
    )
    assert undone.counts["stances"]["change"] == 1
    restored = good(desk_stance_detail.sync(key, client=analyst), DeskStance)
    assert (restored.position, restored.state) == (Position.OPPOSES, "changed")
    refused = desk_stance_publish.sync(key, client=editor, body=Publication(), if_match=tag(restored))
    assert "somebody else" in good(good(refused, DeskProblem).errors, list)[0].detail
    publish(other, restored)
    assert good(stance_detail.sync(key, client=reader), Stance).position == Position.OPPOSES

    retracted = desk_stance_retract.sync(
        key, client=editor, body=Retraction(note="It was an example."), if_match=tag(restored)
    )
    assert good(retracted, DeskStance).state == "retracted"
    assert good(stance_detail.sync(key, client=reader), Problem).status == HTTPStatus.GONE
    changes = good(
        desk_changes.sync(client=editor, resource=[DeskChangesResourceItem.STANCES], record=number), DeskChangePage
    ).results
    assert {change.who for change in changes} == {"anna", "erik"}


def publish(editor: AuthenticatedClient, stance: DeskStance) -> None:
    """Publish the version of a claim that was read."""
    key, body = str(stance.id), Publication()
    published = desk_stance_publish.sync(key, client=editor, body=body, if_match=tag(stance))
    assert good(published, DeskStance).state == "published"


def take_back(analyst: AuthenticatedClient, editor: AuthenticatedClient) -> None:
    """Write a claim that nobody ever published, and undo that: it is gone."""
    written = desk_stance_create.sync_detailed(client=analyst, body=NEW)
    undone = desk_undo.sync(change_set(written), client=editor, body=Undoing())
    assert good(undone, DeskUndone).counts["stances"]["delete"] == 1
    key = str(good(written.parsed, DeskStance).id)
    assert good(desk_stance_detail.sync(key, client=editor), DeskProblem).status == HTTPStatus.NOT_FOUND


def main(url: str, *tokens: str) -> None:
    reader = Client(base_url=url)
    analyst, editor, other = (AuthenticatedClient(base_url=url, token=token) for token in tokens)
    read_the_publication(reader)
    find_faults(reader)
    before = follow(reader)
    number = write_and_publish(analyst, editor, reader)
    change_and_undo(analyst, editor, other, reader, number)
    take_back(analyst, editor)
    assert follow(reader) - before == 4


if __name__ == "__main__":
    main(*sys.argv[1:])
