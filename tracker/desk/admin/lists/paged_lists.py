"""Long lists of what was done, never counted:
their filters, and the response that shows rows already cut to a page.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from tracker.desk.admin.forms.fields import DayFormField, PersonField
from tracker.desk.admin.site.pages import render_page
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

PER_PAGE = 50
# no channels of the desk's: neither changes anything there
PUBLISHING, REVIEWING = "publishing", "reviewing"


class EditionsForm(forms.Form):
    who = PersonField(label="Who", with_former=True)
    since = DayFormField(label="From (UTC)")
    until = DayFormField(label="To (UTC)")
    q = forms.CharField(label="Words of the note", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error(
                "until", f"{until} is before {since}: exchange the two days, or leave one empty."
            )
        return cleaned

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """Return the moments from which and before which something happened."""
        until = self.cleaned_data["until"]
        after = until + timedelta(days=1) if until and until < date.max else None
        return _midnight(self.cleaned_data["since"]), _midnight(after)

    def condition(self, *, person: str, moment: str, after: datetime | None) -> Q:
        """Return whose and of when rows are asked for,
        those before the moment at which the page begins.
        """
        since, before = self.period
        until = min(filter(None, (before, after)), default=None)
        exact = {person: self.cleaned_data["who"], f"{moment}__gte": since, f"{moment}__lt": until}
        return Q(**{name: value for name, value in exact.items() if value is not None})


class ChangeSetsForm(EditionsForm):
    channel = forms.ChoiceField(
        label="Made through",
        required=False,
        choices=[("", "any"), *Channel.choices, (REVIEWING, REVIEWING), (PUBLISHING, PUBLISHING)],
    )
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "any"), *((noun.value, capfirst(noun.plural)) for noun in Noun)],
    )
    q = forms.CharField(label="Words of the reason", required=False, max_length=200)


def list_response(
    model_admin: Any,
    request: HttpRequest,
    template: str,
    form: forms.Form,
    rows: list[Any],
    older: str,
) -> HttpResponse:
    """Show a page of a list with its filters; the next one begins at `older`."""
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "title": capfirst(model_admin.opts.verbose_name_plural),
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "rows": rows,
        "also": query.urlencode(),
        "older": older,
        "is_newest": "after" not in request.GET,
    }
    return render_page(model_admin, request, template, context)


def moment_of(text: str) -> datetime:
    """Return the moment at which a page begins; raise BadRequest for what no page leads to."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("not where a page begins") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
