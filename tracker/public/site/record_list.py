"""Lists of records that readers narrow by filters, a page at a time."""

from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from tracker.public.read import lists
from tracker.public.site.dates import CHOSEN, query_string, replaced
from tracker.public.site.page import Content, Page
from tracker.public.site.reading import Chosen, question, tree
from tracker.public.site.typed_names import find_named, key_typed
from tracker.schema.filters import LARGEST_ID, Day, Filter, Keys
from tracker.schema.number_filters import Number
from tracker.schema.ordering import Order
from tracker.schema.records import FILTERS
from tracker.values.nouns import Noun

PAGE = 50
# The page begins after this day and this record of it.
PLACE: tuple[Filter, ...] = (Day("before", ""), Number("place", "", minimum=1, maximum=LARGEST_ID))
WHERE = tuple(by.name for by in PLACE)


def filters(noun: Noun, *names: str) -> tuple[Filter, ...]:
    """Return the parameters of a list:
    filters of a noun, as the API has them, and the place where the page begins.
    """
    return (*(by for by in FILTERS[noun] if by.name in names), *PLACE)


def files_of_list(noun: Noun, *also: str) -> dict[str, str]:
    """Return where the API has what is chosen of a noun, as `api` of a page has it;
    in `also` it has it, too.
    """
    api = f"/api/v1/{noun.plural}"
    forms = {suffix: f"{api}.{suffix}{{chosen}}" for suffix in ("csv", *also)}
    return {
        "json": f"{api}/{{chosen}}",
        **forms,
        "atom": f"/api/v1/changes.atom?resource={noun.plural}",
    }


class RecordList(Page):
    """Records of a noun, those of the latest day first, narrowed by its `parameters`.

    `order` begins with the day, and is the usual one unless it is given. `chosen` are the values of
    filters, with keys as people type them made keys. `names` are what fields say where words of a
    name were given, by parameter.
    """

    of: ClassVar[Noun]
    order: ClassVar[tuple[Order, ...]] = ()
    chosen: dict[str, Any]
    keyed: list[Keys]
    names: dict[str, list[str]]

    def look_up(self, **path: Any) -> None:
        values = self.values
        self.names = dict[str, list[str]]()
        self.chosen = {
            name: value for name, value in values.items() if name not in (*CHOSEN, *WHERE)
        }
        self.keyed = [
            by for by in self.parameters if isinstance(by, Keys) and by.name in self.chosen
        ]
        for by in self.keyed:
            self.chosen[by.name] = [*map(key_typed, self.chosen[by.name])]
        self.after = (values["before"], values["place"]) if values.keys() >= {*WHERE} else None
        if self.keyed:
            self._find_named()
        self.named = {
            "chosen": query_string((name, _written(value)) for name, value in self.chosen.items())
        }

    @cached_property
    def answer(self) -> lists.ListPage:
        asked = question(self.of, self.dates, self.listed(), PAGE, self.order)
        return lists.page(replace(asked, after=self.after, counts=True))

    def listed(self) -> Chosen:
        """Return the values of filters of what is listed."""
        return self.chosen

    def content(self) -> Content:
        given, last = self.request.GET, self.answer.page.after
        later = given.copy()
        if last:
            later["before"] = str(last[0])
        return {
            "count": self.answer.count,
            "values": {**self.values, **self.names},
            "typed": given,
            "is_filtered": bool(self.chosen),
            "is_later": self.after is not None,
            "from_the_first": replaced(given, "before", None, "place"),
            "further": replaced(later, "place", str(last[1])) if last else "",
            "tops": [
                (issue.slug, issue.title)
                for issue in tree(self.dates).issues.values()
                if issue.depth == 0 or issue.slug in self.chosen.get("under", ())
            ],
        }

    def _find_named(self) -> None:
        """Take the keys of records of which words of a name are given.

        Raise BadRequestError with each value that names no record, or several,
        and what may be meant.
        """
        unknown = self.answer.unknown
        for by in self.keyed:
            records = unknown.get(by.name, ())
            if None not in records:
                continue
            found = find_named(self.query, by, records, self.dates)
            self.chosen[by.name] = [named.key for named in found]
            self.names[by.name] = [named.name for named in found]
        self.query.check()
        if self.names:
            del self.answer  # it is asked again, by these keys


def _written(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value).lower()
