"""Claims and meetings of a file that are there already, or twice in it: told before they are imported.

A row that says that it is contested is meant to stand beside another, and is left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.services.alike import Sought, about, alike, ends_of
from tracker.services.imports.duplicates import MOST_TOLD, Alike
from tracker.services.imports.parsing import Parsed
from tracker.services.imports.references import Key, References
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing

MOST_COMPARED = 1000  # earlier rows about the same
SAYS = {
    Noun.STANCE: "the same actor and issue, at the same time",
    Noun.ALIGNMENT: "the same pair and issue, at the same time",
    Noun.MEETING: "the same participants, on the same day",
}
ACTORS = {Noun.STANCE: ("actor",), Noun.ALIGNMENT: ("actor", "counterpart")}


class Already:
    """Finds for new rows of one table of claims or meetings what they may be already, chunk by chunk."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._seen: dict[Any, list[tuple[int, Sought]]] = defaultdict(list)

    def find(self, rows: Sequence[Parsed]) -> Iterator[tuple[int, list[Alike]]]:
        """Yield the line of each row that looks like something, with what."""
        if not rows:
            return
        noun = rows[0].table.noun
        self._references.learn(key for one in rows for key in one.references())
        sought = [(one.row.line, of) for one in rows if (of := about_row(one, self._references))]
        for (line, one), records in zip(sought, alike(noun, [one for _, one in sought]), strict=True):
            seen = self._seen[one[:2]]
            lines = [other for other, of in seen if one.is_like(of)][:MOST_TOLD]
            seen.append((line, one))
            del seen[:-MOST_COMPARED]
            found = [*(Alike(pk, None, SAYS[noun]) for pk in records), *(Alike(None, at, SAYS[noun]) for at in lines)]
            if found:
                yield line, found[:MOST_TOLD]


def about_row(parsed: Parsed, references: References) -> Sought | None:
    """Return what a row is about; None if that isn't plain, or it is meant to stand beside another."""
    noun, values = parsed.table.noun, parsed.values
    if values.get("standing") == Standing.CONTESTED:
        return None
    ends = ends_of(values.get("since"), values.get("until"))
    if noun is Noun.MEETING:
        actors = _ids(references, (item.get("actor") for item in parsed.parts.get("participants", ())))
        return about(noun, actors, None, ends) if actors and ends.since_earliest else None
    actors, issue = _ids(references, map(values.get, ACTORS[noun])), _ids(references, [values.get("issue")])
    return about(noun, actors, issue[0], ends) if len(actors) == len(ACTORS[noun]) and issue else None


def _ids(references: References, keys: Iterable[Any]) -> list[int]:
    found = [references.find(key) for key in keys if isinstance(key, Key)]
    return [ids[0] for ids in found if len(ids) == 1]
