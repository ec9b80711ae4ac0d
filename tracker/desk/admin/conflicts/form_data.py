"""What a browser sends of a form, field by field: read into values that can be compared, and written back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

Values = dict[str, Any]  # by field: as the table keeps it, or, where nothing of the kind is known, as it was typed
ABOUT_PARTS = {"id", forms.formsets.DELETION_FIELD_NAME}


def fields_of(form: "forms.ModelForm[Any]") -> list[str]:
    """Return the names of a form's fields that stand for fields of its table."""
    columns = {field.name for field in form._meta.model._meta.concrete_fields}
    return [name for name in form.fields if name in columns - ABOUT_PARTS]


def values(form: "forms.ModelForm[Any]") -> Values:
    """Return what the record of a form says, by field."""
    return {name: form.get_initial_for_field(form.fields[name], name) for name in fields_of(form)}


def typed(form: "forms.ModelForm[Any]", sent: QueryDict, prefix: str, known: Iterable[Values | None]) -> Values:
    """Return what was sent of a form; what is the same as in a known version, as it is there."""
    versions = [version for version in known if version is not None]
    return {name: _typed(form.fields[name], sent, _key(prefix, name), name, versions) for name in fields_of(form)}


def write(form: "forms.ModelForm[Any]", sent: QueryDict, prefix: str, values: Values) -> None:
    """Write values into what is sent of a form, as a browser that shows them would send them."""
    for name, value in values.items():
        texts = _texts(form.fields[name], value)
        sent.setlist(_key(prefix, name), texts)
        if not texts:
            del sent[_key(prefix, name)]


def _key(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _typed(field: forms.Field, sent: QueryDict, key: str, name: str, versions: Iterable[Values]) -> Any:
    value = field.widget.value_from_datadict(sent, {}, key)
    return next((version[name] for version in versions if not field.has_changed(version[name], value)), value)


def _texts(field: forms.Field, value: Any) -> list[str]:
    value = field.prepare_value(value)
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    return [str(text) for text in shown] if isinstance(shown, list) else ["" if shown is None else str(shown)]
