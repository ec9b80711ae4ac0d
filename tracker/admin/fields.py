"""Fields of forms for what the desk keeps: vague dates, lists, names; errors name the value and the remedy."""

import json
import re
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError

from tracker.admin.widgets import VagueDateInput
from tracker.values import dates

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
NAME_PARTS = {
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "comma-suffix",
    "static-ordering", "parse-names",
}  # fmt: skip


class VagueDateField(forms.CharField):
    """A date of the EDTF subset; one that may be an interval is left to the form, which splits it."""

    def __init__(self, *, may_be_interval: bool = False, **options: Any) -> None:
        self.may_be_interval = may_be_interval
        options.pop("max_length", None)
        super().__init__(**{**options, "widget": VagueDateInput(may_be_interval=may_be_interval)})

    def validate(self, value: str) -> None:
        """Refuse what is no vague date, saying what to write instead."""
        super().validate(value)
        if value and not (self.may_be_interval and dates.split_interval(value)):
            parsed(value)


def parsed(text: str) -> dates.VagueDate:
    """Parse a vague date; raise ValidationError, naming the text and the remedy."""
    try:
        return dates.parse(text)
    except dates.InvalidDate as error:
        raise ValidationError(str(error), code="vague_date") from error


class ProseField(forms.CharField):
    """A text of any length; a browser's line ends are no change."""

    def to_python(self, value: Any) -> str:
        """Return the text with plain line ends."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class LanguageField(forms.CharField):
    """A BCP 47 language tag."""

    def validate(self, value: str) -> None:
        """Refuse what can't be a language tag."""
        super().validate(value)
        if value and not LANGUAGE.fullmatch(value):
            raise ValidationError(f"“{value}” is not a language tag: write one like en, zh or pt-BR.", code="language")


class LinesField(forms.CharField):
    """A list of free texts, one per line."""

    def __init__(self, **options: Any) -> None:
        help_text = f"{options.pop('help_text', '')} One per line."
        widget = AdminTextareaWidget(attrs={"rows": 3})
        super().__init__(**{**options, "help_text": help_text, "widget": widget})

    def prepare_value(self, value: Any) -> Any:
        """Write a list as lines; leave what was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something, without repetitions."""
        lines = value if isinstance(value, list) else str(super().to_python(value)).splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists."""
        return bool((initial or []) != self.to_python(data))


class TermsField(forms.MultipleChoiceField):
    """Any number of terms of a vocabulary, in its order."""

    widget = forms.CheckboxSelectMultiple


class _JSONField(forms.JSONField):
    """A JSON value of one kind, written readably; empty text is the empty value."""

    empty: ClassVar[Any]
    remedy: str
    default_error_messages = {"invalid": "This is not JSON: check quotes, commas and brackets."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "widget": AdminTextareaWidget(attrs={"rows": 3, "class": "json"})})

    def prepare_value(self, value: Any) -> Any:
        """Write a value on as few lines as are readable; leave what was typed."""
        if not value or isinstance(value, str):
            return value or ""
        return json.dumps(value, ensure_ascii=False, indent=1 if len(value) > 1 else None)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Keep what was typed."""
        return initial if self.disabled else data

    def to_python(self, value: Any) -> Any:
        """Return the value, checked."""
        found = super().to_python(value)
        if found is None:
            return self.empty()
        if not isinstance(found, self.empty):
            raise ValidationError(self.remedy, code="invalid")
        self.check(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the values; what can't be read has changed."""
        try:
            return bool((initial or self.empty()) != self.to_python(data))
        except ValidationError:
            return True

    def check(self, found: Any) -> None:
        """Refuse a value whose content is not as it should be."""


class NamesField(_JSONField):
    """Names by language: a JSON object of language tags and texts."""

    empty: ClassVar = dict
    remedy = "Write an object of language tags and names: {“zh”: “中国”}, with straight quotes."

    def check(self, found: dict[str, Any]) -> None:
        """Refuse keys that are no language tags and names that are no text, all at once."""
        wrong = [f"“{tag}” is not a language tag like zh or pt-BR." for tag in found if not LANGUAGE.fullmatch(tag)]
        wrong += [f"The name for “{tag}” must be a text." for tag, name in found.items() if not _is_text(name)]
        if wrong:
            raise ValidationError(wrong)


class AuthorsField(_JSONField):
    """CSL names, in order: a JSON list of objects."""

    empty: ClassVar = list
    remedy = "Write a list of names: [{“family”: “Stokes”, “given”: “Jacob”}], with straight quotes."

    def check(self, found: list[Any]) -> None:
        """Refuse what are no CSL names, all at once."""
        wrong = [f"Author {place}: {says}" for place, name in enumerate(found, 1) if (says := _unlike_a_name(name))]
        if wrong:
            raise ValidationError(wrong)


def _unlike_a_name(name: Any) -> str:
    if not isinstance(name, dict):
        return "write an object with “family” and “given”, or with “literal” for a body."
    if unknown := name.keys() - NAME_PARTS:
        return f"“{sorted(unknown)[0]}” is not a part of a CSL name; use family, given or literal."
    if not (_is_text(name.get("family")) or _is_text(name.get("literal"))):
        return "give it a “family” name, or a “literal” one for a body."
    return ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
