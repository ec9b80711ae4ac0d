"""What is done at the desk besides editing: the steps of a review, publishing, merging, undoing.

With one record; with several at once, which are confirmed, or published as one edition;
with a change set, which is undone; with an edition, which is named so that it can be cited.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from msgspec import Meta
from rest_framework.request import Request

from tracker.desk import merge, undo
from tracker.desk.api.http.payloads import MOST_RECORDS, PUBLIC, Body, Number, Text, parse
from tracker.desk.api.http.preconditions import check_reason, reason
from tracker.desk.api.records import NounView
from tracker.desk.api.shapes import DeskConfirmed, DeskEdition, DeskRelease, DeskUndone, DeskVersion
from tracker.desk.api.views import DeskView, in_changeset
from tracker.desk.records.contested import accept
from tracker.history import current
from tracker.models import Change, Edition, Event
from tracker.public.api.http.responses import json_response
from tracker.publishing import publish as publishing
from tracker.publishing import review
from tracker.publishing.four_eyes import members
from tracker.publishing.publish import Chosen
from tracker.publishing.releases import release
from tracker.publishing.status import statuses
from tracker.schema.records import CLAIMS
from tracker.values.nouns import BY_PLURAL, MERGEABLE
from tracker.values.problems import InvalidError, Key, Problem, RefusedError

Comment = Annotated[
    str | None, Meta(description="What there is to say about it; kept with the record.")
]
Note = Annotated[
    str | None, Meta(description="What the edition is about; readers see it.", extra=PUBLIC)
]
Into = Annotated[Text | Number, Meta(description="Name the record that stays, by its key.")]
LargeNumber = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Reason = Annotated[
    str | None,
    Meta(
        description=(
            "Why this record is changed; readers see it with the record, unlike `Change-Reason`."
        ),
        extra=PUBLIC,
    ),
]
SAYS_WHICH = "Say of which noun, by its plural."
CLAIMED = [noun.plural for noun in CLAIMS]
Version = Annotated[Number, Meta(description="Give the version that was reviewed.")]


class Named(Body):
    """A record, by its number."""

    resource: Annotated[
        str, Meta(description=SAYS_WHICH, extra_json_schema={"enum": list(BY_PLURAL)})
    ]
    id: Annotated[Number, Meta(description="Give its number.")]


class Claimed(Named):
    """A claim at the version that was looked at."""

    version: Version
    resource: Annotated[str, Meta(description=SAYS_WHICH, extra_json_schema={"enum": CLAIMED})]


class Submission(Body):
    """A record put up for review."""

    comment: Comment = None
    to: Annotated[
        str | None, Meta(description="Who is to review it, by user name; nobody named: anybody.")
    ] = None


class Approval(Body):
    """A record approved."""

    comment: Comment = None


class SendingBack(Body):
    """A record sent back."""

    comment: Annotated[Text, Meta(description="Say what there is to do.")]


class Publication(Body):
    """A record published."""

    note: Note = None
    reason: Reason = None


class Retraction(Body):
    """A record retracted."""

    note: Annotated[Text, Meta(description="Say why it is retracted; readers see it.")]
    accept: Annotated[
        Annotated[list[Claimed], Meta(max_length=MOST_RECORDS)] | None,
        Meta(
            description=(
                "List contested claims that it alone contests: they are accepted, and go to review."
            )
        ),
    ] = None


class RetractionProposal(Body):
    """A retraction proposed."""

    comment: Annotated[
        Text, Meta(description="Say why readers should no longer see it; kept with the record.")
    ]


class Confirmation(Body):
    """A claim confirmed."""

    note: Annotated[
        str | None,
        Meta(
            description=(
                "On what grounds; kept in the history, after `Change-Reason`. Readers never see it."
            )
        ),
    ] = None
    on: Annotated[date | None, Meta(description="The day of the check; without it, today.")] = None


class MergeProposal(Body):
    """A merge proposed."""

    into: Into
    comment: Comment = None


class Merge(Body):
    """A record merged."""

    into: Into
    note: Note = None


class Reversion(Body):
    """A change undone."""

    change: Annotated[
        LargeNumber, Meta(description="Give the number of the change, from the record's history.")
    ]


class VerbView(NounView):
    """Do something with one record, at the version that `If-Match` names."""

    payload: ClassVar[type[Body]]
    needs_reason: ClassVar[bool] = False

    @in_changeset
    def post(self, request: Request, key: str) -> HttpResponse:
        """Do it, and answer the record as it is then."""
        record = self.checked(request, key)
        body = parse(self.body(request), self.payload)
        if (
            self.needs_reason
            and not self.why(request)
            and statuses(self.noun, [record.pk])[record.pk].operation
        ):
            check_reason(request)
        try:
            edition = self.act(request, Chosen(self.noun, record.pk, record.version), body)
        except RefusedError as refused:
            if any(
                (problem.record, problem.code) == ((self.noun, record.pk), "outdated")
                for problem in refused.problems
            ):
                self.checked(request, key)  # says what changed meanwhile
            raise
        response = (
            self.shown(record.pk)
            if self.rows.filter(pk=record.pk).exists()
            else HttpResponse(status=204)
        )
        if edition:
            response.headers["Edition"] = str(edition.number)
        return response

    def act(self, request: Request, record: Chosen, body: Any) -> Edition | None:
        """Do it; return the edition that was made, if any."""
        raise AssertionError("each verb does its own")

    def survivor(self, key: str | int) -> Chosen:
        """Return the record into which one is to be merged; raise InvalidError if there is none."""
        for record in self.ids(key):
            return Chosen(self.noun, record)
        says = "there is no {noun} “{key}” at the desk"
        raise InvalidError([Problem("unknown", says, ("into",), {"noun": self.noun, "key": key})])


class DeskSubmit(VerbView):
    """Put one record up for review."""

    route = "<str:key>/submit/"
    rights = {"POST": ("add_review",)}
    payload = Submission

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        review.submit(records=[record], text=body.comment or "", to=_person(body.to))


class DeskApprove(VerbView):
    """Approve one record in review, at the version that `If-Match` names."""

    route = "<str:key>/approve/"
    rights = {"POST": ("approve_review",)}
    payload = Approval

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        review.approve(records=[record], text=body.comment or "")


class DeskSendBack(VerbView):
    """Send one record in review back to whoever submitted it."""

    route = "<str:key>/send-back/"
    rights = {"POST": ("approve_review",)}
    payload = SendingBack

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        review.send_back(records=[record], text=body.comment)


class DeskPublish(VerbView):
    """Publish one record as an edition."""

    route = "<str:key>/publish/"
    makes_edition = True
    rights = {"POST": ("add_edition",)}
    payload = Publication

    def act(self, request: Request, record: Chosen, body: Any) -> Edition | None:
        return publishing.publish(
            records=[record], note=body.note or "", reasons=reasons_of([(record, body.reason)])
        )


class DeskProposeRetraction(VerbView):
    """Propose to retract one public record, for somebody else to carry out."""

    route = "<str:key>/propose-retraction/"
    rights = {"POST": ("add_review",)}
    payload = RetractionProposal

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        review.propose_retraction(records=[record], text=body.comment)


class DeskRetract(VerbView):
    """Retract one public record as an edition, after somebody else proposed it."""

    route = "<str:key>/retract/"
    makes_edition = True
    rights = {"POST": ("add_edition",)}
    payload = Retraction

    def act(self, request: Request, record: Chosen, body: Any) -> Edition | None:
        edition = publishing.retract(records=[record], note=body.note)
        claims = _chosen_records(body.accept or ())
        if not all(request.user.has_perm(f"tracker.change_{claim.noun}") for claim in claims):
            raise PermissionDenied
        accept(records=claims, withdrawn=[(record.noun, record.id)])
        return edition


class DeskConfirm(VerbView):
    """Confirm that one claim, which readers see as it is, is current;
    it is reviewed and published like any change.
    """

    route = "<str:key>/confirm/"
    nouns = CLAIMS
    rights = {"POST": ("change_{noun}",)}
    payload = Confirmation
    note_is_reason = True

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        review.confirm(records=[record], on=body.on)


class DeskProposeMerge(VerbView):
    """Propose to merge one record into another, for somebody else to carry out."""

    route = "<str:key>/propose-merge/"
    nouns = MERGEABLE
    rights = {"POST": ("add_review", "change_{noun}")}
    payload = MergeProposal

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        """Propose it, of both as they are now."""
        merge.propose(loser=record, survivor=self.survivor(body.into), text=body.comment or "")


class DeskMerge(VerbView):
    """Merge one record into another, which stays;
    what readers see, after somebody else proposed it.
    """

    route = "<str:key>/merge/"
    nouns = MERGEABLE
    makes_edition = True
    rights = {"POST": ("add_edition", "change_{noun}")}
    payload = Merge
    needs_reason = True
    note_is_reason = True

    def why(self, request: Request) -> str:
        """Return why as the header says, else what readers are told."""
        return reason(request) or super().why(request)

    def act(self, request: Request, record: Chosen, body: Any) -> Edition | None:
        return merge.merge(loser=record, survivor=self.survivor(body.into), note=body.note or "")


class DeskRevert(VerbView):
    """Put one record back as it was before one of its changes;
    once readers have seen it, that takes an editor.
    """

    route = "<str:key>/revert/"
    rights = {"POST": ("change_{noun}",)}
    may_delete = True
    payload = Reversion
    needs_reason = True

    def act(self, request: Request, record: Chosen, body: Any) -> None:
        """Undo what the change's change set did to the record and its parts."""
        of_record = Event.objects.filter(noun=self.noun, record=record.id, pk=body.change)
        changeset = of_record.values_list("changeset", flat=True).first()
        if changeset is None:
            says = "there is no change {change} of this record; its history lists them"
            raise InvalidError([Problem("unknown", says, ("change",), {"change": body.change})])
        key = (self.noun, record.id)
        check_rights(request, undo.plan(changeset=changeset, only=key))
        undo.undo(changeset=changeset, only=key)


