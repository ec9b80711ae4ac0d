"""Bulk import: a file comes, what would become of its rows is answered, choices are made,
and all of it is imported.

It is the upload of the admin's import page: received by the same services, seen by whoever sent it
alone, kept for a day, and imported as drafts in one change set, exactly as was shown, or not at
all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from msgspec import UNSET, Meta, Struct, UnsetType
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from tracker.desk import imports
from tracker.desk.api.http.exceptions import RequestRefusedError
from tracker.desk.api.http.idempotency import answered_once
from tracker.desk.api.http.parsers import AnyFile, Received, check_length, media_type, received
from tracker.desk.api.http.payloads import MOST_RECORDS, Body, Number, parse
from tracker.desk.api.http.preconditions import check_version, tag
from tracker.desk.api.import_shapes import (
    DeskAlike,
    DeskErrorKind,
    DeskErrorPlace,
    DeskErrors,
    DeskImport,
    DeskImported,
    DeskImportRow,
    DeskImportSummary,
    DeskRowError,
)
from tracker.desk.api.shapes import desk_page_of
from tracker.desk.api.views import DeskView, desk_page
from tracker.desk.imports import Bulk
from tracker.desk.imports.applying import OPEN
from tracker.desk.imports.faults import line_of
from tracker.desk.imports.reading import BIBTEX, CSL_JSON, CSV, JSON, NDJSON, RIS, XLSX
from tracker.desk.imports.staging import changes_of
from tracker.desk.records.database_errors import BY_DATABASE
from tracker.history import current
from tracker.models import Upload, UploadRow
from tracker.public.api.http.responses import as_json, json_response
from tracker.public.formats.rows import UnreadableError
from tracker.public.http.pagination import next_page
from tracker.public.http.parameters import COUNT, CURSOR, PAGE_SIZE, Query
from tracker.public.read.pagination import paginate
from tracker.schema.filters import Filter, OneOf, Words
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.problems import InvalidError, Problem
from tracker.values.vocabularies import RowOutcome, UploadChoice

ROOT = "/api/v1/desk/imports/"
MOST_ROWS = 20  # rows that a plan shows


def shown(upload: Upload, status: int = 200) -> HttpResponse:
    """Return an import as it is, with the tag of its version;
    if it came just now, with its address.
    """
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
        "can_apply": is_settled
        and bool(counted.get(RowOutcome.CREATED) or counted.get(RowOutcome.CHANGED)),
        "counts": {
            noun.plural: {outcome.value: counted.get(outcome.value, 0) for outcome in RowOutcome}
        },
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
        changed={
            change.field: [change.old, change.new] for change in changes_of(row) if not change.stays
        },
        stays={
            change.field: [change.old, change.new] for change in changes_of(row) if change.stays
        },
        errors=[
            DeskRowError(field, value, "; ".join(filter(None, [problem, remedy])))
            for field, value, problem, remedy in row.faults
        ],
        alike=[
            DeskAlike(why, id=record) if record else DeskAlike(why, line=line)
            for record, line, why in row.duplicates
        ],
        choice=row.choice or None,
    )


MULTIPART = "multipart/form-data"
FRAME = 100_000  # what a form sends beside its file, at most
LARGEST_UPLOAD = 2**63 - 1
TYPES = {
    "text/csv": CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
    "application/json": JSON,
    "application/x-ndjson": NDJSON,
    "application/vnd.citationstyles.csl+json": CSL_JSON,
    "application/x-bibtex": BIBTEX,
    "application/x-research-info-systems": RIS,
    "application/octet-stream": "",
}
TOO_LARGE = (
    f"Nothing was kept: the file has more than {imports.MOST_BYTES // 1_000_000} MB. Split it."
)
NO_TYPE = f"Nothing was kept: “Content-Type” is to be one of {', '.join((*TYPES, MULTIPART))}."
NO_WHY = "say why, as “note” or in “Change-Reason”: it is kept in the history with your name"
MOVED = (
    "Nothing was imported: the desk has changed since you looked, so other things would become "
    "of rows. Look again."
)
NOT_READY = (
    "Nothing was imported: rows have errors, or may be there already. Mend the file, or choose "
    "for them."
)
NOT_OFFERED = (
    "there is no such row, or that can't be chosen for it; its “alike” says what may be used"
)
REFUSED = "Nothing was imported: the database refuses rows; “errors” says why, by kind."
RESOURCE = OneOf(
    "resource",
    "What the rows are; without it, the file's name or its fields say so.",
    words=tuple(BY_PLURAL),
)
OUTCOME = Words("outcome", "Only rows of which this becomes.", words=tuple(RowOutcome.values))


class RowChoice(Body):
    """What is chosen for a row."""

    line: Annotated[Number, Meta(description="Say which row, by its line.")]
    choice: Annotated[
        str,
        Meta(
            description="Say what becomes of it.",
            extra_json_schema={"enum": list(UploadChoice.values)},
        ),
    ]
    id: Annotated[
        Number | None, Meta(description="To use a record that it is like: its number.")
    ] = None
    like_line: Annotated[
        Number | None, Meta(description="To use an earlier row that it is like: its line.")
    ] = None

    @property
    def as_kept(self) -> str:
        """Return the choice as the service takes it."""
        return (
            f"{UploadChoice.USE}:{self.id or -(self.like_line or 0)}"
            if self.choice == UploadChoice.USE
            else self.choice
        )


class Choosing(Body):
    """Choices for rows."""

    all: Annotated[
        str | None,
        Meta(
            description="Choose this for all rows of a kind.",
            extra_json_schema={"enum": [choice.value for choice in Bulk]},
        ),
    ] = None
    rows: Annotated[
        Annotated[list[RowChoice], Meta(max_length=MOST_RECORDS)] | None,
        Meta(description="List the rows, each with what is chosen."),
    ] = None


class Applying(Body):
    """An import carried out."""

    note: Annotated[
        str | None,
        Meta(
            description="Say why; kept in the history, after `Change-Reason`. Readers never see it."
        ),
    ] = None


class ImportView(DeskView):
    """What views of imports have in common."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look who asks; raise PermissionDenied for whoever may import nothing."""
        super().initial(request, *args, **kwargs)
        if not imports.importable(request.user):
            raise PermissionDenied

    def upload(self, request: Request, number: int) -> Upload:
        """Return an import of whoever asks;
        raise Http404 for anybody else's, and for one that is gone.
        """
        imports.forget_old()
        uploaded = (
            Upload.objects.select_for_update()
            if request.method not in SAFE_METHODS
            else Upload.objects.all()
        )
        upload = (
            uploaded.filter(pk=number, made_by=int(request.user.pk or 0)).first()
            if number <= LARGEST_UPLOAD
            else None
        )
        if upload is None:
            raise Http404(
                f"There is no import {number} of yours: it was carried out, or is older than a day."
            )
        if Noun(upload.noun) not in imports.importable(request.user):
            raise PermissionDenied
        return upload

    def checked(self, request: Request, number: int) -> Upload:
        """Return an import, if the request is about the version that it has."""
        upload = self.upload(request, number)
        check_version(request, upload.version, what="import")
        return upload


