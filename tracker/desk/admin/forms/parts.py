"""The parts of a record, edited in its form:
as a table where they are narrow, else one below the other.
"""

from typing import Any

from django.contrib.admin import AdminSite, StackedInline
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.forms.formfields import DeskFields, rules
from tracker.desk.admin.forms.forms import DeskForm
from tracker.desk.records.fields import MOST_ITEMS, layout
from tracker.desk.records.rules import (
    quoted_too_much,
    resolved_by_older_source,
    resolved_no_forecast,
)
from tracker.models.citations import Citation
from tracker.models.fields import TermField
from tracker.models.nouns import noun_of
from tracker.models.resolutions import Resolution
from tracker.models.tables import table_of


class _Part(DeskFields, InlineModelAdmin):  # type: ignore[type-arg]
    """A part; what it refers to is loaded with it."""

    form = DeskForm
    extra = 0
    carried: tuple[str, ...] = ()  # what the next record keeps of the last one's

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> Any:
        """Bound how many rows are read:
        a form that says it has thousands would have each of them made.
        """
        most = self.get_max_num(request, obj)
        bounds = {"max_num": most, "absolute_max": most + 1, "validate_max": True}
        return super().get_formset(request, obj, **{**bounds, **kwargs})

    def get_max_num(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> int:
        """Return how many a record may have."""
        model: type[models.Model] = self.model
        table = table_of(model)
        part = layout(table.noun).parts.get(table.listed_as)
        return super().get_max_num(request, obj, **kwargs) or (part.most if part else MOST_ITEMS)

    def kept(self, request: HttpRequest) -> dict[str, str]:
        return {name: request.GET[name] for name in self.carried if name in request.GET}

    def get_extra(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> int:
        return 1 if obj is None and self.kept(request) else self.extra

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[models.Model]":
        """Return the parts in the order in which they were added, with what they name."""
        return (
            super()
            .get_queryset(request)
            .select_related(*self.get_autocomplete_fields(request))
            .order_by("pk")
        )


class TableForms(BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows of a table of parts."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = form.fields[
                DELETION_FIELD_NAME
            ].label


class TablePart(_Part):
    """A part of few fields: one row of a table."""

    formset = TableForms
    helps_in_heads = True
    template = "admin/forms/part_table.html"

    @property
    def codebook(self) -> list[tuple[str, SafeString]]:
        fields = [
            field for field in self.model._meta.concrete_fields if isinstance(field, TermField)
        ]
        return [(str(capfirst(field.verbose_name)), rules(field.vocabulary)) for field in fields]


class BegunTablePart(TablePart):
    """A table that most new records need: it begins with an empty row."""

    def get_extra(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> int:
        return 0 if obj else 1


class StackedPart(_Part):
    """A part of many fields: one below the other."""

    template = StackedInline.template


class Citations(BaseInlineFormSet):  # type: ignore[type-arg]
    """Citations, which quote little of the text that their record says was issued."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.is_valid() and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        cited = [form.cleaned_data for form in kept]
        for problem in quoted_too_much({"text": getattr(self.instance, "text", None)}, cited):
            kept[int(problem.path[1])].add_error("quote", problem.text)


class Resolutions(BaseInlineFormSet):  # type: ignore[type-arg]
    """The resolution of a claim, which only a forecast has and no older source decides."""

    def clean(self) -> None:
        super().clean()
        said = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [
            form for form in said if not getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME)
        ]
        noun = noun_of(self.instance)
        for problem in resolved_no_forecast(noun, vars(self.instance), len(kept)):
            kept[0].add_error("question", capfirst(problem.text))
        for form in kept:
            opens, source = (form.cleaned_data.get(name) for name in ("opens", "source"))
            issued = source.issued_latest if source else None
            for problem in resolved_by_older_source(
                noun, 0, opens=opens, issued=issued, source=str(source)
            ):
                form.add_error("source", capfirst(problem.text))


class ResolutionPart(StackedPart):
    """By what it is decided whether a forecast came about, and what became of it."""

    model = Resolution
    formset = Resolutions
    max_num = 1
    fieldsets = (
        (None, {"fields": ("question", "criteria", ("opens", "due"), "whose", "retrospective")}),
        ("What became of it", {"fields": ("outcome", "resolved_on", "note", "source", "locator")}),
    )

    def __init__(self, parent_model: Any, admin_site: AdminSite) -> None:
        self.model = parent_model._meta.get_field("resolutions").related_model
        super().__init__(parent_model, admin_site)


class CitationPart(StackedPart):
    """One source, and where in it the claim is found;
    of each noun that cites, a table of its own.
    """

    model = Citation
    formset = Citations
    carried = ("source", "locator_label", "locator")
    fieldsets = (
        (None, {"fields": ("source", ("locator_label", "locator"), "quote")}),
        (
            "More",
            {"classes": ("collapse",), "fields": ("relation", "quote_language", "credibility")},
        ),
    )

    def __init__(self, parent_model: Any, admin_site: AdminSite) -> None:
        self.model = parent_model._meta.get_field("citations").related_model
        super().__init__(parent_model, admin_site)

    def get_extra(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> int:
        """Offer a citation with what is new: a claim stands on its sources."""
        return 0 if obj else 1


class ClaimCitationPart(CitationPart):
    """A citation of a claim, which may tell that it was so no longer."""

    fieldsets = (
        CitationPart.fieldsets[0],
        (
            "More",
            {"classes": ("collapse",), "fields": ("ends", *CitationPart.fieldsets[1][1]["fields"])},
        ),
    )
