"""Coding rules beside the choices: each term of a vocabulary with what it means."""

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.values import csl, vocabularies
from tracker.values.vocabularies import Vocabulary

_ALL = [
    kind
    for kind in (*vars(vocabularies).values(), csl.SourceType, csl.Locator)
    if isinstance(kind, type) and issubclass(kind, Vocabulary) and kind is not Vocabulary
]


def vocabulary_of(field: "models.Field[object, object]") -> type[Vocabulary] | None:
    """Return the vocabulary whose terms a field offers, or None if there is none."""
    choices = [choice for choice in field.choices or () if choice[0] != ""]
    return next((vocabulary for vocabulary in _ALL if choices == vocabulary.choices), None)


def rules(vocabulary: type[Vocabulary]) -> SafeString:
    """Return the coding rules as a list that can be unfolded."""
    terms = format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((term.label, term.rule) for term in vocabulary))
    return format_html('<details class="codebook"><summary>Coding rules</summary><dl>{}</dl></details>', terms)


def help_with_rules(field: "models.Field[object, object]") -> str:
    """Return a field's help, followed by the coding rules of its terms where there are any."""
    vocabulary = vocabulary_of(field)
    return format_html("{} {}", heard(str(field.help_text)), rules(vocabulary)) if vocabulary else str(field.help_text)


def heard(help_text: str) -> SafeString:
    """Return help that a form needs only for who hears it: those who see it know from what is beside it."""
    return format_html('<span class="about">{}</span>', help_text)


def rules_of(field: "models.Field[object, object]") -> dict[str, str]:
    """Return the coding rule of each term that a field offers."""
    return {str(term.value): term.rule for term in vocabulary_of(field) or ()}


def choices_with_rules(field: "models.Field[object, object]") -> list[tuple[str, SafeString]]:
    """Return the terms that a field offers, each with its coding rule beside its label."""
    terms = vocabulary_of(field) or ()
    return [(term.value, format_html('{} <span class="rule">{}</span>', term.label, term.rule)) for term in terms]


def tip(field: "models.Field[object, object]") -> str:
    """Return a field's help with the coding rules as plain text, for the head of a column."""
    vocabulary = vocabulary_of(field)
    lines = [f"{term.label}: {term.rule}" for term in vocabulary or ()]
    return "\n".join([str(field.help_text), *lines])