class DeskImports(ImportView):
    """List the imports that wait, and look at a file that is to be imported."""

    route = "imports/"
    lists = True
    has_version = True
    rights = {"GET": (), "POST": ()}
    parser_classes = (MultiPartParser, AnyFile)
    files = (*TYPES, MULTIPART)

    def declared(self) -> tuple[Filter, ...]:
        """Return the parameters of what is asked for:
        of a file if that is sent, else of the list.
        """
        is_sent = getattr(getattr(self, "request", None), "method", "GET") == "POST"
        return (RESOURCE,) if is_sent else (PAGE_SIZE, COUNT, CURSOR)

    def get_response_struct(self, method: str | None) -> type[Struct]:
        """Return the form of an answer: a page of imports, or the one that was made."""
        return DeskImport if method == "POST" else desk_page_of(DeskImportSummary)

    def get(self, request: Request) -> HttpResponse:
        """List one's own imports, the latest first.
        One that was carried out, or is older than a day, is gone.
        """
        imports.forget_old()
        query = Query(self.declared(), request.query_params)
        before = query.before(LARGEST_UPLOAD)
        query.check()
        own = Upload.objects.filter(
            made_by=int(request.user.pk or 0), noun__in=imports.importable(request.user)
        )
        rows = (own.filter(pk__lt=before) if before else own).order_by("-pk")
        page = paginate(list(rows[: query.size + 1]), query.size, lambda upload: (upload.pk,))
        following = next_page(request, page, pinned=False)
        return desk_page(
            map(as_json, summaries(page.results)), following, own.count() if query.counts else None
        )

    def check_body(self, request: Request) -> None:
        """Raise RefusedError for a file that is too large, or of no format that is read."""
        check_length(request, imports.MOST_BYTES + FRAME, TOO_LARGE)
        if media_type(request) not in self.files:
            raise RequestRefusedError(415, NO_TYPE)

    def post(self, request: Request) -> HttpResponse:
        """Look at a file that is to be imported. Nothing is written to the desk.

        It is kept for a day, and what would become of each of its rows is answered. The file is the
        field `file` of a form or, with its own media type or application/octet-stream, the whole
        body.
        """
        query = Query(self.declared(), request.query_params)
        query.check()

        def look(sent: Received) -> HttpResponse:
            resource, kind = query.values.get("resource", ""), TYPES.get(media_type(request), "")
            name = sent.name or f"{resource or 'file'}.{kind}".rstrip(".")
            made_by, noun = int(request.user.pk or 0), BY_PLURAL.get(resource)
            try:
                upload = imports.receive(name=name, file=sent.file, made_by=made_by, noun=noun)
            except UnreadableError as error:
                raise InvalidError([_problem("unreadable", str(error))]) from error
            if Noun(upload.noun) not in imports.importable(request.user):
                raise PermissionDenied
            return shown(upload, 201)

        with transaction.atomic(), received(request) as sent:
            return answered_once(request, lambda: look(sent), sent.digest())


