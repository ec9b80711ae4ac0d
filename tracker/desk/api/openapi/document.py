"""The OpenAPI document around its operations:
introduction, tags, and all that operations refer to.
"""

from collections.abc import Mapping
from typing import Any

from tracker.desk.api.openapi.operations import DESK_TAG, components
from tracker.desk.api.shapes import DeskProblem
from tracker.desk.records.fields import layout
from tracker.models.kinds import Kind
from tracker.public.api.openapi.operations import TAG
from tracker.public.api.openapi.structs import NULL, Schema, line, reference, terms
from tracker.public.api.openapi.structs import schemas as schemas_of
from tracker.public.cards import wording
from tracker.schema.codebook import used
from tracker.schema.records import SHAPES
from tracker.schema.responses import Problem
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel, ReviewStep, Vocabulary


def written(noun: Noun) -> dict[str, Schema]:
    """Return the schemas of what is written of a record:
    all of it, changes of it, and its parts.
    """
    of, name = layout(noun), SHAPES[noun].__name__
    by_name: dict[str, Schema] = {}
    properties = {field.name: _field(field) for field in of.fields.values()}
    for part in of.parts.values():
        item = part.model._meta.object_name or ""
        own = {field.name: _field(field) for field in part.fields.values()}
        by_name[f"New{item}"] = _object(
            f"One of the {wording.plain(part.name)}.", own, _required(part.fields)
        )
        items = reference("schemas", f"New{item}")
        says = "All of them, in order: they replace those that were there."
        properties[part.name] = {"type": "array", "items": items, "description": says}
    by_name[f"New{name}"] = _object(f"A new {noun}.", properties, _required(of.fields))
    by_name[f"Changed{name}"] = _object(f"What is to be changed of one {noun}.", properties, [])
    return by_name


def _required(fields: Mapping[str, Kind]) -> list[str]:
    return [field.name for field in fields.values() if field.required]


def _object(says: str, properties: dict[str, Schema], required: list[str]) -> Schema:
    needed = {"required": required} if required else {}
    return {
        "type": "object",
        "description": says,
        "properties": properties,
        **needed,
        "additionalProperties": False,
    }


def _field(field: Kind) -> Schema:
    branches = [*field.schemas(), *([] if field.required else [NULL])]
    described = {"description": str(field.help_text)}
    if len(branches) == 1:
        return {**branches[0], **described}
    if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
        return {**branches[0], "type": [branches[0]["type"], "null"], **described}
    return {"anyOf": branches, **described}


