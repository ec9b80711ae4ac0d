"""What fields of a kind of values have in common:
which of JSON's types it has, and what of a value is kept.

A kind reads a value that is not empty (what stands for no value is `empty`), and returns what is
kept, or raises Invalid with what is wrong and what to write instead: `take` of any value, `read` of
one of the right type. No word stands for “no value”: `NA` is the text NA. To migrations and
documents each is the field of Django's that it is made of.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from msgspec import Struct

from tracker.schema.fields import fields
from tracker.values.nouns import Noun
from tracker.values.problems import invalid_value
from tracker.values.texts import composed, unprintable, with_line_feeds
from tracker.values.vocabularies import Vocabulary

if TYPE_CHECKING:  # as what a field is set, and got
    from django.db.models import Field as TypedField
    from typing_extensions import TypeVar

    Set = TypeVar("Set", contravariant=True, default=Any)
    Get = TypeVar("Get", covariant=True, default=Any)
else:
    Set = Get = Any

    class TypedField(models.Field):
        """Django's, which has no types to a program that runs."""

        def __class_getitem__(cls, _types: Any) -> Any:
            return cls


Schema = dict[str, Any]
SAYS_SOMETHING = r"\S"


def written(value: Any, *, may_have_lines: bool) -> Any:
    """Return as what a new value is kept; raise InvalidError.
    What is kept already may be otherwise.
    """
    if may_have_lines:
        value = with_line_feeds(value)
    if signs := unprintable(value, may_have_lines=may_have_lines):
        says = f"it has {{signs}}, which no {'text' if may_have_lines else 'line of text'} may have"
        raise invalid_value(says, "remove it, or write a blank instead", signs=", ".join(signs))
    return value


class Kind(TypedField[Set, Get]):
    """A kind of value. Of a value that has none of `types`, JSON's, it says what is `wrong`,
    and the `remedy`.
    """

    types: ClassVar[tuple[type, ...]] = (str,)
    wrong: ClassVar[str] = "it is not of the kind that is wanted here"
    remedy: ClassVar[str] = "write text in quotation marks"
    may_have_lines: ClassVar[bool] = False
    vocabulary: type[Vocabulary] | None = None  # of one term, or of each

    def take(self, value: Any) -> Any:
        """Return what is kept of a value as JSON has it; raise InvalidError."""
        if isinstance(value, dict):
            value = self.of_object(value)
        if type(value) not in self.types:
            raise invalid_value(self.wrong, self.remedy)
        return self.read(composed(value))

    def read(self, value: Any) -> Any:
        """Return what is kept of a value of the right type; raise InvalidError."""
        return value

    def written(self, value: Any) -> Any:
        """Return as what a new value is kept; raise InvalidError."""
        return written(value, may_have_lines=self.may_have_lines)

    def of_object(self, value: dict[str, Any]) -> Any:
        """Return what an object says of a value, as readers get one."""
        return value

    def empty(self) -> Any:
        """Return what stands for no value."""
        return self.get_default() if self.has_default() or not self.null else None

    @property
    def required(self) -> bool:
        return not self.blank and not self.has_default()

    @property
    def demand(self) -> str:
        """Return what is to be written into a field that is empty."""
        return "a value"

    @property
    def refers_to(self) -> Noun | None:
        return None

    def schemas(self) -> list[Schema]:
        """Return the JSON Schemas of what is written, besides null."""
        return [{"type": "string"}]

    def formfield(self, **options: Any) -> Any:
        """Return the field of a form; what is typed is read by its `kind`."""
        field: Any = super().formfield(**options)
        if field:
            field.kind = self
        return field

    def clone(self) -> Any:
        """Return the field of Django's that this is to migrations."""
        _, _, arguments, options = self.deconstruct()
        return self._made_of()(*arguments, **options)

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        made_of = self._made_of()
        package = "django.contrib.postgres.fields" if made_of is ArrayField else "django.db.models"
        return name, f"{package}.{made_of.__name__}", arguments, options

    @classmethod
    def _made_of(cls) -> "type[models.Field[Any, Any]]":
        return next(base for base in cls.__mro__ if base.__module__.startswith("django."))


class TextKind(Kind[Set, Get]):
    """A text. One that is not required is empty, or null if it may be, where there is none."""

    is_trimmed: ClassVar[bool] = False  # blanks around it are not kept

    def __init__(
        self, help_text: str, *, required: bool = False, null: bool = False, **options: Any
    ) -> None:
        unless: dict[str, Any] = {"blank": True, **({"null": True} if null else {"default": ""})}
        super().__init__(help_text=help_text, **({} if required else unless), **options)

    def read(self, value: str) -> str:
        return short_enough(value.strip() if self.is_trimmed else value, self.max_length)

    def schemas(self) -> list[Schema]:
        """Return what holds of a text, blanks and all;
        the form of one that may be blank is only told in words.
        """
        longest = {"maxLength": self.max_length} if self.max_length and not self.is_trimmed else {}
        return [
            {"type": "string", **longest, **({"pattern": SAYS_SOMETHING} if self.required else {})}
        ]


class ListKind(Kind[Set, Get], ArrayField):  # type: ignore[type-arg]
    """Any number of texts."""

    types, remedy = (list,), "write a list: […]"

    def __init__(self, item: "models.CharField[Any, Any]", **options: Any) -> None:
        super().__init__(item, default=list, blank=True, **options)

    def read(self, value: list[Any]) -> list[str]:
        if not all(isinstance(item, str) for item in value):
            raise invalid_value("it is no list of texts", 'write ["one","another"]')
        return value

    def get_internal_type(self) -> str:
        return "ArrayField"


class NumberKind(Kind[Set, Get]):
    """A number, null if it isn't said; help and bounds are those that its public field declares."""

    json_type: ClassVar[str]

    def __init__(self, shape: type[Struct], name: str, **options: Any) -> None:
        declared = fields(shape)[name]
        limits = (
            (MinValueValidator, declared.meta("ge")),
            (MaxValueValidator, declared.meta("le")),
        )
        validators = [check(limit) for check, limit in limits if limit is not None]
        # What is null in public is left empty in a form.
        help_text = declared.says.replace("null:", "empty:")
        super().__init__(
            null=True, blank=True, help_text=help_text, validators=validators, **options
        )

    @property
    def bounds(self) -> tuple[Any, Any]:
        """Return the least and the largest number; None: any."""
        limits: list[Any] = [*self.validators]
        least = [limit.limit_value for limit in limits if getattr(limit, "code", "") == "min_value"]
        most = [limit.limit_value for limit in limits if getattr(limit, "code", "") == "max_value"]
        return max(least, default=None), min(most, default=None)

    def read(self, value: Any) -> Any:
        least, most = self.bounds
        if (least is not None and value < least) or (most is not None and value > most):
            ends = f"at least {least}" if most is None else f"at most {most}"
            span = ends if None in (least, most) else f"a number from {least} to {most}"
            raise invalid_value("it is out of range", f"write {span}")
        return value

    def schemas(self) -> list[Schema]:
        limits = zip(("minimum", "maximum"), self.bounds, strict=True)
        return [
            {"type": self.json_type} | {name: limit for name, limit in limits if limit is not None}
        ]


def short_enough(text: str, max_length: int | None) -> str:
    if max_length and len(text) > max_length:
        raise invalid_value(
            "it is {length} characters long", f"write at most {max_length}", length=len(text)
        )
    return text
