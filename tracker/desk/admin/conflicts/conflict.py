"""Nobody overwrites anybody: a form that was opened before somebody else's change is merged with it before it is saved.

What is chosen whole is an item: a field of the record, or a part. What one side alone changed is taken over; where
both changed an item otherwise, whoever saves chooses, and what was typed stays in the form meanwhile. The form carries
the version it was merged with last (`seen`), the one it was opened with (`opened`), what is in dispute, the choices.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from tracker.desk.admin.conflicts.form_data import Values
from tracker.history.three_way import Changed, ThreeWay
from tracker.models import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(ThreeWay[Values]):
    """A field of the record, or a part; also as it was when the form was opened."""

    key: str
    name: str
    form: "forms.ModelForm[Any]"  # knows the fields
    opened: Values | None

    @property
    def is_part(self) -> bool:
        """Tell whether it is a part, else a field of the record."""
        return ":" in self.key

    @property
    def anchor(self) -> str:
        return f"{self.key.partition(':')[0]}-group" if self.is_part else f"id_{self.key}"


@dataclass(slots=True)
class Conflict:
    """A form that can't be saved as it was sent: what it shows, `sent`, and what is to be checked and saved of it."""

    record: Record
    opened: int
    seen: int
    sent: QueryDict
    saved: QueryDict
    items: list[Item] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody changed the record since this form was sent last."""
        return self.seen != self.record.version

    @property
    def disputed(self) -> list[Item]:
        return [item for item in self.items if item.is_disputed]

    @property
    def undecided(self) -> list[Item]:
        """Return what nobody has chosen yet."""
        return [item for item in self.disputed if not item.choice]

    @property
    def shown(self) -> list[Item]:
        """Return what is shown: all that either side changed, or, once that was seen, what has to be chosen."""
        if not self.is_stale:
            return self.disputed
        return [item for item in self.items if item.is_disputed or item.changed is not Changed.NOBODY]