INTRODUCTION = """\
Which position does each actor take on an issue, how do two actors work together on it, when did they meet about it,
what did they do together, how did they vote, and which source says so? Ask for any day in the world, and for the
tracker as it was at any moment since it first published.

**Nouns.** *Actors* take *stances* on *issues* (a tree); *alignments* say how two actors relate on an issue; *meetings*
say who met whom, when and about what; *acts* what actors did together beside that; *votes* who voted how; each of
these cites *sources*. Every record has an `id` that is never used again. Issues and actors are addressed by their slug
(`venezuela`, `china`), the others by their `id`. In a filter an actor's ISO 3166-1 alpha-3 code will do as well
(`actor=CHN`), and so will a slug that it had earlier; in an address these answer 308 to the present one.

**Two time axes.** *Valid* time is when a thing was so in the world: `on=2019-02-28` finds what was possibly so on that
day, with `certain=true` only what certainly was. *Recorded* time is when the tracker said so: `edition=3`,
`as_of=2026-11-25T00:00:00Z` for the edition that was the latest at that moment, or `release=2026.1` for one that has a
name. Both can be combined, and everything in the answer, names included, is then as it was published at the time. The
header `Edition` says which edition answered.

**Lists** come in pages: `results`, and in `next` the whole address of the next page, null on the last. Pages are pinned
to one edition, so walking through all of them gives one consistent snapshot even while new editions are published.
`page_size` is 50 and may be 1 to 500; `count=true` adds how many results there are in all. `ordering` sorts them, and
`fields` leaves out what you don't need.

**Filters** are any-of: repeat one, or separate keys and terms by commas. Different filters must all hold. Claims are
shown if the team accepts them; `standing=any` shows contested ones too.

**Search.** `q` finds words in records and in the names that they refer to, blind to accents and case, with near
spellings of names, in any script; symbols (`A/RES/71/102`, `usip.org`, `1.5`) whole and in parts; “phrases” in
quotation marks, `or`, and `-` before what must not be there. The best come first, of the latest 1,000 that are found;
of actors and issues, those of that name.

**Forms.** Lists of records come as `csv` and `ndjson` too, sources as `bib`, `ris` and `csljson`, meetings and acts as
`ics`, changes as `atom`: at addresses of their own (`/api/v1/stances.csv`, `/api/v1/sources/1.bib`), or by `format` or
`Accept`. Such an answer holds the whole list, without pages; the feed has them. Of any other record `bib`
(`/api/v1/stances/35.bib`) leads, by a 302, to how its page is cited.

**Dates** are as vague as the evidence: `edtf` has what was written (`2018-12`), `earliest` and `latest` the first and
last day that it can mean.

**Four kinds of nothing.** `neutral` is a position with a score of 0. `silent` and `no_evidence` are documented and
have no score (null). Where there is no stance at all, the matter is not coded.

**Keeping a copy.** `/api/v1/changes/` tells every change of every record exactly once, in order; follow `next` for
ever. The `digest` of an edition proves a copy. `changed_since` finds the records that changed after an edition or a
moment.

**Keeping answers.** Every answer has an `ETag`: send it as `If-None-Match`, and what has not changed since is a 304
without a body. What an edition did not touch keeps its tag. An answer from an address that names an edition never
changes. `HEAD` is answered as `GET` is, without a body; the publication has no other method. Pages of any other site
may read all of it. Files of releases, and tables of up to 4 MB, are sent in parts too (`Range`).

**The desk.** `/api/v1/desk/` is the team's: drafts, workflow, history. It takes a token (`Authorization: Bearer …`) or
the admin's session. Lists take the same filters. Whatever changes a record says in `If-Match` which version it is
about, and in `Change-Reason` why; a POST with an `Idempotency-Key` does nothing twice; `Change-Set` tells what to undo.

**What may come.** Version 1 only ever gains things: addresses, parameters, fields, media types. Ignore fields that you
don't know. Vocabularies stay as they are, unless they say here that they may gain terms.

**Errors** are problems (RFC 9457, `application/problem+json`). Parameters that are unknown or don't parse are never
ignored: a 400 names all of them at once in `errors`. A record that was withdrawn answers 410, one that never was 404.
An address of more than 8,180 characters is a 414.
"""


SECURITY: dict[str, Schema] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token, made by its owner in the admin, where it is shown once.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "The session of the admin; whoever writes sends the header `X-CSRFToken` too.",
    },
}


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the introduction, and what operations refer to;
    the last step of the document's making.
    """
    result["info"]["description"] = INTRODUCTION
    others = {
        "name": TAG,
        "description": "What was published when, what changed, and what the terms mean.",
    }
    nouns = [
        {"name": noun.plural, "description": line(shape.__doc__)} for noun, shape in SHAPES.items()
    ]
    desk = [
        {
            "name": f"{DESK_TAG} {noun.plural}",
            "description": f"The {noun.plural} as the team edits them.",
        }
        for noun in Noun
    ]
    # Those of what no view declares: problems, terms, and what is written of records.
    schemas = result["components"]["schemas"] | schemas_of(Problem, DeskProblem)
    vocabularies: list[type[Vocabulary]] = [*used(), Channel, ReviewStep]
    for vocabulary in vocabularies:
        schemas |= terms(vocabulary)
    for noun in Noun:
        schemas |= written(noun)
    rest = {
        "name": DESK_TAG,
        "description": "What the team changed, publishing several records as one, and undoing.",
    }
    return {
        **{name: result[name] for name in ("openapi", "info")},
        "servers": [{"url": "/", "description": "The tracker that serves this document."}],
        "security": [],
        "tags": [*nouns, others, *desk, rest],
        "paths": result["paths"],
        "components": {
            "schemas": dict(sorted(schemas.items())),
            **components(),
            "securitySchemes": SECURITY,
        },
    }
