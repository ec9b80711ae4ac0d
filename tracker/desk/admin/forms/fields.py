"""Fields of forms, for what the desk keeps (dates, lists, names) and for filters;
errors name value and remedy.

Beside some a form shows, as they are filled, which days a date can mean and which coding rule a
term has. Scripts keep both in step with what is typed (days.js, rules.js); without them they tell
of what is saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import name_of
from tracker.models.kinds import Kind
from tracker.publishing.four_eyes import members
from tracker.values import dates, names
from tracker.values.countries import countries
from tracker.values.problems import InvalidError
from tracker.values.spelled_dates import Meant
from tracker.values.texts import is_blank

EXAMPLE, SHORT_EXAMPLE = "2019-06 or 2019-06-14", "2019-06"  # a month is enough
BESIDE = '{}<output class="{}" id="{}" aria-live="polite">{}</output>'


class Meaning(NamedTuple):
    """What to say of a text where a vague date belongs; what it could mean;
    both ends, if it is an interval.
    """

    text: str
    is_wrong: bool = False
    meant: tuple[Meant, ...] = ()
    ends: tuple[str, str] | None = None


def days(request: HttpRequest) -> JsonResponse:
    """Answer what the parameter `text` means, which may be an interval if `interval` is given."""
    meant = meaning(
        request.GET.get("text", "")[:200].strip(), may_be_interval="interval" in request.GET
    )
    return JsonResponse(
        {**meant._asdict(), "meant": [reading._asdict() for reading in meant.meant]}
    )


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

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
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
        attrs = {
            "class": "vague-date",
            "data-days": reverse_lazy("admin:days"),
            "autocomplete": "off",
        }
        attrs["placeholder"] = EXAMPLE
        super().__init__({**attrs, **({"data-interval": "yes"} if may_be_interval else {})})

    def explain(self, value: str) -> tuple[str, str]:
        meant = meaning(value, may_be_interval=self.may_be_interval)
        return ("days wrong" if meant.is_wrong else "days"), meant.text


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


class ReadFormField(forms.Field):
    """What is typed, read by its kind, in whose words it is refused."""

    kind: Kind  # which a field of a model gives to the field of its form

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        del max_length  # its kind knows
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        try:
            cleaned = super().clean(value)
        except ValidationError as error:
            if getattr(error, "code", "") == "invalid":
                self._convert(self.kind.take, value, value)
            raise
        is_read = cleaned not in self.empty_values and type(cleaned) in self.kind.types
        return self.read(cleaned, value) if is_read else cleaned

    def read(self, cleaned: Any, typed: Any) -> Any:
        """Return what is kept; raise ValidationError, naming what was typed and the remedy."""
        return self._convert(self.kind.read, cleaned, typed)

    def _convert(self, read: Callable[[Any], Any], value: Any, typed: Any) -> Any:
        try:
            return read(value)
        except InvalidError as error:
            wrong = [replace(problem, value=str(typed).strip()).text for problem in error.problems]
            raise ValidationError(wrong, code="invalid") from error


class LineFormField(ReadFormField, forms.CharField):
    """A line of text."""


class WholeNumberFormField(ReadFormField, forms.IntegerField):
    """A whole number."""


class RecordDayFormField(ReadFormField, forms.DateField):
    """A day of a record, as Django reads one."""


class VagueDateFormField(ReadFormField, forms.CharField):
    """A date of the EDTF subset;
    one that may be an interval is left to the form, which splits it.
    """

    def __init__(self, *, may_be_interval: bool = False, **options: Any) -> None:
        self.may_be_interval = may_be_interval
        super().__init__(**{**options, "widget": VagueDateInput(may_be_interval=may_be_interval)})

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        return (
            text
            if not text or (self.may_be_interval and dates.split_interval(text))
            else self.read(text, text)
        )


class ProseFormField(forms.CharField):
    """A text of any length; a browser's line ends are no change."""

    def __init__(self, *, rows: int = 2, **options: Any) -> None:
        super().__init__(**{"widget": AdminTextareaWidget(attrs={"rows": rows}), **options})

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n")
        return "" if is_blank(text) else text


class NoteFormField(ProseFormField):
    """What readers find with an edition;
    blanks are refused, as readers would see nothing of them.
    """

    def to_python(self, value: Any) -> str:
        if value and not self.required and is_blank(str(value)):
            raise ValidationError(
                "Readers would see nothing of this: write something, or leave it empty.",
                code="blank",
            )
        return super().to_python(value)


