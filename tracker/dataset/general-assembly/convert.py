"""Write votes in the format that import takes,
of the table of recorded votes that README.md tells of.

`python convert.py general-assembly-votes.csv` writes `votes.csv.gz` beside this file.
"""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from textwrap import shorten

MEMBERS = {
    "CHN": "china",
    "RUS": "russia",
    "USA": "united-states",
    "FRA": "france",
    "GBR": "united-kingdom",
    "IND": "india",
}
THEMES = {
    "me": "security",
    "nu": "nuclear_weapons",
    "di": "disarmament",
    "hr": "human_rights",
    "co": "decolonization",
    "ec": "development",
}
COLUMNS = [
    *("ref", "body", "symbol", "title", "held", "session", "kind", "amends", "outcome", "themes"),
    *(
        "tally_yes",
        "tally_no",
        "tally_abstain",
        "tally_absent",
        "ballots_complete",
        *MEMBERS.values(),
        "citations",
    ),
]
BODY, SOURCE = "united-nations-general-assembly", "voeten-strezhnev-bailey-unga"
SEAT = "1971-10-25"  # from when on the People's Republic has China's
LONGEST_TITLE = 300
ABSENCES = 70  # the last session of which the table has them
ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")

Row = dict[str, str]


def spelled(symbol: str, session: int) -> str:
    """Return the symbol of a resolution as the United Nations writes it:
    R/26/2752, and from session 31 on R/66/253.

    What is neither stays as it is.
    """
    prefix = f"R/{session}/"
    if not symbol.startswith(prefix):
        return symbol
    number = symbol.removeprefix(prefix)
    if session > 30:
        return f"A/RES/{session}/{number}"
    return f"A/RES/{number}({'X' * (session // 10)}{ONES[session % 10]})"


def kind(row: Row) -> str:
    """Return what is voted on; an amendment of a paragraph is an amendment."""
    if row["amendment"] == "1":
        return "amendment"
    return "paragraph" if row["paragraph"] == "1" else "resolution" if row["symbol"] else "draft"


def converted(rows: list[Row]) -> Iterator[Row]:
    """Yield votes."""
    times = Counter(row["symbol"] for row in rows)
    for row in rows:
        symbol, is_of = spelled(row["symbol"], int(row["session"])), kind(row)
        is_part = is_of in ("amendment", "paragraph")
        is_adopted = is_of == "resolution" and times[row["symbol"]] == 1
        missing = [
            member
            for member in MEMBERS
            if not row[member] and not (member == "CHN" and row["date"] < SEAT)
        ]
        yield {
            "ref": f"unga-{row['rcid']}",
            "body": BODY,
            "symbol": symbol,
            "title": shorten(row["title"], LONGEST_TITLE, placeholder=" …"),
            "held": row["date"],
            "session": row["session"],
            "kind": is_of,
            "amends": symbol if is_part else "",
            "outcome": "adopted" if is_adopted else "not_known",
            "themes": "; ".join(THEMES[topic] for topic in row["topics"].split()),
            **{f"tally_{choice}": row[choice] for choice in ("yes", "no", "abstain")},
            "tally_absent": row["absent"] if int(row["session"]) <= ABSENCES else "",
            "ballots_complete": "false" if missing else "true",
            **{slug: row[member] for member, slug in MEMBERS.items()},
            "citations": f"{SOURCE} rcid {row['rcid']}",
        }


def main() -> None:
    """Convert the file that is named."""
    with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    target = Path(__file__).with_name("votes.csv.gz")
    with (
        gzip.GzipFile(target, "wb", mtime=0) as packed,
        TextIOWrapper(packed, "utf-8", newline="") as text,
    ):
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(converted(rows))


if __name__ == "__main__":
    main()
