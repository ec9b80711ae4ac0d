"""Which field of a form stands for which field of a table, for records and for their parts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminIntegerFieldWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.desk.admin.forms import fields as form_fields
from tracker.desk.admin.forms.choices import QuestionSelect, RecordField, RecordSelect, SourceSelect
from tracker.desk.admin.forms.fields import SHORT_EXAMPLE, TermSelect
from tracker.desk.admin.forms.forms import OTHER_END
from tracker.models import Alignment, Issue, Source, Stance
from tracker.models import fields as model_fields
from tracker.models.fields import TermField
from tracker.models.tables import table_of
from tracker.values.vocabularies import Vocabulary

# what a label or an example says already
OBVIOUS = ("issue", "actor", "source", "title", "locator")
EXAMPLES = {"locator": "Venezuela, paragraph 2"}
# filled by themselves, so what is folded away does not open for them
QUIET = ("ref", "confirmed_on")
ADDRESS = {"form_class": form_fields.AddressFormField, "assume_scheme": "https"}
# What a form has for a kind of values, where Django's own isn't it.
OF_KINDS: Mapping[type[Any], dict[str, Any]] = {
    model_fields.LineField: {
        "form_class": form_fields.LineFormField,
        "widget": AdminTextInputWidget,
    },
    model_fields.WholeNumberField: {
        "form_class": form_fields.WholeNumberFormField,
        "widget": AdminIntegerFieldWidget,
    },
    model_fields.DayField: {
        "form_class": form_fields.RecordDayFormField,
        "widget": AdminDateWidget,
    },
    model_fields.VagueDateField: {"form_class": form_fields.VagueDateFormField},
    model_fields.ProseField: {
        "form_class": form_fields.ProseFormField,
        "widget": AdminTextareaWidget(attrs={"rows": 3}),
    },
    model_fields.CountryField: {"form_class": form_fields.CountryFormField, "widget": forms.Select},
    model_fields.AddressField: {**ADDRESS, "widget": AdminURLFieldWidget},
    model_fields.CopyAddressField: {**ADDRESS, "widget": AdminURLFieldWidget},
    model_fields.TermsField: {
        "form_class": form_fields.TermsFormField,
        "show_hidden_initial": False,
    },
    model_fields.TextsField: {
        "form_class": form_fields.LinesFormField,
        "show_hidden_initial": False,
    },
    model_fields.NamesField: {
        "form_class": form_fields.NamesFormField,
        "show_hidden_initial": False,
    },
    model_fields.AuthorsField: {
        "form_class": form_fields.AuthorsFormField,
        "show_hidden_initial": False,
    },
}


def rules(vocabulary: type[Vocabulary]) -> SafeString:
    """Return the coding rules as a list that can be unfolded."""
    terms = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((term.label, term.rule) for term in vocabulary)
    )
    return format_html(
        '<details class="codebook"><summary>Coding rules</summary><dl>{}</dl></details>', terms
    )


def help_with_rules(field: TermField) -> SafeString:
    return format_html("{} {}", heard(str(field.help_text)), rules(field.vocabulary))


def heard(help_text: str) -> SafeString:
    """Return help that a form needs only for who hears it:
    those who see it know from what is beside it.
    """
    return format_html('<span class="about">{}</span>', help_text)


def choices_with_rules(vocabulary: type[Vocabulary]) -> list[tuple[str, SafeString]]:
    return [
        (term.value, format_html('{} <span class="rule">{}</span>', term.label, term.rule))
        for term in vocabulary
    ]


def tip(field: TermField) -> str:
    """Return a field's help with the coding rules as plain text, for the head of a column."""
    return "\n".join(
        [str(field.help_text), *(f"{term.label}: {term.rule}" for term in field.vocabulary)]
    )


class DeskFields(BaseModelAdmin):  # type: ignore[type-arg]
    """How records and parts are edited:
    kind fields, references by search, coding rules beside the choices.
    """

    formfield_overrides = OF_KINDS
    helps_in_heads = False  # a table has its help in the heads of columns, as plain text

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Return the fields by which a row names records:
        these are searched, never picked from all of them.
        """
        model: type[models.Model] = self.model
        table = table_of(model)
        return [table.fields[column].name for column in table.references]

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, model_fields.TermsField):
            kwargs = {"choices": choices_with_rules(db_field.vocabulary), **kwargs}
        if isinstance(db_field, model_fields.VagueDateField):
            names = {other.name for other in db_field.model._meta.concrete_fields}
            kwargs = {"may_be_interval": OTHER_END.get(db_field.name) in names, **kwargs}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # a browser would cut off what is pasted, and say nothing
            field.widget.attrs.pop("maxlength", None)
        if field and db_field.name in QUIET:
            field.widget.attrs["data-quiet"] = True
        if field and db_field.name in EXAMPLES:
            field.widget.attrs["placeholder"] = EXAMPLES[db_field.name]
        if isinstance(db_field, model_fields.VagueDateField) and field and self.helps_in_heads:
            field.widget.attrs["placeholder"] = SHORT_EXAMPLE
        if field and db_field.name in OBVIOUS and not self.helps_in_heads:
            field.help_text = heard(str(field.help_text))
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = (
                field.widget.can_view_related and not field.widget.can_change_related
            )
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
        if db_field.name in self.get_autocomplete_fields(request):
            widget = _select_of(db_field)(db_field, self.admin_site)
            kwargs = {"form_class": RecordField, "widget": widget, **kwargs}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rules = {str(term.value): term.rule for term in db_field.vocabulary}
        kwargs = {
            "help_text": tip(db_field) if self.helps_in_heads else help_with_rules(db_field),
            "widget": TermSelect(rules=rules, attrs={"data-default": db_field.get_default()}),
            **kwargs,
        }
        return super().formfield_for_choice_field(db_field, request, **kwargs)


def _select_of(field: "models.ForeignKey[Any, Any]") -> type[RecordSelect]:
    if field.related_model is Source:
        return SourceSelect
    return (
        QuestionSelect
        if field.model in (Stance, Alignment) and field.related_model is Issue
        else RecordSelect
    )
