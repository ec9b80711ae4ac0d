"""How texts of a record became others, for people: word by word, with a little of what stands around."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import takewhile
from operator import eq
from typing import Any

from django.utils.safestring import SafeString

from tracker.values.text_diff import Edit, edited_words

AROUND = 12  # words that are left before and after what changed
MOST_LETTERS = 1_000  # characters of a text that is compared, or shown of one that is longer


def rewordings(changed: Mapping[str, Sequence[Any]], texts: Iterable[str], before: str) -> Iterator[SafeString]:
    """Yield as HTML what went and what came in each of these texts among changed fields, {field: [old, new]}.

    `before` is where the record is as it was before.
    """
    for field in texts:
        if field in changed:
            pieces = ((escape(text), mark) for text, mark in edits(*changed[field]) if text)
            html = (f"<{mark}>{text}</{mark}>" if mark else text for text, mark in pieces)
            link = f'<a class="when" href="{escape(before)}">as it was before</a>'
            words = "".join(html).strip().replace("</del><ins>", "</del> <ins>")
            yield SafeString(f"{field.replace('_', ' ')}: <bdi>{words}</bdi> {link}")


def edits(old: str | None, new: str | None) -> Iterator[Edit]:
    """Yield how one text became the other, without most of what both begin and end with; None is no text.

    Of what has less than half in common or is too long to be compared, all of it, or its beginning, went and came.
    """
    olds, news = (old or "").split(), (new or "").split()
    first = _alike(olds, news)
    last = _alike(olds[first:][::-1], news[first:][::-1])
    gone, come = (" ".join(words[first : len(words) - last]) for words in (olds, news))
    yield Edit("… " * (first > AROUND) + " ".join([*olds[:first][-AROUND:], ""]), "")
    length = max(len(gone), len(come))
    words = edited_words(gone, come) if length <= MOST_LETTERS else []
    if 2 * sum(len(word.text.strip()) for word in words if not word.mark) >= length:
        yield from words
    else:
        yield from (Edit(_beginning(gone), "del"), Edit(_beginning(come), "ins"))
    yield Edit(" ".join(["", *olds[len(olds) - last :][:AROUND]]) + " …" * (last > AROUND), "")


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two texts have in common from the first on."""
    return sum(takewhile(bool, map(eq, words, others)))


def _beginning(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return f"{text[:MOST_LETTERS].rpartition(' ')[0] or text[:MOST_LETTERS]} …"