class DeskImportDetail(ImportView):
    """Look at one import again, or throw it away."""

    route = "imports/<int:upload>/"
    response_struct = DeskImport
    has_version = True
    rights = {"GET": (), "DELETE": ()}

    def get(self, request: Request, upload: int) -> HttpResponse:
        """Answer what would become of the rows, as it was found last; its `ETag` is its version."""
        Query((), request.query_params).check()
        return shown(self.upload(request, upload))

    @transaction.atomic
    def delete(self, request: Request, upload: int) -> HttpResponse:
        """Throw the import away; nothing was written to the desk."""
        self.checked(request, upload).delete()
        return HttpResponse(status=204)


class DeskImportRows(ImportView):
    """List the rows of one import."""

    route = "imports/<int:upload>/rows/"
    response_struct = desk_page_of(DeskImportRow)
    lists = True
    rights = {"GET": ()}
    parameters = (OUTCOME, PAGE_SIZE, COUNT, CURSOR)

    def get(self, request: Request, upload: int) -> HttpResponse:
        """Answer one page of rows, by line:
        what would become of each, what is wrong, what it may be already.
        """
        own = self.upload(request, upload)
        query = Query(self.parameters, request.query_params)
        after = query.after(int)
        query.check()
        rows = own.rows.all()
        rows = (
            rows.filter(outcome__in=query.values["outcome"]) if "outcome" in query.values else rows
        )
        some = list(
            rows.filter(line__gt=after[0] if after else 0).order_by("line")[: query.size + 1]
        )
        page = paginate(some, query.size, lambda row: (row.line,))
        following = next_page(request, page, pinned=False)
        return desk_page(
            (as_json(row_of(row)) for row in page.results),
            following,
            rows.count() if query.counts else None,
        )