def reasons_of(records: Iterable[tuple[Chosen, str | None]]) -> dict[Key, str]:
    """Return why records are changed, of those of which a body tells readers."""
    return {(record.noun, record.id): reason for record, reason in records if reason}


def check_rights(request: Request, plan: undo.UndoPlan) -> None:
    """Raise PermissionDenied unless this person might do by hand what an undo would do."""
    if not request.user.has_perms(undo.rights(plan)):
        raise PermissionDenied


def _person(name: str | None) -> int | None:
    """Return the id of somebody in the team; raise InvalidError if nobody is called so."""
    if not name:
        return None
    person = members().filter(username=name).first()
    if person is None:
        says = "nobody in the team is called “{name}”; give a user name"
        raise InvalidError([Problem("unknown", says, ("to",), {"name": name})])
    return int(person.pk)


class Reviewed(Named):
    """A record at the version that was reviewed."""

    version: Version
    reason: Reason = None


class JointPublication(Body, kw_only=True):
    """Records published as one edition."""

    note: Note = None
    records: Annotated[
        Annotated[list[Reviewed], Meta(min_length=1, max_length=MOST_RECORDS)],
        Meta(description="List the records, as they were reviewed."),
    ]


class JointConfirmation(Confirmation, kw_only=True):
    """Claims confirmed."""

    records: Annotated[
        Annotated[list[Claimed], Meta(min_length=1, max_length=MOST_RECORDS)],
        Meta(description="List the claims, as they were looked at."),
    ]


