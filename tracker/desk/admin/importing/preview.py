"""The preview of an upload: counts, which are filters; rows, a page at a time; what is to decide;
and the import.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from more_itertools import spy

from tracker.desk import imports
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.importing.rows import fault_text, kinds_of_errors, place, shown
from tracker.desk.admin.lists.paged_lists import PER_PAGE
from tracker.desk.admin.site.pages import render_page, whoever
from tracker.desk.imports import Action, Bulk
from tracker.desk.imports.applying import OPEN
from tracker.desk.imports.reading import CSV, JSON, NAMES, NDJSON
from tracker.desk.records.database_errors import BY_DATABASE, problem_of
from tracker.history import changeset
from tracker.models import ChangeSet, Upload
from tracker.public.formats.csv import ENCODINGS, Column, write_rows
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import UnreadableError
from tracker.public.formats.text_files import SEPARATORS
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.vocabularies import Channel, RowOutcome

OBJECTS = (JSON, NDJSON)
ADD_MISSING = ("tracker.add_actor", "tracker.add_source")
# an error of the file itself may leave a row without one of its own
WITH_ERRORS = ~Q(faults=[]) | Q(outcome=RowOutcome.ERROR)
PLACES_SHOWN = 20
NO_UPLOAD = (
    "That upload is no longer here: it was imported, or is older than a day. Upload the file again."
)


class ReadAsForm(forms.Form):
    """How a CSV file is read."""

    encoding = forms.ChoiceField(choices=list(ENCODINGS.items()))
    separator = forms.ChoiceField(choices=list(SEPARATORS.items()))
    noun = forms.ChoiceField(
        label="Its rows are", choices=[(noun.value, noun.plural) for noun in Noun]
    )


@dataclass(frozen=True, slots=True)
class RowFilter:
    """One of the counts, which shows the rows that it counts."""

    outcome: str
    label: str
    count: int
    is_chosen: bool


def preview_view(request: HttpRequest, upload: int, site: Any) -> HttpResponse:
    """Show what would become of the rows of an upload, take choices, or import it."""
    own = _own(request, upload)
    if own is None:
        messages.warning(request, NO_UPLOAD)
        return redirect("admin:import")
    if request.method == "POST":
        return _act(request, own) or redirect(request.get_full_path())
    return _page(request, own, site)


def errors_view(request: HttpRequest, upload: int, site: Any) -> HttpResponseBase:
    """Answer with the rows that have errors and what is wrong, to be mended and uploaded again:
    as NDJSON, or CSV.

    As CSV, what an object leaves out would be an empty cell, which empties.
    """
    own = _own(request, upload)
    if own is None:
        messages.warning(request, NO_UPLOAD)
        return redirect("admin:import")
    wrong_rows = (
        own.rows.filter(WITH_ERRORS).order_by("line").values_list("faults", "cells", "values")
    )
    rows: Iterator[Any] = wrong_rows.iterator(chunk_size=500)
    described = (
        ("\n".join(map(fault_text, faults or own.faults)), cells, values)
        for faults, cells, values in rows
    )
    if own.kind in OBJECTS:
        objects = ({**(values or {}), "error": error} for error, _, values in described)
        pieces: Iterator[bytes] = (f"{write_json(item)}\n".encode() for item in objects)
        ending, media_type = "ndjson", "application/x-ndjson"
    else:
        header = [Column("error", is_text=True), *map(Column, own.header)]
        written = write_rows(header, ([error, *cells] for error, cells, _ in described))
        pieces = chain([BOM_UTF8], written)  # a mark by which spreadsheets know UTF-8
        ending, media_type = "csv", "text/csv; charset=utf-8"
    name = f"{Noun(own.noun).plural}-with-errors.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    _, pieces = spy(pieces, 2)  # what fails at once is answered as such
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)


def _own(request: HttpRequest, upload: int) -> Upload | None:
    """Return an upload of whoever asks; None for anybody else's, and for one that is gone."""
    imports.forget_old()
    own = Upload.objects.filter(pk=upload, made_by=whoever(request)).first()
    if own and Noun(own.noun) not in imports.importable(request.user):
        raise PermissionDenied
    return own


