"""Publishing and withdrawing what was selected:
first a page that shows it, then one call of the service.

Where publishing takes two people,
one proposes on that page to withdraw what another withdraws there.

Publish is pressed twice: on a list, a worklist, a record's page or its review, whereupon
`_show_page` shows what comes of it and the problems to fix, and there (`confirmed`), whereupon
`_carry_out` opens a change set and calls `tracker.publishing.publish.publish`, which tells what
happens then.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from tracker.desk.admin.actions.confirmation import came_from, way_back
from tracker.desk.admin.actions.selection import (
    Selection,
    SelectionRow,
    first_selection,
    records_of,
    reviewed,
    same_selection,
)
from tracker.desk.admin.forms.fields import NoteFormField
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.review.cards import CARDS_FROM, card_page
from tracker.desk.admin.review.neighbours import among_of
from tracker.desk.admin.review.page import lines_about_others
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import ids_by_noun, label, name_of
from tracker.desk.admin.site.messages import Says, format_error, format_problems
from tracker.desk.admin.site.pages import RecordPage, SelectionList, changing, render_page, whoever
from tracker.desk.admin.site.public_status import is_in_step, records_by_key
from tracker.desk.records.contested import accept, contested_alone
from tracker.history.timeline import reasons_after
from tracker.models import Edition, Record, Review
from tracker.models.nouns import noun_of
from tracker.publishing.batch import Chosen, by_noun
from tracker.publishing.four_eyes import MAY_PUBLISH, retraction_proposals, unproposed_retractions
from tracker.publishing.publish import publish, retract
from tracker.publishing.review import propose_retraction
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, RefusedError

MOST_FIELDS, MOST_LETTERS = 50, 500
HELP = "Public, in the list of corrections and with the record; empty: the note tells why."
AT_DESK = "Public. At the desk, where readers never see it: {}"
MOST_RECORDS = 1000
CONFIRMED = "confirmed"
PROPOSES = "propose"
SAYS_WHAT = "Public: readers see it with the edition. Say what it is about."
SAYS_WHY = "Public: readers see it with the edition. Say why."
Verb = Callable[..., Edition | None]
TITLES: dict[Verb, str] = {
    publish: "Publish",
    retract: "Withdraw",
    propose_retraction: "Propose to withdraw",
}


class ReasonsForm(forms.Form):
    """The note of an edition, and of each record that readers know why it is changed;
    of one alone the note says it.
    """

    note = NoteFormField(
        label="Note for readers", required=False, help_text="What the edition is about. Public."
    )

    def ask_reasons(self, records: Sequence[Record]) -> None:
        """Add the fields, behind the note; of records without it the note tells;
        two queries a noun.
        """
        self._keys: dict[str, Key] = {}
        public = [record for record in records if public_status.was_public(record)][:MOST_FIELDS]
        desk_words = _desk_words(public)
        if len(records) == 1:
            for words in desk_words.values():
                _offer(self.fields["note"], words)
            public = []
        for record in public:
            key = noun, number = noun_of(record), record.pk
            name = f"reason-{noun}-{number}"
            self._keys[name] = key
            self.fields[name] = NoteFormField(
                label=f"Why: {label(record)}", required=False, rows=1, help_text=HELP
            )
            _offer(self.fields[name], desk_words[key])
        others = (name for name in self.fields if name != "note" and name not in self._keys)
        self.order_fields(["note", *self._keys, *others])

    def clean(self) -> dict[str, Any]:
        """Add to what was said the `reasons`, of records of which one was given."""
        values: dict[str, Any] = self.cleaned_data
        return {
            **values,
            "reasons": {key: values[name] for name, key in self._keys.items() if values.get(name)},
        }


def _desk_words(records: Sequence[Record]) -> dict[Key, list[str]]:
    """Return the internal reasons of what was changed in records since readers saw them;
    a query a noun.
    """
    last_seen: dict[Noun, dict[int, int]] = defaultdict(dict)
    for record in records:
        last_seen[noun_of(record)][record.pk] = public_status.status_of(record).last
    words: dict[Key, list[str]] = {}
    for noun, versions in last_seen.items():
        reasons = reasons_after(noun, versions)
        for record_id in versions:
            words[noun, record_id] = list(reasons.get(record_id, ()))
    return words


def _offer(field: forms.Field, words: list[str]) -> None:
    """Show the internal reasons beside a public field, and let a button copy them into it."""
    if not words:
        return
    quoted = "; ".join(f"“{reason}”" for reason in words)
    field.help_text = AT_DESK.format(Truncator(quoted).chars(MOST_LETTERS))
    field.widget.attrs["data-desk-words"] = " ".join(words)


@admin.action(permissions=["publish"], description="Publish selected %(verbose_name_plural)s")
def publish_selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    return _ask_or_carry_out(model_admin, request, queryset, publish)


@admin.action(
    permissions=["publish", "submit"], description="Withdraw selected %(verbose_name_plural)s"
)
def retract_selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    """Withdraw records, or propose that:
    on the first page as this person may, then as the button says.
    """
    if CONFIRMED not in request.POST:
        return _ask_or_carry_out(model_admin, request, queryset, retract)
    if PROPOSES in request.POST:
        return _carry_out(model_admin, request, propose_retraction)
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    return _carry_out(model_admin, request, retract)


def _may_retract(request: HttpRequest, records: Sequence[Record]) -> bool:
    """Tell whether this person may withdraw all of these, and need not propose it."""
    versions = by_noun(Chosen(noun_of(record), record.pk, record.version) for record in records)
    return request.user.has_perm(MAY_PUBLISH) and not any(
        unproposed_retractions(versions, whoever(request))
    )


def _accept(request: HttpRequest, withdrawn: Sequence[Chosen]) -> None:
    """Accept the claims that were ticked, which only what is withdrawn contested."""
    claims = reviewed(request.POST, "accept")
    if not all(request.user.has_perm(f"tracker.change_{claim.noun}") for claim in claims):
        raise PermissionDenied
    accept(records=claims, withdrawn=[(record.noun, record.id) for record in withdrawn])


def _contested_alone(request: HttpRequest, selection: Selection) -> list[SelectionRow]:
    """Return claims that only what is selected contests."""
    keys = contested_alone(row.key for row in selection.selected if row.is_ticked)
    keys = [
        (noun, record) for noun, record in keys if request.user.has_perm(f"tracker.change_{noun}")
    ]
    ticked = {(claim.noun, claim.id) for claim in reviewed(request.POST, "accept")}
    return [SelectionRow(record, key in ticked) for key, record in records_by_key(keys).items()]


def _retraction_proposals(selection: Selection) -> list[Review]:
    """Return the open proposals to withdraw what is selected; a query a noun."""
    proposals: list[Review] = []
    for noun, ids in ids_by_noun(row.key for row in selection.selected).items():
        proposals += (
            retraction_proposals(noun)
            .filter(record__in=ids)
            .select_related("made_by")
            .order_by("id")
        )
    return proposals


def _ask_or_carry_out(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]", verb: Verb
) -> HttpResponse | None:
    if CONFIRMED in request.POST:
        return _carry_out(model_admin, request, verb)
    records = [
        *queryset.order_by("pk")[: MOST_RECORDS + 1],
        *records_of(request.POST.getlist("also")),
    ]
    if len(records) > MOST_RECORDS:
        messages.error(request, f"Select at most {MOST_RECORDS:,} records for one edition.")
        return None
    selection = first_selection(records, with_required=verb is publish)
    if verb is retract and not _may_retract(request, records):
        verb = propose_retraction
    return _show_page(model_admin, request, verb, selection, _form(verb, selection))


def publish_ticked(page: SelectionList, request: HttpRequest) -> HttpResponse:
    """Publish the records that were ticked in a list, of any noun, as one edition,
    after a page that shows them.
    """
    if CONFIRMED in request.POST:
        return _carry_out(page, request, publish)
    selection = first_selection(records_of(request.POST.getlist("record")), with_required=True)
    return _show_page(page, request, publish, selection, _form(publish, selection))


def _carry_out(page: SelectionList, request: HttpRequest, verb: Verb) -> HttpResponse:
    records, selection = reviewed(request.POST), same_selection(request.POST)
    if CARDS_FROM in request.POST:
        return _show_page(
            page, request, verb, selection, _form(verb, selection, initial=request.POST.dict())
        )
    form = _form(verb, selection, request.POST)
    if not records:
        return _show_page(
            page, request, verb, selection, form, refusals=["Tick at least one record."]
        )
    problems: Sequence[Problem] = ()
    refusals: Sequence[Says] = ()
    if form.is_valid():
        try:
            with changing(request):
                edition = verb(records=records, **_arguments(verb, form.cleaned_data))
                if verb is retract:
                    _accept(request, records)
        except RefusedError as error:
            problems = error.problems
            selection = same_selection(request.POST)
        except DatabaseError as error:
            refusals = format_error(error)
            selection = same_selection(request.POST)
        else:
            _show_done(request, verb, edition, len(records))
            return redirect(_way_back(page, request, selection))
    return _show_page(page, request, verb, selection, form, problems, refusals)


def _arguments(verb: Verb, values: dict[str, Any]) -> dict[str, Any]:
    if verb is propose_retraction:
        return {"text": values["reason"]}
    return {"note": values["note"], "reasons": values["reasons"]}


def _show_done(request: HttpRequest, verb: Verb, edition: Edition | None, count: int) -> None:
    if verb is propose_retraction:
        records = f"{count:,} record{'s' if count > 1 else ''}"
        messages.success(
            request, f"You proposed to withdraw {records}. Somebody else has to carry it out."
        )
    else:
        show_edition(request, "published" if verb is publish else "withdrawn", edition, count)


def _form(
    verb: Verb, selection: Selection, sent: Any = None, **options: Any
) -> ReasonsForm | ReasonForm:
    if verb is propose_retraction:
        return ReasonForm(sent, **options)
    form = ReasonsForm(sent, **options)
    note = form.fields["note"]
    note.required = verb is retract
    note.error_messages["required"] = "Say why; readers will see it."
    note.help_text = SAYS_WHY if verb is retract else SAYS_WHAT
    rows = (*selection.selected, *selection.named)
    form.ask_reasons([row.record for row in rows if verb is retract or not is_in_step(row.record)])
    if verb is retract:
        _offer(note, [proposal.text for proposal in _retraction_proposals(selection)])
    return form


def show_edition(request: HttpRequest, done: str, edition: Edition | None, count: int) -> None:
    """Show what was done with so many records, and in which edition."""
    if edition is None:
        messages.info(request, "No edition was made: readers see all of this already.")
        return
    page = reverse("admin:tracker_edition_change", args=[edition.pk])
    records = f"{count:,} record{'s' if count > 1 else ''}"
    messages.success(
        request,
        format_html('{} {} in <a href="{}">edition {}</a>.', records, done, page, edition.pk),
    )


def _way_back(page: SelectionList, request: HttpRequest, selection: Selection) -> str:
    """Return where this began; from the page of a record others may be published along with it."""
    shown = [row.key for row in selection.selected]
    ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    own = [key for key in shown if key[0] is page.noun and str(key[1]) in ticked]
    return way_back(request, own if came_from(request) else shown)


def _show_page(
    page: SelectionList,
    request: HttpRequest,
    verb: Verb,
    selection: Selection,
    form: ReasonsForm | ReasonForm,
    problems: Sequence[Problem] = (),
    refusals: Sequence[Says] = (),
) -> HttpResponse:
    is_publishing, is_proposing = verb is publish, verb is propose_retraction
    proposals = [] if is_publishing else _retraction_proposals(selection)
    mine = {
        (proposal.noun, proposal.record)
        for proposal in proposals
        if proposal.made_by_id == whoever(request)
    }
    keys = [row.key for row in (*selection.selected, *selection.named)]
    context: dict[str, Any] = {
        "title": TITLES[verb],
        "is_publishing": is_publishing,
        "is_proposing": is_proposing,
        "contested": _contested_alone(request, selection) if verb is retract else [],
        "is_proposed": is_proposing and all(row.key in mine for row in selection.selected),
        "proposals": [(proposal, name_of(proposal.made_by)) for proposal in proposals],
        "action": request.POST.get("action"),
        "selection": selection,
        "form": form,
        "problems": [*format_problems(problems), *refusals],
        "cards": card_page(request, keys, problems) if keys else None,
        "withdraws": not is_publishing,
        "among": among_of(request),
        "others": lines_about_others(row.record for row in (*selection.selected, *selection.named))
        if is_publishing
        else [],
        "from_page": came_from(request),
        "back": _way_back(page, request, selection),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "checkbox_value": request.POST.get(ACTION_CHECKBOX_NAME, ""),
        "media": page.media,
    }
    return render_page(page, request, "admin/actions/publish.html", context)
