"""Uploads: a file is received, looked at as often as one likes, and then imported as drafts, all of it or nothing.

    upload = uploads.receive(name="sources.xlsx", file=file, made_by=user)
    uploads.choose(upload=upload, choices={7: "leave_out", 9: "use:4"})
    with history.changeset(made_by=user, reason=…, channel=Channel.IMPORT):
        uploads.apply(upload=upload)

What would become of each row is kept with it, so that it can be shown in pages; nothing is written to the desk until
`apply`, which compares once more, with what is locked by then, and refuses if that is not what was shown.
"""

from tracker.desk.uploads.applying import MovedOn, NotReady, apply
from tracker.desk.uploads.checking import check
from tracker.desk.uploads.choosing import Bulk, choose, choose_all
from tracker.desk.uploads.staging import MOST_BYTES, forget_old, importable, read_again, receive

__all__ = [
    "MOST_BYTES",
    "Bulk",
    "MovedOn",
    "NotReady",
    "apply",
    "check",
    "choose",
    "choose_all",
    "forget_old",
    "importable",
    "read_again",
    "receive",
]
