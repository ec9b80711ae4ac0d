"""What operations share: the headers of answers, and how requests end other than well."""

from http import HTTPStatus

from tracker.public.api.http.exceptions import title
from tracker.public.api.openapi.structs import Schema, reference

TEXT, A_NUMBER = {"type": "string"}, {"type": "integer", "minimum": 1}
A_SIZE = {"type": "integer", "minimum": 0}
A_REFERENCE, A_UUID = {"type": "string", "format": "uri-reference"}, {"type": "string", "format": "uuid"}
CACHING = "How long it may be kept: a day if the address names an edition or a release, else only as long as "
HEADERS: dict[str, tuple[str, Schema]] = {
    "ETag": ("Changes whenever the answer does; send it as `If-None-Match` next time.", TEXT),
    "Cache-Control": (f"{CACHING}the tracker, asked on condition, says 304.", TEXT),
    "Accept-Ranges": ("That parts of it can be asked for.", TEXT),
    "Content-Length": ("How many bytes come.", A_SIZE),
    "Content-Range": ("Which bytes come, and of how many.", TEXT),
    "Vary": ("The headers of the request on which it depends.", TEXT),
    "Edition": ("The edition that answered.", A_SIZE),
    "Link": ("The data's licence and, in lists, the next page, absolute; of what is withheld, by whom.", TEXT),
    "Location": ("Where to go on.", A_REFERENCE),
    "Retry-After": ("How many seconds to wait.", A_NUMBER),
}
# By the component, since those of the publication have the names of the headers.
DESK_HEADERS: dict[str, tuple[str, str, Schema]] = {
    "DeskETag": ("ETag", "The record's version; send it as `If-Match` when you change the record.", TEXT),
    "DeskCacheControl": ("Cache-Control", "That nothing is to be kept.", TEXT),
    "DeskLocation": ("Location", "The address of what was made, or of what was asked for.", A_REFERENCE),
    "DeskLink": (
        "Link",
        "Of a list the next page, if there is one. Of a new record, as `related`, up to five that were there already: "
        "claims of the same actor or pair on the same issue at the same time, meetings of the same participants on the "
        "same day, votes of the same body, day, symbol and tally, sources at the same address, however it is spelled, "
        "actors of the same Wikidata item. So of a source whose `url` is changed, and of an actor's `wikidata_id`.",
        TEXT,
    ),
    "ChangeSet": (
        "Change-Set", "The change set that came of it, by which it can be undone; none if nothing was changed.", A_UUID,
    ),
    "MadeEdition": ("Edition", "The edition that was made, if one was.", A_NUMBER),
    "RetryAfter": ("Retry-After", "How many seconds to wait.", A_NUMBER),
    "Authenticate": ("WWW-Authenticate", "How to say who you are.", TEXT),
}  # fmt: skip
SOMETIMES = {"DeskLink", "ChangeSet", "MadeEdition"}
ENDINGS: dict[int, tuple[str, tuple[str, ...]]] = {
    304: ("Nothing changed since the answer that `If-None-Match` tells of.", ("ETag", "Cache-Control", "Vary")),
    308: ("The key is an older one or a code, or the record was merged into another: go to `Location`.",
          ("Location", "Cache-Control", "Edition", "Link")),
    400: ("A parameter is unknown or can't be used as given; `errors` names each.", ("Cache-Control",)),
    404: ("Nothing was ever published here, or not yet in this edition.", ("Cache-Control",)),
    406: ("The form that `Accept` asks for is not to be had.", ("Cache-Control",)),
    409: ("`after` is in an edition that there isn't yet; `detail` names the latest. An older state was restored, or "
          "what answers has yet to catch up: ask again in a minute.", ("Cache-Control",)),
    410: ("The record was retracted; its history still answers.", ("Cache-Control", "Edition", "Link")),
    414: ("The address is longer than is read: ask for less at a time.", ("Cache-Control",)),
    416: ("The range begins after the end of what is there.", ("Content-Range", "Cache-Control")),
    429: ("Too many requests came from your address: wait as long as `Retry-After` says.",
          ("Retry-After", "Cache-Control")),
    451: ("The edition is withheld for a legal reason: `nearest` are those before and after it that are shown. `Link` "
          "says, as `blocked-by`, who withholds it.", ("Cache-Control", "Link")),
    503: ("The database can't be reached or has no room for more, the answer took too long, or too many that take long "
          "are asked for (whole lists, files of releases, many intervals). Nothing was done: "
          "wait as long as `Retry-After` says.", ("Retry-After", "Cache-Control")),
}  # fmt: skip
DESK_ENDINGS = {
    308: "The key is an older one, a code or, of an issue or actor, a number: go to `Location`, by the same method.",
    400: "Something in the request can't be taken as it is; `errors` names all of it.",
    401: "Nobody who is known asks: the token is missing, unknown, revoked or expired.",
    403: "Whoever asks may not do this; `detail` says what it takes.",
    404: "There is no such record, or change set, at the desk.",
    406: "The form that `Accept` asks for is not to be had.",
    409: "It can't be done as things are; `errors` lists all that blocks it. Nothing was done.",
    412: "The record was changed since the version that `If-Match` names; `changes` says what. Nothing was done.",
    411: "The body comes in chunks; it is to come with its length.",
    413: "The body has more than 1 MB, or the file more than 100 MB.",
    415: "The body is not JSON in UTF-8, or no file that is read, or is compressed.",
    422: "The `Idempotency-Key` was used for another request. Nothing was done.",
    428: "`If-Match` is missing, which says which version the request is about.",
    429: "Too many requests came with this token, or too many from this address with tokens that nobody has: wait as "
    "long as `Retry-After` says.",
}
ALSO_CARRIED = {308: ("Location",), 401: ("WWW-Authenticate",), 429: ("Retry-After",)}


def headers(*names: str) -> Schema:
    """Return the headers of an answer, by reference; it always has them."""
    return {name: reference("headers", name) for name in names}


def desk_headers(*names: str) -> Schema:
    """Return the headers of an answer of the desk, by reference."""
    return {name: reference("headers", header) for header, (name, _, _) in DESK_HEADERS.items() if name in names}


def ending(status: int, *, desk: bool = False) -> str:
    """Return the name of how an operation can end other than well."""
    return "Desk" * desk + title(status).replace(" ", "").replace("-", "")


def components() -> dict[str, dict[str, Schema]]:
    """Return all of them, by kind and name."""
    described = {name: (says, schema) for name, (_, says, schema) in DESK_HEADERS.items()} | HEADERS
    return {
        "responses": {
            **{
                ending(status): _response(status, says, headers(*carried), "Problem")
                for status, (says, carried) in ENDINGS.items()
            },
            **{
                ending(status, desk=True): _response(
                    status, says, desk_headers("Cache-Control", *ALSO_CARRIED.get(status, ())), "DeskProblem"
                )
                for status, says in DESK_ENDINGS.items()
            },
        },
        "headers": {
            name: {"description": says, "required": name not in SOMETIMES, "schema": schema}
            for name, (says, schema) in described.items()
        },
    }


def _response(status: int, says: str, carried: Schema, problem: str) -> Schema:
    content = {"content": {"application/problem+json": {"schema": reference("schemas", problem)}}}
    return {"description": says, "headers": carried, **(content if status >= HTTPStatus.BAD_REQUEST else {})}