def _act(request: HttpRequest, upload: Upload) -> HttpResponse | None:
    do = request.POST.get("do", "")
    if do == "forget":
        upload.delete()
        messages.info(request, "The upload was thrown away; nothing was written.")
        return redirect("admin:import")
    if do == "read_again":
        _read_again(request, upload)
    elif do in set(Bulk):
        imports.choose_all(upload=upload, what=Bulk(do))
    elif do == "choose":
        imports.choose(upload=upload, choices=_choices(request))
    elif do == "add_missing":
        _add_missing(request, upload)
    elif do == "import":
        return _import(request, upload)
    else:
        raise BadRequest("not what the page sent")
    return None


def _add_missing(request: HttpRequest, upload: Upload) -> None:
    """Keep which members and sources are made with the votes of an upload."""
    if not request.user.has_perms(ADD_MISSING):
        raise PermissionDenied
    missing = imports.missing([upload.pk]).keys
    imports.make_with_votes(
        upload=upload, keys=[key for key in request.POST.getlist("makes") if key in missing]
    )


def _choices(request: HttpRequest) -> dict[int, str]:
    """Return what was chosen for the rows of the page, by line."""
    sent = request.POST
    left_out = set(map(_line, sent.getlist("leave")))
    choices = {
        line: "leave_out" if line in left_out else "" for line in map(_line, sent.getlist("shown"))
    }
    selects = {name.removeprefix("choice-"): name for name in sent if name.startswith("choice-")}
    return choices | {_line(line): sent.get(name, "") for line, name in selects.items()}


def _line(text: str) -> int:
    line = number(text)
    if line is None:
        raise BadRequest("not what the page sent")
    return line


def _read_again(request: HttpRequest, upload: Upload) -> None:
    form = ReadAsForm(request.POST)
    if upload.kind != CSV or not form.is_valid():
        raise BadRequest("not what the page sent")
    values = form.cleaned_data
    noun = Noun(values["noun"])
    if noun not in imports.importable(request.user):
        raise PermissionDenied
    try:
        imports.read_again(
            upload=upload, noun=noun, encoding=values["encoding"], separator=values["separator"]
        )
    except UnreadableError as error:
        messages.error(request, f"It can't be read so: {error}.")


def _import(request: HttpRequest, upload: Upload) -> HttpResponse | None:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why: it is kept in the history with your name.")
        return None
    before = _choices_made(upload)
    imports.choose(upload=upload, choices=_choices(request))
    if _choices_made(upload) != before:
        messages.warning(
            request, "Nothing was imported yet: you chose for rows. Look at what that changes."
        )
        return None
    noun = Noun(upload.noun)
    try:
        with changeset(
            made_by=whoever(request), reason=form.cleaned_data["reason"], channel=Channel.IMPORT
        ) as context:
            done = imports.apply_upload(upload=upload)
    except (
        imports.NotReady,
        imports.MovedOn,
        imports.ImportRefusedError,
        Upload.DoesNotExist,
        DatabaseError,
    ) as error:
        _tell(request, upload, error)
        return None
    return _done(request, noun, done, context.id)


def _choices_made(upload: Upload) -> list[Any]:
    return list(
        upload.rows.exclude(choice="").order_by("line").values_list("line", "choice", "stands_for")
    )


def _tell(request: HttpRequest, upload: Upload, error: Exception) -> None:
    """Say why nothing was imported, and look again at what would be."""
    nothing = "Nothing was imported"
    match error:
        case imports.MovedOn():
            lines = [place(upload, line) for line in error.lines]
            where = ", ".join(lines[:PLACES_SHOWN]) + (
                f" and {len(lines) - PLACES_SHOWN} more" if len(lines) > PLACES_SHOWN else ""
            )
            messages.warning(
                request, f"{nothing}: the desk has changed since you looked ({where}). Look again."
            )
            imports.check(upload=upload)
        case imports.ImportRefusedError():
            messages.error(
                request, f"{nothing}: {error.faults.count} errors were found. They are shown below."
            )
            imports.check(
                upload=upload, also=[fault for fault in error.faults if fault.code in BY_DATABASE]
            )
        case imports.NotReady():
            messages.error(
                request,
                f"{nothing}: rows have errors, or look like something that is here. Decide first.",
            )
        case DatabaseError():
            problem = problem_of(error)
            if problem is None:
                raise error
            messages.error(request, f"{nothing}. {problem}")


