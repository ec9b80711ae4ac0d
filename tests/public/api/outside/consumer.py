"""A program of somebody else's,
which knows the tracker by a client that was made of its OpenAPI document.

`python consumer.py URL ANALYST EDITOR OTHER`, where the latter are tokens, of two editors in the
end, writes, publishes and undoes a claim, and finds it in the publication. It stops at whatever is
not as the document lets expect.
"""

import sys
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from tracker_client import AuthenticatedClient, Client
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
from tracker_client.api.stances import stance_detail
from tracker_client.models import (
    Approval,
    Basis,
    ChangedStance,
    Confidence,
    DeskChangePage,
    DeskChangesResourceItem,
    DeskDiff,
    DeskProblem,
    DeskStance,
    DeskUndone,
    Locator,
    NewStance,
    NewStanceCitation,
    Position,
    Problem,
    Publication,
    Retraction,
    Stance,
    Submission,
    Undoing,
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


def tag(stance: DeskStance) -> str:
    """Return what a request says about the version that it is about."""
    return f'"{stance.version}"'


def change_set(answer: Response[T]) -> UUID:
    """Return the change set that came of a request."""
    return UUID(answer.headers["Change-Set"])


def write_and_publish(
    analyst: AuthenticatedClient, editor: AuthenticatedClient, reader: Client
) -> int:
    """Write a claim with a source, have it approved, publish it, and find it in the publication."""
    written = desk_stance_create.sync_detailed(
        client=analyst, body=NEW, change_reason="An%20example"
    )
    draft = good(written.parsed, DeskStance)
    key = str(draft.id)
    assert (written.status_code, draft.state, draft.public) == (HTTPStatus.CREATED, "draft", None)
    assert good(stance_detail.sync(key, client=reader), Problem).status == HTTPStatus.NOT_FOUND

    refused = desk_stance_publish.sync(key, client=analyst, body=Publication(), if_match=tag(draft))
    assert good(refused, DeskProblem).status == HTTPStatus.FORBIDDEN

    comment = Submission(comment="A first claim.")
    submitted = good(
        desk_stance_submit.sync(key, client=analyst, body=comment, if_match=tag(draft)), DeskStance
    )
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
    analyst: AuthenticatedClient,
    editor: AuthenticatedClient,
    other: AuthenticatedClient,
    reader: Client,
    number: int,
) -> None:
    """Change the claim, publish it, undo the change set, publish it again, as it was;
    then retract it.

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
    outdated = desk_stance_update.sync(
        key, client=editor, body=ChangedStance(), if_match=tag(before)
    )
    assert good(good(outdated, DeskProblem).changes, list)[0].why == "Stronger words"
    compared = good(desk_stance_compare.sync(key, client=editor), DeskDiff)
    assert compared.changed["position"] == ["opposes", "strongly_opposes"]
    publish(editor, after)
    assert (
        good(stance_detail.sync(key, client=reader), Stance).position == Position.STRONGLY_OPPOSES
    )

    undone = good(
        desk_undo.sync(
            change_set(changed), client=editor, body=Undoing(), change_reason="A%20slip"
        ),
        DeskUndone,
    )
    assert undone.counts["stances"]["change"] == 1
    restored = good(desk_stance_detail.sync(key, client=analyst), DeskStance)
    assert (restored.position, restored.state) == (Position.OPPOSES, "changed")
    refused = desk_stance_publish.sync(
        key, client=editor, body=Publication(), if_match=tag(restored)
    )
    assert "somebody else" in good(good(refused, DeskProblem).errors, list)[0].detail
    publish(other, restored)
    assert good(stance_detail.sync(key, client=reader), Stance).position == Position.OPPOSES

    retracted = desk_stance_retract.sync(
        key, client=editor, body=Retraction(note="It was an example."), if_match=tag(restored)
    )
    assert good(retracted, DeskStance).state == "retracted"
    assert good(stance_detail.sync(key, client=reader), Problem).status == HTTPStatus.GONE
    changes = good(
        desk_changes.sync(client=editor, resource=[DeskChangesResourceItem.STANCES], record=number),
        DeskChangePage,
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
    assert (
        good(desk_stance_detail.sync(key, client=editor), DeskProblem).status
        == HTTPStatus.NOT_FOUND
    )


def main(url: str, *tokens: str) -> None:
    reader = Client(base_url=url)
    analyst, editor, other = (AuthenticatedClient(base_url=url, token=token) for token in tokens)
    number = write_and_publish(analyst, editor, reader)
    change_and_undo(analyst, editor, other, reader, number)
    take_back(analyst, editor)


if __name__ == "__main__":
    main(*sys.argv[1:])
