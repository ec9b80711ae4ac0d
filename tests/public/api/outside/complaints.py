"""Which complaints of schemathesis are none:
where the tracker knows more than a JSON schema can say.

Loaded by schemathesis (see schemathesis.toml).
Everything else that any of its checks finds is a fault: of the document, or of the tracker.
"""

import re
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis.openapi.checks import JsonSchemaError, RejectedPositiveData, UndefinedContentType

# Codes of what only the tracker knows: which records there are, which parameters go together, which
# moments are past, what a file holds, of which body all votes are here, how many rows there would
# be.
KNOWN_TO_THE_TRACKER = {
    "unknown",
    "conflict",
    "needs",
    "future",
    "taken",
    "unreadable",
    "no_frame",
    "too_many",
}
# Texts that have a form which no pattern tells:
# places in a list, fields that come once, searches, dates, addresses.
OF_A_FORM = {
    *("cursor", "after", "ordering", "q", "Change-Reason"),
    *("since", "until", "issued", "url", "archive_url", "ref", "wikidata_id"),
    *("language", "quote_language", "iso3", "country", "names", "authors", "version"),
}
# Fields about which a rule says what they may be, given others;
# lists in which nothing may come twice.
UNDER_A_RULE = {
    *(
        "likelihood",
        "standing_note",
        "defers_to",
        "counterpart",
        "issue",
        "parent",
        "organization",
        "represented_by",
    ),
    *(
        "citations",
        "participants",
        "issues",
        "memberships",
        "core_interests",
        "themes",
        "instruments",
    ),
    *("actors", "actor", "agrees", "differs", "predecessor", "predecessors"),
}
# Characters that no text of any body may have, which a schema would have to say of each.
UNPRINTABLE = re.compile(r"it has U\+[^;]*, which no (line of )?text may have;")
# What only words tell, by place: what no body may have; and how long a slug may be without the
# blanks around it; that texts for readers have something to be seen.
ONLY_IN_WORDS = {
    "": "that no text can hold",
    "slug": "characters long; write at most",
    **dict.fromkeys(("note", "notes"), "readers would see nothing of it"),
}
# What the tracker needs for some records only.
NEEDED_AT_TIMES = {"Change-Reason"}


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    match failure:
        case RejectedPositiveData():  # what the schema allows was refused
            return not is_of_the_tracker(response)
        # it has fewer fields than the schema says, since fewer were asked for
        case JsonSchemaError():
            return response.status_code != HTTPStatus.OK or "fields" not in (case.query or {})
        # another form was asked for, of which the document tells at its own address
        case UndefinedContentType():
            return "format" not in (case.query or {})
    return True


def is_of_the_tracker(response: Any) -> bool:
    """Tell whether all that is wrong is what no schema says."""
    if response.status_code != HTTPStatus.BAD_REQUEST:
        return False
    errors = response.json().get("errors", [])
    return bool(errors) and all(is_known_to_the_tracker(error) for error in errors)


def is_known_to_the_tracker(error: dict[str, Any]) -> bool:
    """Tell whether no schema can say that this is wrong."""
    steps = error.get("pointer", "").split("/")
    place = error.get("parameter") or [step for step in steps if not step.isdigit()][-1]
    if error["code"] == "required":
        return place in NEEDED_AT_TIMES
    is_in_words = bool(UNPRINTABLE.search(error["detail"]))
    is_in_words |= place in ONLY_IN_WORDS and ONLY_IN_WORDS[place] in error["detail"]
    is_of_its_own = place in OF_A_FORM or place in UNDER_A_RULE or is_in_words
    return error["code"] in KNOWN_TO_THE_TRACKER or (error["code"] == "invalid" and is_of_its_own)
