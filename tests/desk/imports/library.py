"""Files as the United Nations' digital library offers them, for tests: a row a ballot."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

ASSEMBLY = [
    *(
        "undl_id",
        "ms_code",
        "ms_name",
        "ms_vote",
        "date",
        "session",
        "resolution",
        "draft",
        "committee_report",
    ),
    *("meeting", "title", "agenda_title", "subjects", "total_yes", "total_no", "total_abstentions"),
    *("total_non_voting", "total_ms", "undl_link"),
]
COUNCIL = [
    *(
        "undl_id",
        "ms_code",
        "ms_name",
        "permanent_member",
        "ms_vote",
        "date",
        "resolution",
        "draft",
        "meeting",
    ),
    *("description", "agenda", "subjects", "total_yes", "total_no", "total_abstentions"),
    *("total_non_voting", "total_ms", "modality", "undl_link"),
]
TOTALS = {"Y": "total_yes", "N": "total_no", "A": "total_abstentions", "X": "total_non_voting"}


def of_vote(number: int, cast: str, **said: Any) -> list[dict[str, Any]]:
    """Return the rows of a vote of which `cast` are the ballots, as “CHN China Y;
    USA United States N”.
    """
    ballots = [text.strip().rsplit(" ", 1) for text in cast.split(";")]
    choices = [choice for _, choice in ballots]
    totals = {name: choices.count(choice) for choice, name in TOTALS.items()} | {
        "total_ms": len(ballots)
    }
    vote = {
        "undl_id": number,
        "date": "2023-12-22",
        "session": "78",
        "resolution": f"A/RES/78/{number}",
        "draft": f"A/78/L.{number}",
        "meeting": "A/78/PV.50",
        "undl_link": f"https://digitallibrary.un.org/record/{number}",
        "title": f"Question {number} : resolution / adopted by the General Assembly",
        "modality": "Vote",
    }
    return [
        {
            **vote,
            **totals,
            "ms_code": member[:3],
            "ms_name": member[4:].upper(),
            "ms_vote": choice,
            **said,
        }
        for member, choice in ballots
    ]


def of_council(number: int, cast: str, **said: Any) -> list[dict[str, Any]]:
    """Return the rows of a vote of the Council."""
    own = {
        "resolution": f"S/RES/{number}(2023)", "draft": f"S/2023/{number}", "meeting": "S/PV.9520",
        "description": f"Security Council resolution {number} (2023) [on matter {number}]",
    }  # fmt: skip
    return of_vote(number, cast, **{**own, **said})


def table(header: Sequence[str], *votes: list[dict[str, Any]]) -> str:
    """Return a file with these columns."""
    text = StringIO()
    writer = csv.DictWriter(text, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row for rows in votes for row in rows)
    return text.getvalue()