class AddressFormField(ReadFormField, forms.URLField):
    """A web address; one that is written without it gets its scheme."""

    default_validators = forms.Field.default_validators  # its kind has its own


class CountryFormField(ReadFormField, forms.TypedChoiceField):
    """One of the countries that are or were, by its alpha-3 code;
    a code that is kept already stays one to choose.
    """

    def __init__(self, *, empty_value: str | None = "", **options: Any) -> None:
        super().__init__(
            **{**options, "choices": _countries(), "coerce": str, "empty_value": empty_value}
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).upper()

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)  # whether it is one of them, its kind says

    def read(self, cleaned: Any, typed: Any) -> Any:
        return cleaned if self.valid_value(cleaned) else super().read(cleaned, typed)

    def keep(self, code: str) -> None:
        choices: Any = self.choices
        if code and not self.valid_value(code):
            self.choices = [*choices, (code, code)]


@cache
def _countries() -> list[tuple[str, str]]:
    """Return the code of each country and its name as one looks for it in a list,
    after nothing to choose.
    """
    by_name = sorted(countries().items(), key=itemgetter(1))
    return [("", "—")] + [
        (code, f"{name}, until {until} ({code})" if until else f"{name} ({code})")
        for code, (name, _, until) in by_name
    ]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who is in the team, or also who was; nobody is named as the empty label says."""

    def __init__(
        self, *, with_former: bool = False, empty_label: str = "anybody", **options: Any
    ) -> None:
        people = get_user_model()._default_manager.all() if with_former else members()
        super().__init__(
            queryset=people.order_by("username"), required=False, empty_label=empty_label, **options
        )

    def label_from_instance(self, obj: AbstractUser) -> str:
        return name_of(obj)


class ReviewerField(PersonField):
    """Who is to review what somebody submits: somebody else."""

    def __init__(self) -> None:
        super().__init__(label="To be reviewed by")

    def leave_out(self, person: int) -> None:
        people: Any = self.queryset
        self.queryset = people.exclude(pk=person)


class LinesFormField(forms.CharField):
    """A list of free texts, one per line."""

    def __init__(self, *, base_field: Any = None, **options: Any) -> None:
        del base_field
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
        return bool((initial or []) != self.to_python(data))


class TermsFormField(forms.MultipleChoiceField):
    """Any number of terms of a vocabulary, in its order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, *, base_field: Any = None, max_length: int | None = None, **options: Any
    ) -> None:
        del base_field, max_length
        super().__init__(**options)


class DayFormField(forms.DateField):
    """A day, picked or written as 2026-11-25."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": "Write the day like 2026-11-25."}
        super().__init__(widget=widget, required=False, error_messages=wrong, **options)


class _WrittenField(forms.JSONField):
    """A JSON value, typed and shown as a person writes it; empty text is the empty value."""

    empty: ClassVar[Any]
    help: ClassVar[str]
    read: ClassVar[Callable[[str], Any]]
    write: ClassVar[Callable[[Any], str]]

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{**options, "help_text": self.help, "widget": AdminTextareaWidget(attrs={"rows": 3})}
        )

    def prepare_value(self, value: Any) -> Any:
        """Write a value out; leave what was typed."""
        return type(self).write(value) if value and not isinstance(value, str) else value or ""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if self.disabled else data

    def to_python(self, value: Any) -> Any:
        """Return the value; raise ValidationError with all that is wrong."""
        try:
            return type(self).read(value) if isinstance(value, str) else value or self.empty()
        except names.InvalidNamesError as error:
            raise ValidationError(list(error.wrong), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the values; what can't be read has changed."""
        try:
            return bool((initial or self.empty()) != self.to_python(data))
        except ValidationError:
            return True


class NamesFormField(_WrittenField):
    """Names by language."""

    empty, read, write = dict, names.read_names, names.write_names
    help = "Names in other languages, one per line after its BCP 47 tag: “zh: 中国”."


class AuthorsFormField(_WrittenField):
    """CSL names, in order."""

    empty, read, write = list, names.read_authors, names.write_authors
    help = (
        "In order, one per line: “Stokes, Jacob” for a person, “Xinhua” for a body; "
        "in quotes if the name of the body has a comma."
    )
