"""What the examples of the OpenAPI document are:
requests to the first dataset, whose answers are shown, and values.

Those of a noun stand beside its shape. Addresses are below /api/v1/;
`{key}` in one is the key of the noun's record.
"""

from typing import Any, NamedTuple

from tracker.schema.records import NOUNS


class Request(NamedTuple):
    """A request: what it is an example of, and its address.

    `cut` is a list of which the first entry is shown, `part` the range that is asked for.
    """

    says: str
    address: str
    accept: str = "application/json"
    cut: str = ""
    part: str = ""


def example(summary: str, request: str, value: Any, more: str = "") -> dict[str, Any]:
    """Return the answer to a request, as an example."""
    return {"summary": summary, "description": f"The answer to `{request}`{more}.", "value": value}


Examples = dict[str, Request]
OF = {noun.plural: declared.examples for noun, declared in NOUNS.items()}
OF_FILES = {
    "application/json": Request(
        "The codebook of then.", "releases/2026.1/files/codebook.json", cut="vocabularies"
    ),
    "text/csv": Request(
        "Which actors count which issues among their core interests.",
        "releases/2026.1/files/issues-core_interests.csv",
    ),
    "text/markdown": Request(
        "What moved since the release before.", "releases/2026.1/files/CHANGES.md"
    ),
    "text/plain": Request("The licence of the data.", "releases/2026.1/files/LICENSE"),
    "application/yaml": Request("How to cite it.", "releases/2026.1/files/CITATION.cff"),
}
BEGINNING = "bytes=0-99"
BINARY = {
    "summary": "All stances, for programs that read Parquet.",
    "description": "The answer to `GET /api/v1/releases/2026.1/files/stances.parquet` begins so.",
    "value": "PAR1",
}
ENDINGS: dict[str, Examples] = {
    "BadRequest": {
        "unknown_parameter": Request("A parameter that there is none of.", "codebook/?colour=red"),
        "several": Request(
            "Three things at once.", "stances/?position=maybe&on=2019-02-30&actor=atlantis"
        ),
    },
    "NotFound": {
        "never": Request("Nothing was ever published here.", "actors/atlantis/"),
        "not_yet": Request("Nothing was published here yet.", "actors/china/?edition=0"),
    },
    "RangeNotSatisfiable": {
        "end": Request("Nothing is left.", "releases/2026.1/files/LICENSE", part="bytes=1000000-"),
    },
    "NotAcceptable": {
        "form": Request("A form that is not to be had.", "actors/", accept="application/xml")
    },
    "Conflict": {
        "behind": Request("A copy that holds more than is published here.", "changes/?after=1000")
    },
    "Gone": {"retracted": Request("A record that was retracted.", "meetings/{key}/")},
}
TOO_LONG = {
    "summary": "More numbers than fit into an address.",
    "description": (
        "The answer of the web server to `GET /api/v1/stances/?id=1,2,3,…`, of 9,000 characters "
        "in all."
    ),
    "value": {
        "type": "about:blank",
        "title": "URI Too Long",
        "status": 414,
        "detail": (
            "Request Line is too large (9014 > 8190). Ask for less at a time, e.g. by fewer "
            "values of a parameter."
        ),
    },
}
UNAVAILABLE = {
    "summary": "No database.",
    "description": (
        "The answer to `GET /api/v1/actors/`, and to any other request, while the database is down."
    ),
    "value": {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": (
            "The database can't be reached, or has no room for more at once. Nothing was done; "
            "try again in 10 s."
        ),
    },
}
WITHHELD = Request("What an edition had that must not be shown.", "actors/?edition=1")
TOO_MANY = Request("More than is answered.", "actors/")
A_DAY = Request("", f"stances/?{OF['stances'].lists['day'].query}")
HEADERS = {
    **dict.fromkeys(("Cache-Control", "Vary", "Edition", "Link"), A_DAY),
    **dict.fromkeys(("Accept-Ranges", "Content-Length"), OF_FILES["text/plain"]),
    "Content-Range": Request("Its beginning.", OF_FILES["text/plain"].address, part=BEGINNING),
    "Location": Request("By a code.", "actors/CHN/"),
}

# Of parameters, where the first value that they may have shows or finds nothing.
USUAL: dict[str, Any] = {
    "number": 1, "edition": 1, "version": "2026.1", "name": "codebook.json", "changed_since": 0,
    "q": "china or russia", "actors": ["china", "russia"],
    "page_size": 20, "cursor": "WzJd", "basis": "action", "standing": "any",
}  # fmt: skip
OF_CHANGES = {"resource": "stances", "cursor": "WzEsMzE5XQ", "format": "atom"}
