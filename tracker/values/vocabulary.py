"""What a vocabulary is: an enumeration whose every term carries its label and its coding rule.

A member is written `TERM = "term", "The coding rule.", "label"`. The stored value is the API's value.
"""

from django.db.models import TextChoices


class Vocabulary(TextChoices):
    """A closed list of terms; the docstring of a subclass says what the list is for."""

    rule: str

    def __new__(cls, value: str, rule: str = "") -> "Vocabulary":
        member = str.__new__(cls, value)
        member._value_ = value
        member.rule = rule
        return member

    @classmethod
    def definition(cls) -> str:
        """Return what the vocabulary is for, as one line."""
        return " ".join((cls.__doc__ or "").split())
