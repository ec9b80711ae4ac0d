"""References are picked by searching, never from a select of everything."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import body_of, label
from tracker.desk.search.searching import EXACT, ranked
from tracker.models import Issue, Stance
from tracker.models.nouns import noun_of
from tracker.public.cards.wording import distinctions
from tracker.values.addresses import is_address, whole

OFFERS = "offers"
ASKS = "asks"
WITHOUT_SCRIPTS = (
    "{}<noscript><span class=help>Choosing here needs JavaScript: switch it on in your "
    "browser.</span></noscript>"
)
BELOW = '{}<output class="question" id="{}" aria-live="polite">{}</output>'
KEY = re.compile("[0-9]{1,9}")  # whatever else an address or a form says can be no key of a record


class RecordField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A reference to a record, by the line that the admin calls it by."""

    def label_from_instance(self, obj: models.Model) -> str:
        return label(obj)


class RecordSelect(AutocompleteSelect):
    """A searching select that is told what it shows,
    so that twenty of them ask the database nothing.
    """

    known: models.Model | None = None

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[Any]:
        if self.known is None or [str(self.known.pk)] != [str(key) for key in value]:
            keys = [key for key in value if not key or KEY.fullmatch(str(key))]
            return list(super().optgroups(name, keys, attr))
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, self.known.pk, label(self.known), True, len(empty))
        return [(None, [*empty, chosen], 0)]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the select; where no script can search, it says why nothing can be chosen."""
        return format_html(WITHOUT_SCRIPTS, super().render(name, value, attrs, renderer))

    @property
    def media(self) -> forms.Media:
        """Return the scripts, with the one that waits for the answer to what was typed."""
        return super().media + forms.Media(js=["admin/js/jquery.init.js", "tracker/choosing.js"])


class SourceSelect(RecordSelect):
    """A searching select that knows addresses,
    and offers a new source for one that nobody has coded yet.
    """

    def get_url(self) -> str:
        return f"{super().get_url()}?{OFFERS}=yes"


class QuestionSelect(RecordSelect):
    """A searching select of issues, which shows the question of the one chosen;
    of a stance, those that have one.
    """

    def get_url(self) -> str:
        url: str = super().get_url()
        return f"{url}?{ASKS}=yes" if self.field.model is Stance else url

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the select, and the question below it, which a script changes with the choice."""
        attrs = attrs or {}
        beside = f"{attrs.get('id', f'id_{name}')}_question"
        described = f"{attrs.get('aria-describedby', '')} {beside}".strip()
        select = super().render(name, value, {**attrs, "aria-describedby": described}, renderer)
        return format_html(BELOW, select, beside, self._question(value))

    def _question(self, value: Any) -> str:
        if not KEY.fullmatch(str(value or "")):
            return ""
        known: Any = self.known
        if known is None or str(known.pk) != str(value):
            known = self.choices.queryset.filter(pk=value).first()
        return known.question if known else ""

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["admin/js/jquery.init.js", "tracker/questions.js"])


class NewSource(NamedTuple):
    """The offer of a new source from an address."""

    address: str
    form: str


class RecordChoices(AutocompleteJsonView):
    """What a searching select finds: nothing that was merged into another; the best match first."""

    def process_request(self, request: HttpRequest) -> Any:
        """Return what is searched for and where; a character that no text can have is left out."""
        term, *where = super().process_request(request)
        return term.replace("\0", ""), *where

    def get_queryset(self) -> Any:
        records: Any = super().get_queryset()
        records = records.unmerged()
        if ASKS in self.request.GET and records.model is Issue:
            records = records.exclude(question="")
        if self.term.strip():
            records = ranked(noun_of(records.model), records, self.term)
        return records.select_related("parent") if records.model is Issue else records

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = list(context["object_list"])
        public_status.remember(context["object_list"])
        wanted = OFFERS in self.request.GET and is_address(self.term) and not context["object_list"]
        if wanted and self.model_admin.has_add_permission(self.request):
            address = whole(self.term)
            form = f"{reverse('admin:tracker_source_add')}?{urlencode({'address': address})}"
            context["object_list"] = [NewSource(address, form)]
        return context

    def serialize_result(self, obj: models.Model | NewSource, to_field_name: str) -> dict[str, Any]:
        """Return one choice; a script opens the form of what is new
        beside the one that is being filled.
        """
        if isinstance(obj, NewSource):
            return {
                "id": obj.address,
                "text": f"New source from this address: {obj.address}",
                "form": obj.form,
            }
        record: Any = obj
        about = distinctions(noun_of(record), body_of(record))
        return {
            **super().serialize_result(obj, to_field_name),
            "text": label(obj),
            "name": str(obj),
            "about": " · ".join(
                filter(None, [*about, public_status.WORDS[public_status.word(record)]])
            ),
            "is_exact": getattr(obj, "closeness", None) == EXACT,
            **({"question": obj.question} if isinstance(obj, Issue) else {}),
        }
