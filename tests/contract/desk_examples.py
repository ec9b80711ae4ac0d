"""What the desk's examples in the OpenAPI document are: what is sent, by whom, in which order, in the first dataset.

`{noun}` in an address is the plural, `{key}` the key of the record that the examples of its noun name by its `ref`,
`{new}` that of the one that was made last. Each request is answered by the tracker as the ones before have left it.
"""

from typing import Any, NamedTuple

from tracker.models import merging
from tracker.schema import records
from tracker.values.nouns import Noun

Body = dict[str, Any]
ANNA, ERIK = "anna", "erik"
GROUPS = {ANNA: "analysts", ERIK: "editors"}
REASON = "A%20closer%20reading"


class Sent(NamedTuple):
    """A request: the view that it shows (none: it only prepares), what it is an example of, by whom, how and where.

    A body may be one of the noun's own, by name; `only` says for which nouns it is sent.
    """

    shows: str
    says: str
    by: str
    method: str
    address: str
    body: Body | str | None = None
    only: tuple[str, ...] = ()


CLAIMS, MERGEABLE = (tuple(noun.plural for noun in nouns) for nouns in (records.CLAIMS, merging.MERGEABLE))
OF_ONE = (
    Sent("List", "One record, by its text key.", ANNA, "get", "{noun}/?ref={ref}"),
    Sent("Detail", "One record, which readers see as it is here.", ANNA, "get", "{noun}/{key}/"),
    Sent("Update", "A few other words.", ANNA, "patch", "{noun}/{key}/", "changed"),
    Sent("History", "The last change.", ANNA, "get", "{noun}/{key}/history/?page_size=1"),
    Sent("Compare", "What readers would see instead.", ERIK, "get", "{noun}/{key}/diff/"),
    Sent("Submit", "To be looked at by somebody.", ANNA, "post", "{noun}/{key}/submit/",
         {"comment": "Shorter than before.", "to": ERIK}),
    Sent("SendBack", "Not yet.", ERIK, "post", "{noun}/{key}/send-back/", {"comment": "Which page?"}),
    Sent("", "", ANNA, "post", "{noun}/{key}/submit/", {}),
    Sent("Approve", "As it is.", ERIK, "post", "{noun}/{key}/approve/", {"comment": "Well put."}),
    Sent("Publish", "What somebody else wrote.", ERIK, "post", "{noun}/{key}/publish/", {"note": "Better words."}),
    Sent("Confirm", "Checked today.", ANNA, "post", "{noun}/{key}/confirm/", {"note": "Looked at again."}, CLAIMS),
    Sent("", "", ANNA, "patch", "{noun}/{key}/", "changed again"),
    Sent("Revert", "The last change is undone.", ERIK, "post", "{noun}/{key}/revert/", "last change"),
    Sent("Create", "A record with its parts.", ANNA, "post", "{noun}/", "new"),
    Sent("Delete", "", ANNA, "delete", "{noun}/{new}/"),
    Sent("", "", ANNA, "post", "{noun}/", "new"),
    Sent("ProposeMerge", "The same twice.", ANNA, "post", "{noun}/{new}/propose-merge/",
         {"into": "{key}", "comment": "Entered twice."}, MERGEABLE),
    Sent("Merge", "The same twice.", ERIK, "post", "{noun}/{new}/merge/", {"into": "{key}"}, MERGEABLE),
    Sent("", "", ANNA, "post", "{noun}/", "another"),
    Sent("", "", ERIK, "post", "{noun}/{new}/publish/", {}),
    Sent("Retract", "Readers are told why.", ERIK, "post", "{noun}/{new}/retract/", {"note": "The source was wrong."}),
)  # fmt: skip
OF_ALL = (
    Sent("", "", ANNA, "post", "{noun}/", "third"),
    Sent("PublishSeveral", "One new record.", ERIK, "post", "publish/", "reviewed"),
    Sent("ConfirmSeveral", "A claim that was checked.", ANNA, "post", "confirm/", "checked"),
    Sent("Changes", "The last change of all.", ANNA, "get", "changes/?page_size=1"),
    Sent("Releases", "The latest edition gets a name.", ERIK, "post", "releases/",
         {"version": "2026.2", "notes": "A second release."}),
    Sent("", "", ANNA, "post", "{noun}/", "fourth"),
    Sent("Undo", "A new record goes.", ERIK, "post", "changesets/{change_set}/revert/", {"leaving_out": []}),
    Sent("Imports", "Two claims, one with an error.", ANNA, "post", "imports/?resource=stances", "lines"),
    Sent("ImportDetail", "The same, once more.", ANNA, "get", "imports/{new}/"),
    Sent("ImportRows", "What is wrong.", ANNA, "get", "imports/{new}/rows/?outcome=error"),
    Sent("ImportChoose", "What is wrong is left out.", ANNA, "post", "imports/{new}/choose/",
         {"all": "leave_out_errors", "rows": [{"line": 1, "choice": "create"}]}),
    Sent("ImportApply", "The other becomes a draft.", ANNA, "post", "imports/{new}/apply/", {"note": "Coded in May."}),
)  # fmt: skip
OF_SEVERAL: dict[str, Body] = {
    "reviewed": {"note": "New."}, "checked": {"note": "Looked at again.", "on": "2026-11-24"},
}  # fmt: skip
LINES = (
    '{"actor": "IRN", "issue": "venezuela-us-sanctions", "position": "opposes", "basis": "statement", '
    '"confidence": "moderate", "since": "2018", "until": "2018"}\n'
    '{"actor": "atlantis", "issue": "venezuela-us-sanctions", "position": "neutral", "basis": "statement", '
    '"confidence": "low", "since": "2018", "until": "2018"}\n'
)


class Refused(NamedTuple):
    """A request that is refused: what it is an example of, by whom (nobody: ""), how, where, and what it says."""

    says: str
    by: str
    method: str
    address: str
    body: Body | None = None
    headers: dict[str, str] = {}
    content_type: str = "application/json"


NEW = records.NOUNS[Noun.STANCE].examples.bodies["new"]
STANCE = "stances/{stance}/"
KEPT = {"Idempotency-Key": "4e8b2f0c"}
ENDINGS: dict[int, Refused] = {
    400: Refused("Three things at once.", ANNA, "post", "stances/", {**NEW, "actor": "atlantis", "basis": "", "on": 1}),
    401: Refused("Without a token.", "", "get", "stances/"),
    403: Refused("What only editors may do.", ANNA, "post", f"{STANCE}retract/", {"note": "It is wrong."}),
    404: Refused("A record that there is none of.", ANNA, "get", "actors/atlantis/"),
    406: Refused("A form that is not to be had.", ANNA, "get", "stances/", headers={"Accept": "application/xml"}),
    409: Refused("What nobody submitted.", ERIK, "post", f"{STANCE}approve/", {}, {"If-Match": "{version}"}),
    411: Refused("A body in chunks.", ANNA, "post", "stances/", None, {"Transfer-Encoding": "chunked"}),
    412: Refused("A version that was changed since.", ANNA, "patch", STANCE, {}, {"If-Match": "{earlier}"}),
    413: Refused("More than one can send at once.", ANNA, "post", "stances/", {"summary": "…" * 1_000_000}),
    415: Refused("A table instead of an object.", ANNA, "post", "stances/", {}, content_type="text/csv"),
    422: Refused("A key of another request.", ANNA, "post", "stances/", {}, KEPT),
    428: Refused("Without `If-Match`.", ANNA, "patch", STANCE, {"confidence": "high"}),
    429: Refused(
        "A guess after many others.", "", "get", "stances/", headers={"Authorization": "Bearer tracker_guess"}
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
