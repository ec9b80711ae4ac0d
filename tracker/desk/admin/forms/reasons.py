"""Reasons for readers: beside the note, a field for each of several records whose readers are to be told why."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from tracker.desk.admin.forms.fields import NoteField
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import label
from tracker.history.timeline import reasons_after
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun
from tracker.values.problems import Key

MOST_FIELDS, MOST_LETTERS = 50, 500
HELP = "Public, in the list of corrections and with the record; empty: the note tells why."
AT_DESK = "Public. At the desk, where readers never see it: {}"


class ReasonsForm(forms.Form):
    """The note of an edition, and of each record that readers know why it is changed; of one alone the note says it."""

    note = NoteField(label="Note for readers", required=False, help_text="What the edition is about. Public.")

    def ask_reasons(self, records: Sequence[Record]) -> None:
        """Add the fields, behind the note; of records without it the note tells; two queries a noun."""
        self._keys: dict[str, Key] = {}
        public = [record for record in records if public_status.was_public(record)] if len(records) > 1 else []
        seen: dict[Noun, dict[int, int]] = defaultdict(dict)
        for record in public[:MOST_FIELDS]:
            seen[noun_of(record)][record.pk] = public_status.status_of(record).last
        at_desk = {noun: reasons_after(noun, versions) for noun, versions in seen.items()}
        for record in public[:MOST_FIELDS]:
            key = noun, number = noun_of(record), record.pk
            quoted = "; ".join(f"“{reason}”" for reason in at_desk[noun].get(number, ()))
            help_text = AT_DESK.format(Truncator(quoted).chars(MOST_LETTERS)) if quoted else HELP
            name = f"reason-{noun}-{number}"
            self._keys[name] = key
            self.fields[name] = NoteField(label=f"Why: {label(record)}", required=False, rows=1, help_text=help_text)
        others = (name for name in self.fields if name != "note" and name not in self._keys)
        self.order_fields(["note", *self._keys, *others])

    def clean(self) -> dict[str, Any]:
        """Add to what was said the `reasons`, of records of which one was given."""
        values: dict[str, Any] = self.cleaned_data
        return {**values, "reasons": {key: values[name] for name, key in self._keys.items() if values.get(name)}}
