"""A step taken with a selection:
a page that shows what is selected and what blocks it, and asks why.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.desk.admin.actions.selection import pinned, unpinned
from tracker.desk.admin.forms.fields import ReviewerField
from tracker.desk.admin.review.cards import CARDS_FROM, card_page
from tracker.desk.admin.review.neighbours import among_of, review_address
from tracker.desk.admin.review.page import lines_about_others
from tracker.desk.admin.site.labels import address, names
from tracker.desk.admin.site.messages import Says, format_error, format_problems
from tracker.desk.admin.site.pages import RecordPage, SelectionList, changing, render_page, whoever
from tracker.desk.admin.site.public_status import records_by_key
from tracker.models import Change, Record
from tracker.publishing.batch import by_noun
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key, Problem, RefusedError

MOST_LINKS, MOST_SHOWN = 20, 100
SAY_WHY = "Say why: {} been public."
RECORDS, LEAVE_OUT = "records", "leave_out"
PAGES = ("change", "review")  # of one record, with a button for the step


class SelectionStep(forms.Form):
    """A step taken with a selection:
    what is asked for before, what speaks against it, what it does, what is said then.

    The field `why` is kept in the history, if records change (`needs_reason`). `consequence` says
    before what it does, where the button, else as the title, would not. `tells` of records that may
    be there already, and `shows_cards` of each record as readers would see it.
    """

    action: ClassVar[str]
    title: ClassVar[str]
    message: ClassVar[str]
    button = ""
    consequence = ""
    tells = False
    shows_cards = False
    why = "text"
    needs_reason = True

    def ask_of(self, records: list[Chosen]) -> None:
        """Ask what depends on the records; nothing does."""

    @staticmethod
    def objections(*, records: list[Chosen], by: int) -> list[Problem]:
        """Return what speaks against it."""
        raise AssertionError("each step has its own")

    def act(self, records: list[Chosen]) -> Any:
        """Take it; return what `show` is to know of that."""
        raise AssertionError("each step does its own")

    def show(self, request: HttpRequest, count: str, outcome: Any) -> None:
        """Show what was done with so many records."""
        messages.success(request, f"{count} {self.message}.")


def asked_first(
    model_admin: RecordPage,
    request: HttpRequest,
    queryset: "models.QuerySet[Record]",
    step: type[SelectionStep],
) -> HttpResponse:
    """Take a step with a selection, after a page that shows it and asks why."""
    records = [] if RECORDS in request.POST else _selected(model_admin, request, queryset)
    return confirmation_page(model_admin, request, records, step)


def confirmation_page(
    page: SelectionList, request: HttpRequest, records: list[Chosen], step: type[SelectionStep]
) -> HttpResponse:
    """Take a step with records of a list, after a page that shows them and asks why,
    which sends them back.
    """
    if RECORDS not in request.POST:
        # a page of one record sends what was typed there
        form = _form(request, step, records, initial=request.POST.dict())
        return _page(page, request, form, records, _objections(request, step, records))
    records = unpinned(page.noun, request.POST[RECORDS])
    if LEAVE_OUT in request.POST:
        against = {problem.record for problem in _objections(request, step, records)}
        left = [record for record in records if (record.noun, record.id) not in against]
        form = _form(request, step, left, initial=request.POST.dict())
        return _page(page, request, form, left, [])
    problems = _objections(request, step, records)
    if CARDS_FROM in request.POST:
        form = _form(request, step, records, initial=request.POST.dict())
        return _page(page, request, form, records, problems)
    form = _form(request, step, records, request.POST)
    if records and form.is_valid() and not problems:
        try:
            with changing(request, why=step.why):
                outcome = form.act(records)
        except RefusedError as error:
            problems = error.problems
        except DatabaseError as error:
            return _page(page, request, form, records, [], format_error(error))
        else:
            form.show(request, counted(records), outcome)
            return redirect(way_back(request, _keys(records)))
    return _page(page, request, form, records, problems)


def _selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> list[Chosen]:
    """Return what was selected, as it is now;
    the one record of a page at the version that the page showed.
    """
    records = [
        Chosen(model_admin.noun, *row)
        for row in queryset.order_by("pk").values_list("pk", "version")
    ]
    seen = number(request.POST.get("seen", ""))
    return (
        [Chosen(model_admin.noun, records[0].id, seen)]
        if seen is not None and len(records) == 1
        else records
    )


def _form(
    request: HttpRequest,
    step: type[SelectionStep],
    records: list[Chosen],
    sent: Any = None,
    **how: Any,
) -> SelectionStep:
    form = step(sent, **how)
    for field in form.fields.values():
        if isinstance(field, ReviewerField):
            field.leave_out(whoever(request))
    form.ask_of(records)
    if form.needs_reason and any(
        Change.objects.filter(noun=noun, record__in=versions).exists()
        for noun, versions in by_noun(records).items()
    ):
        why = form.fields[form.why]
        why.required = True
        why.error_messages["required"] = SAY_WHY.format(
            "it has" if len(records) == 1 else "one of these has"
        )
    return form


def _objections(
    request: HttpRequest, step: type[SelectionStep], records: list[Chosen]
) -> list[Problem]:
    return step.objections(records=records, by=whoever(request))


def _keys(records: list[Chosen]) -> list[Key]:
    return [(record.noun, record.id) for record in records]


def way_back(request: HttpRequest, keys: Sequence[Key]) -> str:
    """Return where a step with these records was taken:
    the page of the one, or their list as it was narrowed.
    """
    page = came_from(request)
    if not page or len(keys) != 1:
        return request.get_full_path()
    return (
        review_address(keys[0], among_of(request)) if page == "review" else address(*keys[0], page)
    )


def came_from(request: HttpRequest) -> str:
    """Return the page of a record from which a step was taken, to which it leads back;
    nothing if it was the list.
    """
    sent = request.POST.get("from_page", "")
    return sent if sent in PAGES else ""


def counted(records: Sequence[Chosen]) -> str:
    """Return how many of which noun there are, as “2 stances, 1 source”."""
    counts = Counter(record.noun for record in records)
    return ", ".join(noun.counted(counts[noun]) for noun in Noun if noun in counts) or "0 records"


def _page(
    page: SelectionList,
    request: HttpRequest,
    step: SelectionStep,
    records: list[Chosen],
    problems: Sequence[Problem],
    refusals: Sequence[Says] = (),
) -> HttpResponse:
    cards = card_page(request, _keys(records), problems) if step.shows_cards and records else None
    first = [] if cards else _keys(records[:MOST_LINKS])
    named = names(first)
    context = {
        "title": step.title,
        "step": step,
        "consequence": step.consequence if records else "",
        "form": step,
        "problems": [*format_problems(problems[:MOST_SHOWN]), *refusals],
        "cards": cards,
        "among": among_of(request),
        "others": lines_about_others(records_by_key(_keys(records)).values()) if step.tells else [],
        "records": pinned(records),
        "count": len(records),
        "counted": counted(records),
        "first": [named[key].review for key in first],
        "more": len(records) - len(first),
        "from_page": came_from(request),
        "back": way_back(request, _keys(records)),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "checkbox_value": request.POST.get(ACTION_CHECKBOX_NAME, ""),
        "media": page.media,
    }
    return render_page(page, request, "admin/actions/confirmation.html", context)
