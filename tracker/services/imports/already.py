"""Claims and meetings of a file that are there already, or twice in it: told before they are imported.

A row that says that it is contested is meant to stand beside another, and is left alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.services.alike import MOST_TOLD, SAYS, Sought, alike
from tracker.services.imports.duplicates import Alike
from tracker.services.imports.references import SurveyedReferences
from tracker.services.records.alike import sought
from tracker.services.records.parsing import Parsed

MOST_COMPARED = 1000  # earlier rows about the same


class Already:
    """Finds for new rows of one table of claims or meetings what they may be already, chunk by chunk."""

    def __init__(self, references: SurveyedReferences) -> None:
        self._references = references
        self._seen: dict[Any, list[tuple[int, Sought]]] = defaultdict(list)

    def find(self, rows: Sequence[Parsed]) -> Iterator[tuple[int, list[Alike]]]:
        """Yield the line of each row that looks like something, with what."""
        if not rows:
            return
        noun = rows[0].layout.noun
        self._references.learn(key for row in rows for key in row.references())
        new = [(row.place.line, of) for row in rows if row.place and (of := sought(row, self._references))]
        for (line, wanted), records in zip(new, alike(noun, [wanted for _, wanted in new]), strict=True):
            seen = self._seen[wanted[:3]]
            lines = [other for other, of in seen if wanted.is_like(of)][:MOST_TOLD]
            seen.append((line, wanted))
            del seen[:-MOST_COMPARED]
            alikes = [*(Alike(pk, None, SAYS[noun]) for pk in records), *(Alike(None, at, SAYS[noun]) for at in lines)]
            if alikes:
                yield line, alikes[:MOST_TOLD]
