"""Importing at the desk:
a file is uploaded, looked at row by row, and imported as drafts in one change set.
"""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst

from tracker.desk import imports
from tracker.desk.admin.importing.preview import errors_view, preview_view
from tracker.desk.admin.site.pages import render_page, whoever
from tracker.desk.imports import MOST_BYTES, importable
from tracker.desk.records.fields import layout
from tracker.models import Upload
from tracker.models.kinds import Kind
from tracker.models.nouns import RECORDS
from tracker.public.formats.csv import Column, Table, write_rows
from tracker.public.formats.rows import UnreadableError
from tracker.public.formats.xlsx import MEDIA_TYPE, encoded, workbook
from tracker.values.nouns import BY_PLURAL, Noun

FRAME = 100_000  # what a form sends beside its file, at most
SOURCES = (
    "“usip-2019-06 p. 4; https://example.org/report § 3”: a source by its ref, number or "
    "address, and where in it"
)
JSON = "JSON: a list, with all fields of each."
WRITTEN = {
    "citations": f"{SOURCES}. Or JSON, with all fields of a citation.",
    "participants": (
        "“France (host); Togo”: actors, with a role. Or JSON, also with who represents them."
    ),
    "issues": "“arctic; sanctions-on-iran”: issues. Or JSON, also with what came of each.",
    "memberships": (
        "“United Nations (permanent member); …”: actors, with a role. Or JSON, also with since "
        "and until."
    ),
    "predecessors": "“Soviet Union; …”: actors that it follows. Or JSON, also with since.",
    "frames": (
        "JSON, of a body that decides by votes: kinds, since, until, note and source of each frame."
    ),
    "resolutions": (
        "JSON, of a forecast: question, criteria, opens, due, whose, outcome, resolved_on, note, "
        "source and locator of the one that it has, and whether it is retrospective."
    ),
    "ballots": (
        "“yes: France; Togo | no: Mali | abstain: …”: actors by what they cast. Or JSON, also "
        "with notes."
    ),
    "core_interests": "“France; Togo”: actors. Or JSON, also with a note on each.",
}
LARGEST_FILE = f"{imports.MOST_BYTES // 1_000_000} MB"
TOO_LARGE = (
    f"The file is larger than {LARGEST_FILE}; split it between two records, or use “manage.py "
    f"import”."
)


class UploadLimit(FileUploadHandler):
    """Passes over files of requests that are too large; `was_too_large` tells of it.

    Such a request is read to its end, so that the page can say so; a connection cut off could not.
    """

    is_too_large = has_passed_over = False

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:
        self.is_too_large = content_length > MOST_BYTES + FRAME

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            self.has_passed_over = True
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def was_too_large(request: HttpRequest) -> bool:
    """Say whether a request had a file that was passed over."""
    return any(
        isinstance(handler, UploadLimit) and handler.has_passed_over
        for handler in request.upload_handlers
    )


class ColumnHelp(NamedTuple):
    """One column, for people:
    what it is called, whether a new record needs it, what it says, its terms.
    """

    name: str
    is_needed: bool
    says: str
    terms: str


def columns_of(noun: Noun) -> list[ColumnHelp]:
    """Return the columns that a file of a noun may have."""
    fields = layout(noun)
    plain = [
        ColumnHelp(name, field.required, _help(field), ", ".join(term.label for term in terms))
        for name, field in fields.fields.items()
        for terms in [field.vocabulary or ()]
    ]
    return [
        *plain,
        *(ColumnHelp(name, False, WRITTEN.get(name, JSON), "") for name in fields.parts),
    ]


def template_view(request: HttpRequest, noun: str, kind: str, site: Any) -> HttpResponse:
    """Answer with a file of a noun's columns and one row to write over."""
    if noun not in BY_PLURAL or kind not in ("csv", "xlsx"):
        raise Http404
    of = BY_PLURAL[noun]
    if of not in importable(request.user):
        raise PermissionDenied
    names = [column.name for column in columns_of(of)]
    example = site.get_model_admin(RECORDS[of]).example
    table = Table([Column(name) for name in names], [[example.get(name, "") for name in names]])
    if kind == "xlsx":
        content, mime = workbook(of.plural, *encoded(table)), MEDIA_TYPE
    else:
        content = b"\xef\xbb\xbf" + b"".join(write_rows(*table))
        mime = "text/csv; charset=utf-8"
    headers = {
        "Content-Disposition": f'attachment; filename="{noun}.{kind}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=mime, headers=headers)


def _help(field: Kind) -> str:
    code = ", code" if field.refers_to and hasattr(RECORDS[field.refers_to], "iso3") else ""
    also = f" By slug{code} or name." if field.refers_to else ""
    return capfirst(f"{field.help_text}{also}".strip())


class UploadForm(forms.Form):
    """Which file, and what its rows are."""

    file = forms.FileField(
        label="File",
        help_text=(
            f"CSV, XLSX, JSON or NDJSON; for sources also BibTeX, RIS or CSL-JSON. At most "
            f"{LARGEST_FILE}."
        ),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    noun = forms.ChoiceField(label="Its rows are", required=False)

    def __init__(self, nouns: list[Noun], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "recognised by its name or columns"),
            *((noun.value, noun.plural) for noun in nouns),
        ]
        self.fields["noun"].choices = choices  # type: ignore[attr-defined]


def addresses(site: Any) -> list[Any]:
    pages = {"": (upload_view, "import"), "<int:upload>/": (preview_view, "import_preview")}
    pages["<int:upload>/errors/"] = (errors_view, "import_errors")
    pages["template/<slug:noun>.<slug:kind>"] = (template_view, "import_template")
    return [
        path(f"import/{route}", site.admin_view(view), {"site": site}, name=name)
        for route, (view, name) in pages.items()
    ]


def upload_view(request: HttpRequest, site: Any) -> HttpResponse:
    """Ask for a file, or receive it and lead to what would become of its rows."""
    nouns = imports.importable(request.user)
    if not nouns:
        raise PermissionDenied
    imports.forget_old()
    is_sent = request.method == "POST"
    form = UploadForm(
        nouns, *((request.POST, request.FILES) if is_sent else ()), initial=request.GET.dict()
    )
    if is_sent and was_too_large(request):
        form.errors["file"] = form.error_class([TOO_LARGE])
    elif form.is_valid():
        try:
            return redirect("admin:import_preview", _received(request, form.cleaned_data, nouns).pk)
        except UnreadableError as error:
            form.add_error("file", f"It can't be read: {error}.")
    context = {
        "title": "Import",
        "form": form,
        "columns": [(noun, columns_of(noun)) for noun in nouns],
        "waiting": Upload.objects.filter(made_by=whoever(request)).order_by("-made_at", "pk")[:20],
        "media": form.media,
    }
    return render_page(site, request, "admin/importing/upload.html", context)


@transaction.atomic
def _received(request: HttpRequest, values: dict[str, Any], nouns: list[Noun]) -> Upload:
    noun, file = Noun(values["noun"]) if values["noun"] else None, values["file"]
    upload = imports.receive(name=file.name, file=file.file, made_by=whoever(request), noun=noun)
    if Noun(upload.noun) not in nouns:
        raise PermissionDenied
    messages.info(request, "Nothing is written yet. Look at what would become of each row.")
    return upload
