"""What the desk's examples in the OpenAPI document are:
what is sent, by whom, in which order, in the first dataset.

`{noun}` in an address is the plural, `{key}` the key of the record that the examples of its noun
name by its `ref`, `{new}` that of the one that was made last. Each request is answered by the
tracker as the ones before have left it.
"""

from typing import Any, NamedTuple

from tracker.schema import records
from tracker.values import nouns
from tracker.values.nouns import Noun

Body = dict[str, Any]
ANNA, ERIK = "anna", "erik"
GROUPS = {ANNA: "analysts", ERIK: "editors"}
REASON = "A%20closer%20reading"


class Step(NamedTuple):
    """A request: the view that it shows (none:
    it only prepares), what it is an example of, by whom, how and where.

    A body may be one of the noun's own, by name; `only` says for which nouns it is sent.
    """

    shows: str
    says: str
    by: str
    method: str
    address: str
    body: Body | str | None = None
    only: tuple[str, ...] = ()


CLAIMS, MERGEABLE = (
    tuple(noun.plural for noun in each) for each in (records.CLAIMS, nouns.MERGEABLE)
)
OF_ONE = (
    Step("List", "One record, by its text key.", ANNA, "get", "{noun}/?ref={ref}"),
    Step("Detail", "One record, which readers see as it is here.", ANNA, "get", "{noun}/{key}/"),
    Step("Update", "A few other words.", ANNA, "patch", "{noun}/{key}/", "changed"),
    Step("History", "The last change.", ANNA, "get", "{noun}/{key}/history/?page_size=1"),
    Step("Compare", "What readers would see instead.", ERIK, "get", "{noun}/{key}/diff/"),
    Step(
        "Submit",
        "To be looked at by somebody.",
        ANNA,
        "post",
        "{noun}/{key}/submit/",
        {"comment": "Shorter than before.", "to": ERIK},
    ),
    Step(
        "SendBack", "Not yet.", ERIK, "post", "{noun}/{key}/send-back/", {"comment": "Which page?"}
    ),
    Step("", "", ANNA, "post", "{noun}/{key}/submit/", {}),
    Step("Approve", "As it is.", ERIK, "post", "{noun}/{key}/approve/", {"comment": "Well put."}),
    Step(
        "Publish",
        "What somebody else wrote.",
        ERIK,
        "post",
        "{noun}/{key}/publish/",
        {"note": "Better words."},
    ),
    Step(
        "Confirm",
        "Checked today.",
        ANNA,
        "post",
        "{noun}/{key}/confirm/",
        {"note": "Looked at again."},
        CLAIMS,
    ),
    Step("", "", ANNA, "patch", "{noun}/{key}/", "changed again"),
    Step(
        "Revert", "The last change is undone.", ERIK, "post", "{noun}/{key}/revert/", "last change"
    ),
    Step(
        "TurningPoint",
        "Otherwise since a day.",
        ANNA,
        "post",
        "{noun}/{key}/change/",
        "changed since",
        CLAIMS,
    ),
    Step("Create", "A record with its parts.", ANNA, "post", "{noun}/", "new"),
    Step("Delete", "", ANNA, "delete", "{noun}/{new}/"),
    Step("", "", ANNA, "post", "{noun}/", "new"),
    Step(
        "ProposeMerge",
        "The same twice.",
        ANNA,
        "post",
        "{noun}/{new}/propose-merge/",
        {"into": "{key}", "comment": "Entered twice."},
        MERGEABLE,
    ),
    Step(
        "Merge",
        "The same twice.",
        ERIK,
        "post",
        "{noun}/{new}/merge/",
        {"into": "{key}"},
        MERGEABLE,
    ),
    Step("", "", ANNA, "post", "{noun}/", "another"),
    Step("", "", ERIK, "post", "{noun}/{new}/publish/", {}),
    Step(
        "ProposeRetraction",
        "It rests on a mistake.",
        ANNA,
        "post",
        "{noun}/{new}/propose-retraction/",
        {"comment": "The source was wrong."},
    ),
    Step(
        "Retract",
        "Readers are told why.",
        ERIK,
        "post",
        "{noun}/{new}/retract/",
        {"note": "The source was wrong."},
    ),
)
OF_ALL = (
    Step("", "", ANNA, "post", "{noun}/", "third"),
    Step("PublishSeveral", "One new record.", ERIK, "post", "publish/", "reviewed"),
    Step("ConfirmSeveral", "A claim that was checked.", ANNA, "post", "confirm/", "checked"),
    Step("Changes", "The last change of all.", ANNA, "get", "changes/?page_size=1"),
    Step(
        "Releases",
        "The latest edition gets a name.",
        ERIK,
        "post",
        "releases/",
        {"version": "2026.2", "notes": "A second release."},
    ),
    Step("", "", ANNA, "post", "{noun}/", "fourth"),
    Step(
        "Undo",
        "A new record goes.",
        ERIK,
        "post",
        "changesets/{change_set}/revert/",
        {"leaving_out": []},
    ),
    Step(
        "Imports",
        "Two claims, one with an error.",
        ANNA,
        "post",
        "imports/?resource=stances",
        "lines",
    ),
    Step("ImportList", "What waits to be imported.", ANNA, "get", "imports/"),
    Step("ImportDetail", "The same, once more.", ANNA, "get", "imports/{new}/"),
    Step("ImportRows", "What is wrong.", ANNA, "get", "imports/{new}/rows/?outcome=error"),
    Step(
        "ImportChoose",
        "What is wrong is left out.",
        ANNA,
        "post",
        "imports/{new}/choose/",
        {"all": "leave_out_errors", "rows": [{"line": 1, "choice": "create"}]},
    ),
    Step(
        "ImportApply",
        "The other becomes a draft.",
        ANNA,
        "post",
        "imports/{new}/apply/",
        {"note": "Coded in May."},
    ),
)
OF_SEVERAL: dict[str, Body] = {
    "reviewed": {"note": "New."}, "checked": {"note": "Looked at again.", "on": "2026-11-24"},
}  # fmt: skip
LINES = (
    '{"actor": "IRN", "issue": "venezuela-us-sanctions", "position": "opposes", "basis": '
    '"statement", "confidence": "moderate", "since": "2018", "until": "2018"}\n{"actor": '
    '"atlantis", "issue": "venezuela-us-sanctions", "position": "neutral", "basis": '
    '"statement", "confidence": "low", "since": "2018", "until": "2018"}\n'
)