class DeskImportChoose(ImportView):
    """Choose what becomes of rows of one import."""

    route = "imports/<int:upload>/choose/"
    response_struct = DeskImport
    has_version = True
    rights = {"POST": ()}
    payload = Choosing

    def post(self, request: Request, upload: int) -> HttpResponse:
        """Leave rows out, create them though they may be there, or use what is there;
        then look at all rows anew.
        """

        def choose() -> HttpResponse:
            body = parse(self.body(request), self.payload)
            checked = self.checked(request, upload)
            if body.all:
                imports.choose_all(upload=checked, what=Bulk(body.all))
            chosen = {row.line: row.as_kept for row in body.rows or ()}
            imports.choose(upload=checked, choices=chosen)
            if ignored := _ignored(checked, chosen):
                raise InvalidError(
                    [_problem("unknown", f"line {line}: {NOT_OFFERED}", "rows") for line in ignored]
                )
            checked.refresh_from_db()
            return shown(checked)

        with transaction.atomic():
            return answered_once(request, choose)


class DeskImportApply(ImportView):
    """Import all rows of one import as drafts, in one change set that can be undone."""

    route = "imports/<int:upload>/apply/"
    response_struct = DeskImported
    rights = {"POST": ()}
    payload = Applying
    note_is_reason = True

    def post(self, request: Request, upload: int) -> HttpResponse:
        """Import all of it exactly as was shown, or nothing:
        a 412 says that the desk has changed meanwhile.
        """

        def apply() -> HttpResponse:
            parse(self.body(request), self.payload)
            checked = self.checked(request, upload)
            if not self.why(request):
                raise InvalidError([_problem("required", NO_WHY, "note")])
            done = imports.apply_upload(upload=checked)
            counts = {
                noun.plural: {what.value: n for what, n in by.items()}
                for noun, by in done.counts.by_noun.items()
            }
            is_change = any(by.get("created") or by.get("changed") for by in counts.values())
            body = DeskImported(current().id if is_change else None, counts)
            return json_response(body)

        try:
            return self.run_in_changeset(request, apply)
        except imports.NotReady as error:
            raise RequestRefusedError(409, NOT_READY, [*map(_of_row, error.problems)]) from error
        except imports.MovedOn as error:
            problems = [*map(_of_row, error.problems[:MOST_ROWS])]
            raise RequestRefusedError(
                412, MOVED, problems, version=_looked_again(upload)
            ) from error
        except imports.ImportRefusedError as error:
            _looked_again(upload, *(fault for fault in error.faults if fault.code in BY_DATABASE))
            kinds = [_problem(group.kind.code, str(group)) for group in error.faults.groups()]
            raise RequestRefusedError(409, REFUSED, kinds) from error


@transaction.atomic
def _looked_again(number: int, *also: Problem) -> int | UnsetType:
    """Look at the rows of an import anew; return its version."""
    upload = Upload.objects.select_for_update().filter(pk=number).first()
    if upload is None:
        return UNSET
    imports.check(upload=upload, also=also)
    return upload.version


def _ignored(upload: Upload, chosen: Mapping[int, str]) -> list[int]:
    """Return the lines for which a choice was not kept."""
    rows = upload.rows.filter(line__in=chosen).values_list("line", "choice", "stands_for")
    kept = {
        line: f"{choice}:{record}" if choice == UploadChoice.USE else choice
        for line, choice, record in rows
    }
    return [line for line, choice in chosen.items() if kept.get(line) != choice]


def _of_row(problem: Problem) -> Problem:
    """Return a problem with the line of its row, if it is that of one."""
    line = line_of(problem)
    return replace(problem, message=f"line {line}: {problem.message}") if line else problem


def _problem(code: str, says: str, *path: str) -> Problem:
    return Problem(code, "{says}", path, {"says": says})
