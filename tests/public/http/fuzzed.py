"""Addresses of lists and records that anybody might ask for:
most with what is there, some with what is nowhere.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from tracker.public.api.urls import VIEWS
from tracker.public.api.views import RecordDetail, RecordHistory, RecordList
from tracker.schema.filters import Filter, Ids, Keys, Refs
from tracker.values.nouns import Noun

STRANGE = (
    "",
    "x",
    "0",
    "-1",
    "2147483648",
    "a\x00b",
    "\ufffd",
    "%",
    "中国",
    "a,b,,c",
    "2019-02-30",
    "x" * 300,
)
DAYS = ("2018-12-01", "2019-06-15", "2026-01-01", "9999-12-31")
MOMENTS = ("2019-01-01T00:00:00Z", "2026-11-25T12:00:00+08:00", "2999-01-01T00:00:00Z")
WORDS = ("issue", "actor", '"stance 1" -x', "-x", "stanse", "中国 or source")
OTHERS = ("page-size", "Edition", "utm_source", "fields[]")


def addresses(records: Sequence[dict[Noun, Any]], number: int, seed: int) -> Iterator[str]:
    """Yield so many addresses; `records` are some of each noun that are public."""
    random = Random(seed)
    keys = {
        noun: [
            str(value)
            for of in records
            for value in (getattr(of[noun], "slug", None), of[noun].pk)
            if value
        ]
        for noun in Noun
    }
    for _ in range(number):
        noun = random.choice(list(Noun))
        view: Any = random.choice(
            [RecordList, RecordList, RecordDetail, RecordHistory, *VIEWS[:1], *VIEWS[1:5:2]]
        )
        made = view(noun=noun) if hasattr(view, "noun") and view not in VIEWS else view()
        path = (
            f"/api/v1/{noun.plural}/{view.route}" if view not in VIEWS else f"/api/v1/{view.route}"
        )
        key = random.choice(keys[noun] if random.random() < 0.9 else STRANGE[1:])
        path = path.replace("<str:key>", quote(key, safe=""))
        chosen = random.sample(
            list(made.declared()), min(len(made.declared()), random.choice((0, 1, 1, 2, 3)))
        )
        query = [(by.name, _value(by, keys, random)) for by in chosen]
        if random.random() < 0.05:
            query.append((random.choice(OTHERS), "1"))
        if query and random.random() < 0.05:
            query.append(query[0])
        encode: Any = random.choice((quote, quote_plus))
        written = urlencode(query, safe=random.choice(("", ",:")), quote_via=encode)
        yield f"{path}?{written}" if written or random.random() < 0.05 else path


def _value(by: Filter, keys: dict[Noun, list[str]], random: Random) -> str:
    if random.random() < 0.1:
        return random.choice(STRANGE)
    if isinstance(by, Ids | Refs):
        return str(random.randint(1, 20))
    if isinstance(by, Keys):
        return ",".join(random.sample(keys[by.noun], random.choice((1, 1, 2))))
    schema = by.schema()
    known: list[Any] = [*schema.get("examples", ()), *schema.get("enum", ())]
    known += {"date": DAYS, "date-time": MOMENTS}.get(schema.get("format", ""), ())
    known += ["true", "false"] if schema.get("type") == "boolean" else []
    known += [schema["minimum"], schema["minimum"] + 1] if "minimum" in schema else []
    known += WORDS if by.name == "q" else []
    return str(random.choice(known)).lower() if known else random.choice(STRANGE)
