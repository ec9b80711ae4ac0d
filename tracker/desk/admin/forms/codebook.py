"""Coding rules beside the choices: each term of a vocabulary with what it means."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.models.fields import TermField
from tracker.values.vocabularies import Vocabulary


def rules(vocabulary: type[Vocabulary]) -> SafeString:
    """Return the coding rules as a list that can be unfolded."""
    terms = format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((term.label, term.rule) for term in vocabulary))
    return format_html('<details class="codebook"><summary>Coding rules</summary><dl>{}</dl></details>', terms)


def help_with_rules(field: TermField) -> SafeString:
    """Return a field's help, followed by the coding rules of its terms."""
    return format_html("{} {}", heard(str(field.help_text)), rules(field.vocabulary))


def heard(help_text: str) -> SafeString:
    """Return help that a form needs only for who hears it: those who see it know from what is beside it."""
    return format_html('<span class="about">{}</span>', help_text)


def choices_with_rules(vocabulary: type[Vocabulary]) -> list[tuple[str, SafeString]]:
    """Return the terms of a vocabulary, each with its coding rule beside its label."""
    return [(term.value, format_html('{} <span class="rule">{}</span>', term.label, term.rule)) for term in vocabulary]


def tip(field: TermField) -> str:
    """Return a field's help with the coding rules as plain text, for the head of a column."""
    return "\n".join([str(field.help_text), *(f"{term.label}: {term.rule}" for term in field.vocabulary)])
