"""Which field of a form stands for which field of a table, for records and for their parts."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst

from tracker.desk.admin.forms.choices import QuestionSelect, RecordField, RecordSelect, SourceSelect
from tracker.desk.admin.forms.codebook import choices_with_rules, heard, help_with_rules, rules_of, tip
from tracker.desk.admin.forms.fields import (
    AddressField,
    AuthorsField,
    CountryField,
    LanguageField,
    LinesField,
    NamesField,
    ProseField,
    TermsField,
    UntrackedField,
    VagueDateField,
)
from tracker.desk.admin.forms.forms import OTHER_END
from tracker.desk.admin.forms.widgets import SHORT_EXAMPLE, AddressInput, TermSelect
from tracker.models import Alignment, Issue, Source, Stance

OBVIOUS = ("issue", "actor", "source", "title", "locator")  # what a label or an example says already
EXAMPLES = {"locator": "Venezuela, paragraph 2"}
QUIET = ("ref", "confirmed_on")  # filled by themselves, so what is folded away does not open for them
JSON = {"names": NamesField, "authors": AuthorsField}


class DeskFields(BaseModelAdmin):  # type: ignore[type-arg]
    """How records and parts are edited: kind fields, references by search, coding rules beside the choices."""

    helps_in_heads = False  # a table has its help in the heads of columns, as plain text

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, ArrayField):
            return self._named(_list_field(db_field))
        kwargs = {**_kind_field(db_field), **kwargs}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted, and say nothing
        if field and db_field.name in QUIET:
            field.widget.attrs["data-quiet"] = True
        if field and db_field.name in EXAMPLES:
            field.widget.attrs["placeholder"] = EXAMPLES[db_field.name]
        if isinstance(field, VagueDateField) and self.helps_in_heads:
            field.widget.attrs["placeholder"] = SHORT_EXAMPLE
        if field and db_field.name in OBVIOUS and not self.helps_in_heads:
            field.help_text = heard(str(field.help_text))
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = field.widget.can_view_related and not field.widget.can_change_related
        return self._named(field)

    def _named(self, field: forms.Field | None) -> forms.Field | None:
        """Tell who doesn't see the heads of a table what a field is."""
        if field and self.helps_in_heads:
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label)
        return field

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """Return a field in which a record is searched."""
        if db_field.name in self.get_autocomplete_fields(request):
            widget = _select_of(db_field)(db_field, self.admin_site)
            kwargs = {"form_class": RecordField, "widget": widget, **kwargs}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs = {
            "help_text": tip(db_field) if self.helps_in_heads else help_with_rules(db_field),
            "widget": TermSelect(rules=rules_of(db_field), attrs={"data-default": db_field.get_default()}),
            **kwargs,
        }
        return super().formfield_for_choice_field(db_field, request, **kwargs)


def _select_of(field: "models.ForeignKey[Any, Any]") -> type[RecordSelect]:
    if field.related_model is Source:
        return SourceSelect
    return QuestionSelect if field.model in (Stance, Alignment) and field.related_model is Issue else RecordSelect


def _kind_field(field: "models.Field[Any, Any]") -> dict[str, Any]:
    if isinstance(field, models.JSONField):
        return {"form_class": JSON[field.name], "show_hidden_initial": False}
    if isinstance(field, models.URLField):
        if field.name == "url":
            return {"assume_scheme": "https", "form_class": UntrackedField, "widget": AddressInput}
        return {"assume_scheme": "https", "form_class": AddressField}  # an archived copy is at its very address
    if isinstance(field, models.TextField):
        return {"form_class": ProseField, "widget": AdminTextareaWidget(attrs={"rows": 3})}
    if field.name in ("country", "iso3"):
        return {"form_class": CountryField, "widget": forms.Select}
    if field.name in ("language", "quote_language"):
        return {"form_class": LanguageField}
    if is_vague_date(field):
        names = {other.name for other in field.model._meta.concrete_fields}
        return {"form_class": VagueDateField, "may_be_interval": OTHER_END.get(field.name) in names}
    return {}


def _list_field(field: "ArrayField[Any, Any]") -> forms.Field:
    label = capfirst(field.verbose_name)
    if not field.base_field.choices:
        return LinesField(label=label, required=False, help_text=field.help_text)
    choices = choices_with_rules(field.base_field)
    return TermsField(label=label, required=False, choices=choices, help_text=field.help_text)


def is_vague_date(field: "models.Field[Any, Any]") -> bool:
    """Say whether a text is a vague date: the table then knows its first day."""
    try:
        return bool(field.model._meta.get_field(f"{field.name}_earliest").generated)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return False
