"""What a form shows beside a field as it is filled: which days a date can mean, which coding rule a term has, which
sources have an address.

Scripts keep all in step with what is typed (days.js, rules.js, alike.js); without them they tell of what is saved.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AdminURLFieldWidget
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.values import dates
from tracker.values.spelled_dates import Meant

EXAMPLE, SHORT_EXAMPLE = "2019-06 or 2019-06-14", "2019-06"  # a month is enough
BESIDE = '{}<output class="{}" id="{}" aria-live="polite">{}</output>'


class Meaning(NamedTuple):
    """What to say of a text where a vague date belongs; what it could mean; both ends, if it is an interval."""

    text: str
    is_wrong: bool = False
    meant: tuple[Meant, ...] = ()
    ends: tuple[str, str] | None = None


def days(request: HttpRequest) -> JsonResponse:
    """Answer what the parameter `text` means, which may be an interval if `interval` is given."""
    meant = meaning(request.GET.get("text", "")[:200].strip(), may_be_interval="interval" in request.GET)
    return JsonResponse({**meant._asdict(), "meant": [reading._asdict() for reading in meant.meant]})


def meaning(text: str, *, may_be_interval: bool) -> Meaning:
    """Return the days that a text means, or what is wrong with it and what to write instead."""
    try:
        if may_be_interval and (ends := dates.split_interval(text)):
            says = f"An interval, to be split: since {_end(ends[0])}; until {_end(ends[1])}"
            return Meaning(says, ends=ends)
        return Meaning(str(dates.parse(text)) if text else "")
    except dates.InvalidDateError as error:
        meant = [reading for reading in error.meant if may_be_interval or "/" not in reading.edtf]
        return Meaning(str(error), is_wrong=True, meant=tuple(meant))


def _end(text: str) -> str:
    return str(dates.parse(text)) if text else "stays empty"


class _Explained(forms.Widget):
    """A field with something said beside it that depends on its value."""

    def explain(self, value: str) -> tuple[str, str]:
        return "", ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attrs = attrs or {}
        field = attrs.get("id", f"id_{name}")
        described = f"{attrs.get('aria-describedby', '')} {field}_beside".strip()
        rendered = super().render(name, value, {**attrs, "aria-describedby": described}, renderer)
        kind, text = self.explain(str(value or ""))
        return format_html(BESIDE, rendered, kind, f"{field}_beside", text)


class VagueDateInput(_Explained, AdminTextInputWidget):
    """A vague date, and the days that it can mean."""

    def __init__(self, *, may_be_interval: bool) -> None:
        self.may_be_interval = may_be_interval
        attrs = {"class": "vague-date", "data-days": reverse_lazy("admin:days"), "autocomplete": "off"}
        attrs["placeholder"] = EXAMPLE
        super().__init__({**attrs, **({"data-interval": "yes"} if may_be_interval else {})})

    def explain(self, value: str) -> tuple[str, str]:
        meant = meaning(value, may_be_interval=self.may_be_interval)
        return ("days wrong" if meant.is_wrong else "days"), meant.text


class AddressInput(_Explained, AdminURLFieldWidget):
    """The address of a source, and which sources have it already, asked once it was typed."""

    def explain(self, value: str) -> tuple[str, str]:
        return "alike", ""

    class Media:
        js = ("tracker/alike.js",)


class TermSelect(_Explained, forms.Select):
    """A term of a vocabulary, and its coding rule."""

    def __init__(self, *, rules: Mapping[str, str], **options: Any) -> None:
        self.rules = rules
        super().__init__(**options)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if rule := self.rules.get(str(value)):
            option["attrs"]["data-rule"] = rule
        return option

    def explain(self, value: str) -> tuple[str, str]:
        return "rule", self.rules.get(value, "")
