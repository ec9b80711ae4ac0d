"""References are picked by searching, never from a select of everything."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models

from tracker.admin.labels import label

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[models.Model]
else:
    _Choice = forms.ModelChoiceField


class RecordField(_Choice):
    """A reference to a record, by the line that the admin calls it by."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Return the line that tells the record from others."""
        return label(obj)


class RecordSelect(AutocompleteSelect):
    """A searching select that is told what it shows, so that twenty of them ask the database nothing."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        """Return the one option that is selected (and the empty one, where that is allowed)."""
        if self.known is None or [str(self.known.pk)] != [str(one) for one in value]:
            return list(super().optgroups(name, list(value), attr))
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, self.known.pk, label(self.known), True, len(empty))
        return [(None, [*empty, chosen], 0)]


class RecordChoices(AutocompleteJsonView):
    """What a searching select finds: nothing that was merged into another."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return the records that may be named."""
        found = super().get_queryset()
        return found.filter(merged_into=None) if hasattr(found.model, "merged_into") else found

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        """Return one choice."""
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}
