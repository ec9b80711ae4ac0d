"""What staged votes name that isn't here yet and can be made: members, and the source of the library's files."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.desk.imports.library import SOURCE
from tracker.desk.imports.members import meant, new_member
from tracker.desk.imports.reading import CSV, Reading
from tracker.desk.imports.references import NameIndex
from tracker.desk.imports.staging import keep, table_of
from tracker.desk.imports.tables import ImportTable
from tracker.models import Actor, Source, Upload, UploadRow
from tracker.models.queries import rows_of
from tracker.public.formats.rows import Row
from tracker.values.nouns import Noun

OF_ACTOR = ["slug", "kind", "name", "iso3"]
NAMED = """
    SELECT DISTINCT b ->> 'actor' FROM tracker_uploadrow r
    CROSS JOIN jsonb_array_elements(coalesce(r."values" -> 'ballots+', r."values" -> 'ballots')) b
    WHERE r.upload_id = ANY(%s) AND r.choice <> 'leave_out' ORDER BY 1
"""


class Missing(NamedTuple):
    """Records that are not written yet."""

    actors: Sequence[Actor]
    sources: Sequence[Source]

    @property
    def records(self) -> list[Actor | Source]:
        return [*self.actors, *self.sources]

    def __str__(self) -> str:
        counted = ((Noun.ACTOR, len(self.actors)), (Noun.SOURCE, len(self.sources)))
        return " and ".join(noun.counted(count) for noun, count in counted if count)


def missing(uploads: Iterable[int]) -> Missing:
    """Return what ballots and citations of staged votes name and nobody has; three statements and a few a member."""
    staged, called, actors = [*uploads], NameIndex(), dict[str, Actor]()
    for (name,) in rows_of(NAMED, [staged]):
        if name and not meant(name, called) and (actor := new_member(name)):
            actors[actor.slug] = actor
    cites = UploadRow.objects.filter(upload__in=staged, values__has_key="citations+").exists()
    lacks_source = cites and not Source.objects.filter(ref=SOURCE["ref"]).exists()
    return Missing([*actors.values()], [Source(**SOURCE)] if lacks_source else [])


def stage_missing(tables: Sequence[ImportTable]) -> list[ImportTable]:
    """Keep what is missing as rows to be imported with the votes; return their tables."""
    actors, sources = missing(table.upload for table in tables)
    return [
        *_staged(Noun.ACTOR, [[getattr(actor, name) or "" for name in OF_ACTOR] for actor in actors], OF_ACTOR),
        *_staged(Noun.SOURCE, [[*SOURCE.values()] for _ in sources], [*SOURCE]),
    ]


def _staged(noun: Noun, rows: Sequence[list[str]], header: list[str]) -> list[ImportTable]:
    if not rows:
        return []
    upload = Upload(name=f"{noun.plural} to be made")
    keep(upload, Reading(CSV, noun, header, (Row(line, cells) for line, cells in enumerate(rows, 2))))
    return [table_of(upload)]
