"""A new claim, meeting or vote that is there already is told when it is saved, and saved if pressed again."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from tracker.admin.forms.forms import RecordForm
from tracker.admin.site.labels import label, link, with_named
from tracker.models.nouns import noun_of
from tracker.services.alike import ACTORS, LOOKED_FOR, MOST_TOLD, SAYS, Sought, about, about_vote, alike, ends_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing

THERE = "Already here, with {}: {}. Nothing is saved yet. Change that one, or save again if this is another."
TAKES_PART = re.compile(r"participants-(\d+)-actor")


class CodingForm(RecordForm):
    """A claim, meeting or vote: a new one is held against those that are there."""

    alike_seen = forms.CharField(required=False, widget=forms.HiddenInput)  # which ones the form has shown

    def clean(self) -> dict[str, Any]:
        """Tell once what this may be already."""
        cleaned = super().clean()
        record: Any = self.instance
        noun = noun_of(record)
        is_sought = noun in LOOKED_FOR and record._state.adding and not self.errors
        sought = self._about(noun, cleaned) if is_sought else None
        duplicates = alike(noun, [sought])[0] if sought else []
        shown = ",".join(map(str, duplicates))
        if duplicates and cleaned.get("alike_seen") != shown:
            self.write({"alike_seen": shown})
            links = ((link(noun, record.pk, label(record)),) for record in with_named(noun, duplicates[:MOST_TOLD]))
            says = format_html(THERE, SAYS[noun], format_html_join("; ", "{}", links))
            self.add_error(None, ValidationError(says, code="alike"))
        return cleaned

    def _about(self, noun: Noun, cleaned: dict[str, Any]) -> Sought | None:
        """Return what the record is about; None if it says that it stands beside another."""
        if noun is Noun.VOTE:
            return about_vote(cleaned["body"].pk, cleaned)
        ends = ends_of(cleaned.get("since"), cleaned.get("until"))
        if noun is Noun.MEETING:
            actors = self._taking_part()
            return about(noun, actors, None, ends) if actors and ends.since_earliest else None
        if cleaned.get("standing") == Standing.CONTESTED:
            return None
        named = [cleaned[name].pk for name in ACTORS[noun]]
        return about(noun, named, cleaned["issue"].pk, ends)

    def _taking_part(self) -> list[int]:
        """Return the participants that were sent with the form, but those that are taken out."""
        sent = {match[1]: self.data[name] for name in self.data if (match := TAKES_PART.fullmatch(name))}
        kept = (key for row, key in sent.items() if f"participants-{row}-DELETE" not in self.data)
        return [int(key) for key in kept if key.isascii() and key.isdecimal()]
