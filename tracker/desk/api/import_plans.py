"""What would become of the rows of an import, as it is answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse

from tracker.desk.api.http.preconditions import tag
from tracker.desk.api.import_shapes import (
    DeskAlike,
    DeskErrorKind,
    DeskErrorPlace,
    DeskErrors,
    DeskImport,
    DeskImportRow,
    DeskImportSummary,
    DeskRowError,
)
from tracker.desk.imports.applying import OPEN
from tracker.desk.imports.staging import changes_of
from tracker.models import Upload, UploadRow
from tracker.public.api.http.responses import as_json
from tracker.values.nouns import Noun
from tracker.values.outcomes import RowOutcome

ROOT = "/api/v1/desk/imports/"
MOST_ROWS = 20  # rows that a plan shows


def shown(upload: Upload, status: int = 200) -> HttpResponse:
    """Return an import as it is, with the tag of its version; if it came just now, with its address."""
    rows: QuerySet[UploadRow] = upload.rows.order_by("line")
    (head,) = _heads([upload])
    plan = DeskImport(
        **head,
        errors=_errors(upload),
        rows=[row_of(row) for row in rows[:MOST_ROWS]],
        all_rows=f"{head['url']}rows/",
    )
    response = HttpResponse(as_json(plan), status=status, content_type="application/json")
    response.headers["ETag"] = tag(upload.version)
    if status == 201:
        response.headers["Location"] = head["url"]
    return response


def summaries(uploads: Sequence[Upload]) -> list[DeskImportSummary]:
    """Return what a list says of imports; one query."""
    return [DeskImportSummary(**head) for head in _heads(uploads)]


def _heads(uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    rows = UploadRow.objects.filter(upload__in=uploads).values_list("upload", "outcome")
    for upload, outcome, count in rows.annotate(Count("pk")):
        counted[upload][outcome] = count
    return [_head(upload, counted[upload.pk]) for upload in uploads]


def _head(upload: Upload, counted: Mapping[str, int]) -> dict[str, Any]:
    noun = Noun(upload.noun)
    is_settled = not (upload.faults or any(counted.get(outcome) for outcome in OPEN))
    return {
        "id": upload.pk,
        "version": upload.version,
        "name": upload.name,
        "format": upload.kind,
        "resource": noun.plural,
        "made_at": upload.made_at,
        "can_apply": is_settled and bool(counted.get(RowOutcome.CREATED) or counted.get(RowOutcome.CHANGED)),
        "counts": {noun.plural: {outcome.value: counted.get(outcome.value, 0) for outcome in RowOutcome}},
        "url": f"{ROOT}{upload.pk}/",
    }


def _errors(upload: Upload) -> DeskErrors:
    kinds = [
        DeskErrorKind(
            code=kind["code"],
            field=kind["field"],
            detail="; ".join(filter(None, kind["says"])),
            count=kind["count"],
            is_of_file=kind["is_of_file"],
            first=[DeskErrorPlace(*place) for place in kind["first"]],
        )
        for kind in upload.errors.get("kinds", ())
    ]
    return DeskErrors(upload.errors.get("count", 0), upload.errors.get("others", 0), kinds)


def row_of(row: UploadRow) -> DeskImportRow:
    return DeskImportRow(
        line=row.line,
        outcome=row.outcome,
        id=row.record,
        changed={change.field: [change.old, change.new] for change in changes_of(row) if not change.stays},
        stays={change.field: [change.old, change.new] for change in changes_of(row) if change.stays},
        errors=[
            DeskRowError(field, value, "; ".join(filter(None, [problem, remedy])))
            for field, value, problem, remedy in row.faults
        ],
        alike=[
            DeskAlike(why, id=record) if record else DeskAlike(why, line=line) for record, line, why in row.duplicates
        ],
        choice=row.choice or None,
    )
