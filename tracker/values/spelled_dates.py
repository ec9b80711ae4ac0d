"""What a date that is spelled in another way could mean, as it would be kept.

Of this only what the site itself writes, “4 February 2022”, is taken by itself: “7/8/2022” is two
days, and spring is in March in one half of the world only. So whoever wrote it is told what it
could be, and chooses.
"""

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize


class Meant(NamedTuple):
    """A date that could be meant, as it is kept, and what it takes to be meant,
    if it isn't plain.
    """

    edtf: str
    if_so: str = ""

    def __str__(self) -> str:
        return f"{self.edtf} ({self.if_so})" if self.if_so else self.edtf


NORTH = "in the northern half of the world"
LONGEST_TEXT = 80  # of what is looked at
RUSSIAN = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
]
MONTHS = {
    name.lower(): number
    for names in (month_abbr, month_name)
    for number, name in enumerate(names)
    if name
}
MONTHS |= {"sept": 9}
RUSSIAN_MONTH = re.compile(rf"({'|'.join(RUSSIAN)})(?:[ьйяае]|)")
SEASONS = {
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2),
    "весна": (3, 5), "лето": (6, 8), "осень": (9, 11), "зима": (12, 2),
    "весной": (3, 5), "летом": (6, 8), "осенью": (9, 11), "зимой": (12, 2),
    "春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2),
}  # fmt: skip
# what EDTF writes for months past the twelfth: seasons of no place, of the north, of the south;
# quarters; halves
_YEAR = [(3, 5), (6, 8), (9, 11), (12, 2)]
CODES = {
    **{21 + n: (months, NORTH) for n, months in enumerate(_YEAR)},
    **{25 + n: (months, "") for n, months in enumerate(_YEAR)},
    **{29 + n: (months, "") for n, months in enumerate(_YEAR[2:] + _YEAR[:2])},
    **{33 + n: ((3 * n + 1, 3 * n + 3), "") for n in range(4)},
    **{40 + n: ((6 * n + 1, 6 * n + 6), "") for n in range(2)},
}
THIRDS = {
    "early": 0,
    "beginning of": 0,
    "start of": 0,
    "mid": 1,
    "middle of": 1,
    "late": 2,
    "end of": 2,
}
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

BIG_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})(?:\2(\d{1,2}))?|(\d{4})(\d{2})(\d{2})")
BIG_LAST = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})")
MONTH_OF_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}.*")
CHINESE = re.compile(r"(\d{4}) ?年 ?(?:(\d{1,2}) ?月 ?(?:(\d{1,2}) ?[日号]?)?)?")
SEASON = re.compile(
    rf"(?:in )?(?:(?P<a>{'|'.join(SEASONS)})(?: of)? "
    rf")?(?P<year>\d{{4}})(?:[/-](?P<next>\d{{2,4}}))?(?:[ "
    rf"年-]*(?P<b>{'|'.join(SEASONS)})季?)?(?: г(?:ода|\.)?)?"
)
PART_OF_YEAR = re.compile(
    r"(?P<a>[qh])(?P<n>[1-4])[ -/]?(?P<year>\d{4})|(?P<year2>\d{4})[ -/]?(?P<b>[qh])(?P<n2>[1-4])|"
    rf"(?P<nth>{'|'.join(NTH)}) (?P<c>quarter|half)(?: of)? (?P<year3>\d{{4}})"
)
THIRD = re.compile(rf"(?:in )?(?:the )?({'|'.join(THIRDS)})[ -](.+)")
ABOUT = re.compile(
    r"(?:circa|ca\.?|c\.?|about|around|approx\.?|approximately|~|около|примерно|约) ?(.+)"
)
PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe) (.+)|(.+) \?")
DECADE = re.compile(r"(?:the )?(\d{3})0['’]?s")
CENTURY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th) century")
YEARS = re.compile(r"(\d{4})(?:[-–—](?=\d{2}(?:\d{2})?$)|/(?=\d{2}$))(\d+)")
RANGE = re.compile(r"(?:from |between )?(.+?)(?: (?:to|and|until|till|through|[-–—]) |[–—])(.+)")
DAYS = re.compile(r"(\d{1,2})[-–—](\d{1,2}) (\D+ \d{4})|(\D+ )(\d{1,2})[-–—](\d{1,2}),? (\d{4})")
WORDS = re.compile(r"[^\W\d_]+|\d+")
SAID_BESIDE = {"of", "the", "st", "nd", "rd", "th", "г", "года", "год", "in", "de"}


