"""How texts of a record became others, for people: word by word, with a little of what stands around."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from tracker.public.cards.wording import plain
from tracker.values.text_diff import edits


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
            yield SafeString(f"{plain(field)}: <bdi>{words}</bdi> {link}")
