"""A new record that is there already is told when it is saved, and saved if pressed again."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.desk.admin.forms.forms import RecordForm
from tracker.desk.admin.site.labels import label, link, with_named
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD, unsaved_duplicates
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

THERE = "Already here, with {}: {}."
UNSAVED = "{} Nothing is saved yet. Change that one, or save again if this is another."
TAKES_PART = re.compile(r"participants-(\d+)-actor")


def line_about(noun: Noun, duplicates: Sequence[int]) -> SafeString:
    """Return a line with links to the first of what a record may be; empty if there is none."""
    key = DUPLICATE_KEYS[noun]
    links = ((link(noun, record.pk, label(record)),) for record in with_named(noun, duplicates[:MOST_TOLD]))
    return format_html(THERE, key.message, format_html_join("; ", "{}", links)) if key and duplicates else SafeString()


class UniqueForm(RecordForm):
    """A record that is held against those that are there, when it is new or its own key changes."""

    alike_seen = forms.CharField(required=False, widget=forms.HiddenInput)  # which ones the form has shown

    def full_clean(self) -> None:
        """Tell once what this may be already, unless something else is wrong."""
        super().full_clean()
        if self.is_bound and not self.errors:
            self._tell()

    def _tell(self) -> None:
        record: Any = self.instance
        noun = noun_of(record)
        changed = None if record._state.adding else self.changed_data
        duplicates = unsaved_duplicates(noun, record, changed, self._taking_part() if noun is Noun.MEETING else ())
        shown = ",".join(map(str, duplicates))
        if duplicates and self.cleaned_data.get("alike_seen") != shown:
            self.write({"alike_seen": shown})
            says = format_html(UNSAVED, line_about(noun, duplicates))
            self.add_error(None, ValidationError(says, code="alike"))

    def _taking_part(self) -> list[int]:
        """Return the participants that were sent with the form, but those that are taken out."""
        sent = {match[1]: self.data[name] for name in self.data if (match := TAKES_PART.fullmatch(name))}
        kept = (key for row, key in sent.items() if f"participants-{row}-DELETE" not in self.data)
        return [int(key) for key in kept if key.isascii() and key.isdecimal()]