def readings(text: str) -> Iterator[Meant]:
    """Yield what a text could mean, some of it perhaps no day of the calendar."""
    spelled = " ".join(normalize("NFKC", text[:LONGEST_TEXT]).split()).lower().rstrip(".,;")
    plain = spelled.upper().replace("U", "X")
    if plain != text and re.fullmatch(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?", plain):
        yield Meant(plain)
    for read in (_numbers, _words, _parts, _doubted, _ranges):
        yield from read(spelled)


def _numbers(spelled: str) -> Iterator[Meant]:
    if match := WITH_TIME.fullmatch(spelled):
        yield Meant(match[1])
    if match := BIG_FIRST.fullmatch(spelled):
        year, month, day = match[1] or match[5], match[3] or match[6], match[4] or match[7]
        yield _iso(year, month, day)
        if day and int(month) > 12:
            yield _iso(year, day, month)
    if match := MONTH_OF_YEAR.fullmatch(spelled):
        yield _iso(match[2], match[1])
    if match := BIG_LAST.fullmatch(spelled):
        first, second, year = match[1], match[3], match[4]
        plain = match[2] == "." or first == second or max(int(first), int(second)) > 12
        if match[2] != ".":
            yield _iso(year, first, second, "" if plain else "if the month comes first")
        yield _iso(year, second, first, "" if plain else "if the day comes first")
    if match := CHINESE.fullmatch(spelled):
        yield _iso(match[1], match[2], match[3])


def _words(spelled: str) -> Iterator[Meant]:
    """Read a month by its name, with a year and perhaps a day, in any order."""
    words = [word for word in WORDS.findall(spelled) if word not in SAID_BESIDE]
    months = [month for word in words if (month := _month(word))]
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    years, days = (
        [number for number in numbers if len(number) == 4],
        [number for number in numbers if len(number) < 3],
    )
    if len(months) == len(years) == 1 and len(days) < 2 and len(words) == 2 + len(days):
        yield _iso(years[0], str(months[0]), days[0] if days else None)


def _month(word: str) -> int:
    russian = RUSSIAN_MONTH.fullmatch(word)
    return MONTHS.get(word, 0) or (RUSSIAN.index(russian[1]) + 1 if russian else 0)


def _parts(spelled: str) -> Iterator[Meant]:
    """Read seasons, quarters, halves and thirds of a time, decades and centuries."""
    if (
        (match := SEASON.fullmatch(spelled))
        and (match["a"] or match["b"])
        and not (match["a"] and match["b"])
    ):
        year, months = int(match["year"]), SEASONS[match["a"] or match["b"]]
        if months[0] == 12 and not match["next"]:
            yield _months(year - 1, months, NORTH)
        yield _months(year, months, NORTH)
    if (match := re.fullmatch(r"(\d{4})-(\d{2})", spelled)) and int(match[2]) in CODES:
        months, if_so = CODES[int(match[2])]
        yield _months(int(match[1]), months, if_so)
    if match := PART_OF_YEAR.fullmatch(spelled):
        kind = match["a"] or match["b"] or match["c"][0]
        number = int(match["n"] or match["n2"] or NTH[match["nth"]])
        length = 6 if kind == "h" else 3
        yield _months(
            int(match["year"] or match["year2"] or match["year3"]),
            (length * (number - 1) + 1, length * number),
        )
    if match := THIRD.fullmatch(spelled):
        third, whole = THIRDS[match[1]], match[2]
        if re.fullmatch(r"\d{4}", whole):
            yield _months(int(whole), (4 * third + 1, 4 * third + 4), "roughly")
        for meant in _words(whole):
            year, month, *day = map(int, meant.edtf.split("-"))
            if not day and 1 <= month <= 12 and year > 0:
                last = 10 * third + 10 if third < 2 else monthrange(year, month)[1]
                yield Meant(
                    f"[{meant.edtf}-{10 * third + 1:02}..{meant.edtf}-{last:02}]", "roughly"
                )
    if match := DECADE.fullmatch(spelled):
        yield Meant(f"{match[1]}X")
        if match[1].endswith("0"):
            yield Meant(f"{match[1][:-1]}XX", "the whole century")
    if match := CENTURY.fullmatch(spelled):
        yield Meant(f"{int(match[1]) - 1:02}XX")


def _doubted(spelled: str) -> Iterator[Meant]:
    for pattern, sign in ((ABOUT, "~"), (PERHAPS, "?")):
        if match := pattern.fullmatch(spelled):
            whole = match[match.lastindex or 1]
            known = (
                [Meant(whole)]
                if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", whole)
                else readings(whole)
            )
            yield from (
                Meant(
                    edtf if edtf.startswith("[") or "/" in edtf else f"{edtf.rstrip('~?%')}{sign}",
                    if_so,
                )
                for edtf, if_so in known
            )


def _ranges(spelled: str) -> Iterator[Meant]:
    """Read two ends of a time: some day between them, or all of it, which is an interval."""
    first = last = ""
    if match := DAYS.fullmatch(spelled):
        rest = f"{match[3] or f'{match[4]}{match[7]}'}"
        first, last = (f"{day} {rest}" for day in (match[1] or match[5], match[2] or match[6]))
    elif match := YEARS.fullmatch(spelled):
        first, last = match[1], match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
        if last <= first:
            return
    elif match := RANGE.fullmatch(spelled):
        first, last = match[1], match[2]
        if not re.search(r"\d{4}", first) and (year := re.search(r"\d{4}", last)):
            first = f"{first} {year[0]}"
    begins, ends = _single(first), _single(last)
    if begins and ends:
        yield Meant(f"[{begins}..{ends}]", "some day of it")
        yield Meant(f"{begins}/{ends}", "all of it: since the first, until the second")


def _single(spelled: str) -> str:
    """Return the one date that an end of a range can be; nothing if it isn't plain."""
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", spelled):
        return spelled
    tokens = [*_numbers(spelled), *_words(spelled)]
    return tokens[0].edtf if len(tokens) == 1 else ""


def _iso(year: str, month: str | None = None, day: str | None = None, if_so: str = "") -> Meant:
    return Meant("-".join([year, *(f"{int(part):02}" for part in (month, day) if part)]), if_so)


def _months(year: int, months: tuple[int, int], if_so: str = "") -> Meant:
    first, last = months
    return Meant(f"[{year:04}-{first:02}..{year + (last < first):04}-{last:02}]", if_so)