def _done(request: HttpRequest, noun: Noun, done: imports.Imported, changeset: Any) -> HttpResponse:
    if not ChangeSet.objects.filter(pk=changeset).exists():
        messages.info(request, "Nothing was left to do: all of it is here already.")
        return redirect(reverse(f"admin:tracker_{noun}_changelist"))
    by_action = done.counts.by_noun[noun]
    created, changed = by_action[Action.CREATED], by_action[Action.CHANGED]
    says = "Imported as drafts: {} new, {} changed {}. It is one change, which can be undone."
    messages.success(request, format_html(says, f"{created:,}", f"{changed:,}", noun.plural))
    return redirect("admin:tracker_changeset_change", changeset)


def _page(request: HttpRequest, upload: Upload, site: Any) -> HttpResponse:
    counted = dict(upload.rows.values_list("outcome").annotate(Count("pk")).order_by())
    outcome = request.GET.get("outcome", "")
    chosen = outcome if counted.get(outcome) else ""
    rows = upload.rows.filter(outcome=chosen) if chosen else upload.rows.all()
    page = Paginator(rows.order_by("line"), PER_PAGE).get_page(request.GET.get("p"))
    total, kinds = sum(counted.values()), kinds_of_errors(upload)
    filters = [RowFilter("", "all", total, not chosen)] + [
        RowFilter(term.value, str(term.label), counted[term], chosen == term)
        for term in RowOutcome
        if counted.get(term)
    ]
    names_nobody = any(kind["code"] == "unknown" for kind in upload.errors.get("kinds", ()))
    may_add = (
        upload.noun == Noun.VOTE
        and request.user.has_perms(ADD_MISSING)
        and (names_nobody or upload.makes)
    )
    context = {
        "title": "Import",
        "subtitle": upload.name,
        "missing": _missing(upload) if may_add else [],
        "upload": upload,
        "noun": Noun(upload.noun),
        "kind": NAMES[upload.kind],
        "read_as": _read_as(upload),
        "filters": filters,
        "chosen": chosen,
        "rows": shown(upload, list(page)),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number),
        "ellipsis": page.paginator.ELLIPSIS,
        "kinds_of_errors": [kind for kind in kinds if not kind.is_of_file],
        "errors_of_file": [kind for kind in kinds if kind.is_of_file],
        "other_errors": f"{others:,}" if (others := upload.errors.get("others", 0)) else "",
        "errors": counted.get(RowOutcome.ERROR, 0),
        "duplicates": counted.get(RowOutcome.DUPLICATE, 0),
        "errors_come_as": NAMES[NDJSON if upload.kind in OBJECTS else CSV],
        "with_errors": (with_errors := upload.rows.filter(WITH_ERRORS).count()),
        "set_aside": with_errors - counted.get(RowOutcome.ERROR, 0),
        "created": counted.get(RowOutcome.CREATED, 0),
        "changed": counted.get(RowOutcome.CHANGED, 0),
        "is_settled": (
            is_settled := not (upload.faults or any(counted.get(term) for term in OPEN))
        ),
        "can_import": is_settled
        and bool(counted.get(RowOutcome.CREATED) or counted.get(RowOutcome.CHANGED)),
        "encoding": ENCODINGS.get(upload.encoding, ""),
        "separator": SEPARATORS.get(upload.separator, upload.separator),
        "choices": upload.rows.exclude(choice="").count(),
        "form": ReasonForm(),
        "bulk": {choice.name: choice.value for choice in Bulk},
    }
    return render_page(site, request, "admin/importing/preview.html", context)


def _missing(upload: Upload) -> list[tuple[str, str, bool]]:
    """Return what the votes name and isn't here: key, line, and whether it is ticked."""
    missing = imports.missing([upload.pk])
    ticked = upload.makes or missing.plain
    lines = {slug: member.line for slug, member in missing.members.items()}
    lines |= {ref: str(source) for ref, source in missing.sources.items()}
    return [(key, line, key in ticked) for key, line in lines.items()]


def _read_as(upload: Upload) -> ReadAsForm | None:
    fields = ("encoding", "separator", "noun")
    return (
        ReadAsForm(initial={name: getattr(upload, name) for name in fields})
        if upload.kind == CSV
        else None
    )