class DeskPublishSeveral(DeskView):
    """Publish several records as one edition."""

    route = "publish/"
    response_struct = DeskEdition
    rights = {"POST": ("add_edition",)}
    makes_edition = True
    payload = JointPublication

    @in_changeset
    def post(self, request: Request) -> HttpResponse:
        """Publish all of them, at the versions that are named;
        or none, and say for each why not.
        """
        body = parse(self.body(request), self.payload)
        chosen = _chosen_records(body.records)
        reasons = reasons_of(zip(chosen, (record.reason for record in body.records), strict=True))
        edition = publishing.publish(records=chosen, note=body.note or "", reasons=reasons)
        response = json_response(DeskEdition(edition.number if edition else None))
        if edition:
            response.headers["Edition"] = str(edition.number)
        return response


class DeskConfirmSeveral(DeskView):
    """Confirm that several claims, which readers see as they are, are current."""

    route = "confirm/"
    response_struct = DeskConfirmed
    rights = {"POST": tuple(f"change_{noun}" for noun in CLAIMS)}
    payload = JointConfirmation
    note_is_reason = True

    @in_changeset
    def post(self, request: Request) -> HttpResponse:
        """Set the day of the last check of all of them, as one change;
        or of none, and say for each why not.
        """
        body = parse(self.body(request), self.payload)
        confirmed = review.confirm(records=_chosen_records(body.records), on=body.on)
        return json_response(
            DeskConfirmed(
                [
                    DeskVersion(record.noun.plural, record.id, record.version or 0)
                    for record in confirmed
                ]
            )
        )


