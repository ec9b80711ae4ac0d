"""What staged votes name that isn't here yet and can be made with them:
members, the source of the library.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.desk.imports.library import SOURCE
from tracker.desk.imports.members import NewMember, meant, new_members
from tracker.desk.imports.references import NameIndex
from tracker.desk.imports.tables import ImportTable
from tracker.models import Source, UploadRow
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
    """Records that are not written yet, by slug or ref."""

    members: Mapping[str, NewMember]
    sources: Mapping[str, Source]

    @property
    def keys(self) -> list[str]:
        return [*self.members, *self.sources]

    @property
    def plain(self) -> list[str]:
        """Return the keys of those about which nothing is doubtful."""
        return [key for key in self.keys if key in self.sources or not self.members[key].doubts]

    def __str__(self) -> str:
        counted = ((Noun.ACTOR, len(self.members)), (Noun.SOURCE, len(self.sources)))
        return " and ".join(noun.counted(count) for noun, count in counted if count)


def missing(uploads: Iterable[int]) -> Missing:
    """Return what ballots and citations of staged votes name and nobody has;
    three statements and a few a member.
    """
    staged, called = [*uploads], NameIndex()
    names = [name for (name,) in rows_of(NAMED, [staged]) if name and not meant(name, called)]
    cites = UploadRow.objects.filter(upload__in=staged, values__has_key="citations+").exists()
    lacks_source = cites and not Source.objects.filter(ref=SOURCE["ref"]).exists()
    sources = {SOURCE["ref"]: Source(**SOURCE)} if lacks_source else {}
    return Missing(new_members(names), sources)


def missing_tables(missing: Missing, keys: Collection[str]) -> list[ImportTable]:
    """Return tables of what is missing and is to be made, to be imported with the votes."""
    actors = [member.actor for slug, member in missing.members.items() if slug in keys]
    of_actors = [[getattr(actor, name) or "" for name in OF_ACTOR] for actor in actors]
    of_sources = [[*SOURCE.values()] for ref in missing.sources if ref in keys]
    tables = (_table(Noun.ACTOR, OF_ACTOR, of_actors), _table(Noun.SOURCE, [*SOURCE], of_sources))
    return [table for table, rows in zip(tables, (of_actors, of_sources), strict=True) if rows]


def _table(noun: Noun, header: list[str], rows: Sequence[list[str]]) -> ImportTable:
    def read() -> Iterator[Row]:
        yield Row(1, header)
        for line, cells in enumerate(rows, 2):
            yield Row(line, cells)

    return ImportTable(f"{noun.plural} to be made", noun, read)
