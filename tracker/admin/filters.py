"""Filtering a list by what a record refers to: searched for, not picked from a list of everything."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import FieldListFilter
from django.contrib.admin.views.main import PAGE_VAR
from django.db import models
from django.http import HttpRequest

from tracker.admin.choices import RecordField, RecordSelect


class ReferenceFilter(FieldListFilter):
    """A searching select beside a list; the list's other filters stay."""

    template = "admin/reference_filter.html"

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        self.lookup = f"{field_path}__exact"
        super().__init__(field, request, params, model, model_admin, field_path)
        self.request, self.select = request, searching(field, model_admin.admin_site)
        sent: Any = self.used_parameters.pop(self.lookup, [])
        given = [value for value in sent if value]
        if given:
            self.used_parameters[self.lookup] = given
        self.chosen = given[-1] if given else ""

    def expected_parameters(self) -> Any:
        """Return the one parameter."""
        return [self.lookup]

    def has_output(self) -> bool:
        """Say that it is always shown."""
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield what the form of this filter needs."""
        attributes = {"id": f"filter-{self.field_path}", "aria-label": self.title}
        others = [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in (self.lookup, PAGE_VAR)
            for value in values
        ]
        yield {
            "select": self.select.widget.render(self.lookup, self.chosen, attributes),
            "id": attributes["id"],
            "others": others,
            "is_set": bool(self.chosen),
            "without": changelist.get_query_string(remove=[self.lookup]),
        }


def searching(field: "models.ForeignKey[Any, Any]", site: Any) -> RecordField:
    """Return a field in which the records are searched to which `field` refers."""
    records = field.remote_field.model._default_manager.all()
    return RecordField(records, required=False, widget=RecordSelect(field, site))
