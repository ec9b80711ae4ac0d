"""What readers see of a record beside what they would see, field by field and word by word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.history.words import Piece, changed_words
from tracker.services.rendering import preview
from tracker.values.nouns import Noun

NOTHING = "—"
TOLD_ELSEWHERE = {"id", "score"}


@dataclass(frozen=True, slots=True)
class Row:
    """One field in both forms; in `old` what goes is marked, in `new` what comes."""

    field: str
    old: SafeString
    new: SafeString
    plain: str  # the new text, unmarked
    is_changed: bool


def compared(noun: Noun, record: int) -> list[Row]:
    """Return the fields of a record, as readers see them and as they are at the desk."""
    old, new = preview(noun, record)
    return [_row(name, old.get(name), new.get(name)) for name in {**new, **old} if name not in TOLD_ELSEWHERE]


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Return two texts in which the words that differ are marked."""
    olds, news = changed_words(old, new)
    return _joined(olds, "del"), _joined(news, "ins")


def _row(name: str, old: Any, new: Any) -> Row:
    texts = [text(value) or NOTHING for value in (old, new)]
    return Row(capfirst(name.replace("_", " ")), *marked(*texts), texts[1], is_changed=texts[0] != texts[1])


def text(value: Any) -> str:
    """Return a value of a public form as lines for people."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _of_object(value)
    if isinstance(value, list):
        blank = "\n\n" if any(isinstance(item, dict) for item in value) else "\n"
        return blank.join(text(item) for item in value)
    return str(value)


def _of_object(value: dict[str, Any]) -> str:
    if "edtf" in value:
        return str(value["edtf"])
    if "url" in value and "name" in value:
        return f"{value['name']} ({value.get('slug', value.get('id'))})"
    return "\n".join(_lines(value.items()))


def _lines(items: Iterable[tuple[str, Any]]) -> Iterator[str]:
    for name, value in items:
        if said := text(value):
            yield f"{capfirst(name.replace('_', ' '))}: {said}"


def _joined(pieces: Iterable[Piece], tag: str) -> SafeString:
    return format_html_join(
        "", "{}", ((_tagged(piece.text, tag) if piece.is_changed else piece.text,) for piece in pieces)
    )


def _tagged(words: str, tag: str) -> SafeString:
    said = words.rstrip(" ")
    return format_html(f"<{tag}>{{}}</{tag}>{{}}", said, words[len(said) :])
