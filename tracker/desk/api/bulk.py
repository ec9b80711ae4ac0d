"""What is done with several records at once: confirming claims, publishing as one edition."""

from collections.abc import Iterable
from typing import Annotated

from django.http import HttpResponse
from msgspec import Meta
from rest_framework.request import Request

from tracker.desk.api.http.payloads import MOST_RECORDS, Body, Number, parse
from tracker.desk.api.shapes import DeskConfirmed, DeskEdition, DeskVersion
from tracker.desk.api.verbs import SAYS_WHICH, Confirmation, Named, Note, Reason, reasons_of
from tracker.desk.api.views import DeskView, in_changeset
from tracker.public.api.http.responses import json_response
from tracker.publishing import publish as publishing
from tracker.publishing import review
from tracker.publishing.publish import Chosen
from tracker.schema.records import CLAIMS
from tracker.values.nouns import BY_PLURAL

CLAIMED = [noun.plural for noun in CLAIMS]
Version = Annotated[Number, Meta(description="Give the version that was reviewed.")]


class Reviewed(Named):
    """A record at the version that was reviewed."""

    version: Version
    reason: Reason = None


class Claimed(Named):
    """A claim at the version that was looked at."""

    version: Version
    resource: Annotated[str, Meta(description=SAYS_WHICH, extra_json_schema={"enum": CLAIMED})]


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
        """Publish all of them, at the versions that are named; or none, and say for each why not."""
        body = parse(self.body(request), self.payload)
        chosen = _chosen(body.records)
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
        """Set the day of the last check of all of them, as one change; or of none, and say for each why not."""
        body = parse(self.body(request), self.payload)
        confirmed = review.confirm(records=_chosen(body.records), on=body.on)
        return json_response(
            DeskConfirmed([DeskVersion(record.noun.plural, record.id, record.version or 0) for record in confirmed])
        )


def _chosen(records: Iterable[Reviewed | Claimed]) -> list[Chosen]:
    """Return the records that a body lists."""
    return [Chosen(BY_PLURAL[record.resource], record.id, record.version) for record in records]
