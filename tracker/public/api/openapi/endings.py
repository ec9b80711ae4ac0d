"""What operations share: the headers of answers, and how requests end other than well."""

from http import HTTPStatus

from tracker.public.api.openapi.structs import Schema, reference
from tracker.public.http.problems import title

TEXT, A_NUMBER = {"type": "string"}, {"type": "integer", "minimum": 1}
A_SIZE = {"type": "integer", "minimum": 0}
A_REFERENCE, A_UUID = (
    {"type": "string", "format": "uri-reference"},
    {"type": "string", "format": "uuid"},
)
CACHING = (
    "How long it may be kept: a day if the address names an edition or a release, else only as "
    "long as "
)
HEADERS: dict[str, tuple[str, Schema]] = {
    "ETag": ("Changes whenever the answer does; send it as `If-None-Match` next time.", TEXT),
    "Cache-Control": (f"{CACHING}the tracker, asked on condition, says 304.", TEXT),
    "Accept-Ranges": ("That parts of it can be asked for.", TEXT),
    "Content-Length": ("How many bytes come.", A_SIZE),
    "Content-Range": ("Which bytes come, and of how many.", TEXT),
    "Vary": ("The headers of the request on which it depends.", TEXT),
    "Edition": ("The edition that answered.", A_SIZE),
    "Link": (
        "The data's licence and, in lists, the next page, absolute; of what is withheld, by whom.",
        TEXT,
    ),
    "Location": ("Where to go on.", A_REFERENCE),
    "Retry-After": ("How many seconds to wait.", A_NUMBER),
}
ENDINGS: dict[int, tuple[str, tuple[str, ...]]] = {
    304: (
        "Nothing changed since the answer that `If-None-Match` tells of.",
        ("ETag", "Cache-Control", "Vary"),
    ),
    308: (
        "The key is an older one or a code, or the record was merged into another: go to "
        "`Location`.",
        ("Location", "Cache-Control", "Edition", "Link"),
    ),
    400: (
        "A parameter is unknown or can't be used as given; `errors` names each.",
        ("Cache-Control",),
    ),
    404: ("Nothing was ever published here, or not yet in this edition.", ("Cache-Control",)),
    406: ("The form that `Accept` asks for is not to be had.", ("Cache-Control",)),
    409: (
        "`after` is in an edition that there isn't yet; `detail` names the latest. An older "
        "state was restored, or what answers has yet to catch up: ask again in a minute.",
        ("Cache-Control",),
    ),
    410: (
        "The record was retracted; its history still answers.",
        ("Cache-Control", "Edition", "Link"),
    ),
    414: ("The address is longer than is read: ask for less at a time.", ("Cache-Control",)),
    416: ("The range begins after the end of what is there.", ("Content-Range", "Cache-Control")),
    429: (
        "Too many requests came from your address: wait as long as `Retry-After` says.",
        ("Retry-After", "Cache-Control"),
    ),
    451: (
        "The edition is withheld for a legal reason: `nearest` are those before and after it "
        "that are shown. `Link` says, as `blocked-by`, who withholds it.",
        ("Cache-Control", "Link"),
    ),
    503: (
        "The database can't be reached or has no room for more, the answer took too long, or "
        "too many that take long are asked for (whole lists, files of releases, many "
        "intervals), or somebody else is changing the same at the desk. Nothing was done: "
        "wait as long as `Retry-After` says.",
        ("Retry-After", "Cache-Control"),
    ),
}


def headers(*names: str) -> Schema:
    """Return the headers of an answer, by reference; it always has them."""
    return {name: reference("headers", name) for name in names}


def ending(status: int) -> str:
    """Return the name of how an operation can end other than well."""
    return title(status).replace(" ", "").replace("-", "")


def response(status: int, says: str, carried: Schema, problem: str) -> Schema:
    """Return how a response is described, with the headers that it has and, of a problem,
    its form.
    """
    content = {"content": {"application/problem+json": {"schema": reference("schemas", problem)}}}
    return {
        "description": says,
        "headers": carried,
        **(content if status >= HTTPStatus.BAD_REQUEST else {}),
    }
