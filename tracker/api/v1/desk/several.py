"""What is done with several records at once: publishing them as one edition, undoing a change set."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import as_json
from tracker.api.bodies import Field, faults, read
from tracker.api.conditions import check_reason
from tracker.api.desk import DeskView
from tracker.api.refusals import NOT_TAKEN, NotDone
from tracker.api.shapes import DeskEdition, DeskFault, DeskUndone
from tracker.api.v1.desk.verbs import NOTE, check_rights
from tracker.history import current
from tracker.models import Change, Event
from tracker.services import publishing, reverting
from tracker.services.publishing import Chosen
from tracker.values.nouns import Noun

MOST = 1000
NOUNS = {noun.plural: noun for noun in Noun}
NAMED = {
    "resource": Field("Say of which noun, by its plural.", required=True),
    "id": Field("Give its number.", (int,), required=True),
}
REVIEWED = {**NAMED, "version": Field("Give the version that was reviewed.", (int,), required=True)}


class DeskPublishSeveral(DeskView):
    """Publish several records as one edition."""

    answers = "DeskEdition"
    rights = {"POST": ("add_edition",)}
    fields = {"records": Field("List the records, each with its resource, id and version.", (list,), required=True),
              "note": NOTE}  # fmt: skip

    def post(self, request: Request) -> HttpResponse:
        """Publish all of them, at the versions that are named; or none, and say for each why not."""

        def publish() -> HttpResponse:
            said = read(self.body(request), self.fields)
            chosen = [
                Chosen(NOUNS[one["resource"]], one["id"], one["version"])
                for one in _listed("records", said["records"], REVIEWED)
            ]
            edition = publishing.publish(records=chosen, note=said.get("note", ""))
            response = HttpResponse(
                as_json(DeskEdition(edition.number if edition else None)), content_type="application/json"
            )
            if edition:
                response.headers["Edition"] = str(edition.number)
            return response

        return self.written(request, publish)


class DeskUndo(DeskView):
    """Undo all that one change set did."""

    answers = "DeskUndone"
    rights = {"POST": ("add_edition",)}
    fields = {"leaving_out": Field("List the records to be left alone, each with its resource and id.", (list,))}

    def post(self, request: Request, change_set: UUID) -> HttpResponse:
        """Put everything back as it was before, by a new change set; where later edits stand in the way, list them."""

        def undo() -> HttpResponse:
            said = read(self.body(request), self.fields)
            listed = _listed("leaving_out", said.get("leaving_out", []), NAMED)
            left = {(NOUNS[one["resource"]], one["id"]) for one in listed}
            if _was_public(change_set):
                check_reason(request)
            check_rights(request, reverting.plan(changeset=change_set, leaving_out=left))
            done = reverting.revert(changeset=change_set, leaving_out=left)
            counts = {noun.plural: {what.value: n for what, n in by.items()} for noun, by in done.counts.items()}
            undone = DeskUndone(current().id if done.count() else None, counts)
            return HttpResponse(as_json(undone), content_type="application/json")

        return self.written(request, undo)


def _was_public(change_set: UUID) -> bool:
    """Tell whether a change set touched a record that has been public."""
    public = Change.objects.filter(noun=OuterRef("noun"), record=OuterRef("record"))
    return Event.objects.filter(Exists(public), changeset=change_set).exists()


def _listed(name: str, said: list[Any], fields: dict[str, Field]) -> list[dict[str, Any]]:
    """Return objects that name records; raise NotDone with all that is wrong with them."""
    wrong: list[DeskFault] = []
    if len(said) > MOST:
        wrong.append(DeskFault(code="invalid", detail=f"name at most {MOST} records", pointer=f"/{name}"))
    for number, one in enumerate(said[:MOST]):
        place = f"/{name}/{number}"
        if not isinstance(one, dict):
            wrong.append(DeskFault(code="invalid", detail="it is no object; write {…}", pointer=place))
            continue
        wrong += (found := faults(one, fields, place))
        if not found and one["resource"] not in NOUNS:
            says = f"write one of {', '.join(NOUNS)}"
            wrong.append(DeskFault(code="invalid", detail=says, pointer=f"{place}/resource"))
    if wrong:
        raise NotDone(400, NOT_TAKEN, wrong)
    return said
