"""How operations of the desk end, and all that operations refer to of endings."""

from tracker.public.api.openapi.endings import A_NUMBER, A_REFERENCE, ENDINGS, HEADERS, TEXT, ending, headers, response
from tracker.public.api.openapi.structs import Schema, reference

A_UUID: Schema = {"type": "string", "format": "uuid"}
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


def desk_headers(*names: str) -> Schema:
    """Return the headers of an answer of the desk, by reference."""
    return {name: reference("headers", header) for header, (name, _, _) in DESK_HEADERS.items() if name in names}


def desk_ending(status: int) -> str:
    """Return the name of how an operation of the desk can end other than well."""
    return f"Desk{ending(status)}"


def components() -> dict[str, dict[str, Schema]]:
    """Return all of them, by kind and name."""
    described = {name: (says, schema) for name, (_, says, schema) in DESK_HEADERS.items()} | HEADERS
    return {
        "responses": {
            **{
                ending(status): response(status, says, headers(*carried), "Problem")
                for status, (says, carried) in ENDINGS.items()
            },
            **{
                desk_ending(status): response(
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