class Refusal(NamedTuple):
    """A request that is refused: what it is an example of, by whom (nobody:
    ""), how, where, and what it says.
    """

    says: str
    by: str
    method: str
    address: str
    body: Body | None = None
    headers: dict[str, str] = {}
    content_type: str = "application/json"


NEW = records.NOUNS[Noun.STANCE].examples.bodies["new"]
STANCE = "stances/{stance}/"
WITH_KEY = {"Idempotency-Key": "4e8b2f0c"}
ENDINGS: dict[int, Refusal] = {
    400: Refusal(
        "Three things at once.",
        ANNA,
        "post",
        "stances/",
        {**NEW, "actor": "atlantis", "basis": "", "on": 1},
    ),
    401: Refusal("Without a token.", "", "get", "stances/"),
    403: Refusal(
        "What only editors may do.", ANNA, "post", f"{STANCE}retract/", {"note": "It is wrong."}
    ),
    404: Refusal("A record that there is none of.", ANNA, "get", "actors/atlantis/"),
    406: Refusal(
        "A form that is not to be had.",
        ANNA,
        "get",
        "stances/",
        headers={"Accept": "application/xml"},
    ),
    409: Refusal(
        "What nobody submitted.", ERIK, "post", f"{STANCE}approve/", {}, {"If-Match": "{version}"}
    ),
    411: Refusal(
        "A body in chunks.", ANNA, "post", "stances/", None, {"Transfer-Encoding": "chunked"}
    ),
    412: Refusal(
        "A version that was changed since.", ANNA, "patch", STANCE, {}, {"If-Match": "{earlier}"}
    ),
    413: Refusal(
        "More than one can send at once.", ANNA, "post", "stances/", {"summary": "…" * 1_000_000}
    ),
    415: Refusal(
        "A table instead of an object.", ANNA, "post", "stances/", {}, content_type="text/csv"
    ),
    422: Refusal("A key of another request.", ANNA, "post", "stances/", {}, WITH_KEY),
    428: Refusal("Without `If-Match`.", ANNA, "patch", STANCE, {"confidence": "high"}),
    429: Refusal(
        "A guess after many others.",
        "",
        "get",
        "stances/",
        headers={"Authorization": "Bearer tracker_guess"},
    ),
}
A_CHANGE_SET = "0e37df36-f698-11e6-8dd4-cb9ced3df976"
VALUES: dict[str, Any] = {
    "author": ANNA,
    "who": ANNA,
    "channel": "api",
    "resource": "stances",
    "change_set": A_CHANGE_SET,
}
OF_CHANGES = {"from": "2026-11-25T00:00:00Z", "to": "2027-01-01T00:00:00Z", "cursor": "WzJd"}