def _chosen_records(records: Iterable[Reviewed | Claimed]) -> list[Chosen]:
    return [Chosen(BY_PLURAL[record.resource], record.id, record.version) for record in records]


class Naming(Body):
    """A release."""

    version: Annotated[Text, Meta(description="Write the year, a dot and a number, e.g. 2026.1.")]
    notes: Annotated[
        str | None, Meta(description="Say what the release is about; public.", extra=PUBLIC)
    ] = None
    edition: Annotated[
        Number | None,
        Meta(description="Give the number of the edition; without it, the latest is named."),
    ] = None


class DeskReleases(DeskView):
    """Name an edition."""

    route = "releases/"
    response_struct = DeskRelease
    rights = {"POST": ("add_release",)}
    payload = Naming

    @in_changeset
    def post(self, request: Request) -> HttpResponse:
        """Make a release of an edition, with its files, for good; `errors` says why not."""
        body = parse(self.body(request), self.payload)
        new = release(version=body.version, notes=body.notes or "", edition=body.edition)
        return json_response(
            DeskRelease(new.version, new.edition_id, f"/api/v1/releases/{new.version}/")
        )


class Undoing(Body):
    """A change set undone."""

    leaving_out: Annotated[
        Annotated[list[Named], Meta(max_length=MOST_RECORDS)] | None,
        Meta(description="List the records to be left alone."),
    ] = None


class DeskUndo(DeskView):
    """Undo all that one change set did; where readers have seen a record, that takes an editor."""

    route = "changesets/<uuid:change_set>/revert/"
    response_struct = DeskUndone
    rights = {"POST": ("view_changeset",)}
    payload = Undoing

    @in_changeset
    def post(self, request: Request, change_set: UUID) -> HttpResponse:
        """Put everything back as it was before, by a new change set;
        where later edits block it, list them.
        """
        body = parse(self.body(request), self.payload)
        left = {(BY_PLURAL[record.resource], record.id) for record in body.leaving_out or ()}
        public = Change.objects.filter(noun=OuterRef("noun"), record=OuterRef("record"))
        if Event.objects.filter(Exists(public), changeset=change_set).exists():
            check_reason(request)
        check_rights(request, undo.plan(changeset=change_set, leaving_out=left))
        done = undo.undo(changeset=change_set, leaving_out=left)
        counts = {
            noun.plural: {what.value: n for what, n in by.items()}
            for noun, by in done.counts.items()
        }
        return json_response(DeskUndone(current().id if done.count() else None, counts))
