"""What a web address says about the document behind it, without going there;
guesses, for a person to check.
"""

import re
from dataclasses import dataclass
from datetime import date
from unicodedata import is_normalized
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from tracker.values import dates

LONGEST_URL = 2000  # characters of an address that is kept
# letters beyond ASCII, in UTF-8 or not
ENCODED = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\0]+|[\w-]+(?:\.[\w-]+)+/[^\s\0]*", re.IGNORECASE)
SCHEME = re.compile(r"https?://", re.IGNORECASE)
ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|md|li|vn|fo))/[0-9]{4,14}(?:[a-z]{2}_)?/(?P<url>\S+)",
    re.IGNORECASE,
)
# parts of a query that say by which way somebody came, not which document it is
TRACKING = re.compile(
    r"utm_[a-z_]+|(fb|g|d|y|tw)clid|msclkid|gbraid|wbraid|mc_[ce]id|igshid|mkt_tok|_hs(enc|mi)|_gl|_ga",
    re.IGNORECASE,
)
MONTHS = {f"{date(2000, month, 1):%b}".lower(): f"{month:02}" for month in range(1, 13)}
DATE = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<gap>[/-]?)(?P<month>[0-9]{2}|[a-z]{3})"
    r"(?:(?P=gap)(?P<day>[0-9]{2}))?(?![0-9a-z])",
    re.IGNORECASE,
)
LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english"), "en"),
    **dict.fromkeys(("ru", "rus", "russian"), "ru"),
    **dict.fromkeys(("zh", "zh-cn", "chinese", "chn"), "zh"),
    **dict.fromkeys(("fr", "french", "francais"), "fr"),
    **dict.fromkeys(("es", "spanish", "espanol"), "es"),
    **dict.fromkeys(("ar", "arabic"), "ar"),
    **dict.fromkeys(("de", "german", "deutsch"), "de"),
    **dict.fromkeys(("ja", "japanese"), "ja"),
    **dict.fromkeys(("ko", "korean"), "ko"),
}


@dataclass(frozen=True, slots=True)
class Clues:
    """What an address says; empty where it says nothing."""

    url: str
    archive_url: str = ""
    issued: str = ""
    title: str = ""
    language: str = ""


def is_address(text: str) -> bool:
    """Say whether a text is a web address rather than words to search for."""
    if not ADDRESS.fullmatch(text.strip()):
        return False
    try:
        return bool(host_of(whole(text)))
    except ValueError:  # brackets that hold no address of a machine
        return False


def whole(text: str) -> str:
    return text.strip() if SCHEME.match(text.strip()) else f"https://{text.strip()}"


def shortened(url: str) -> str:
    """Return an address that is too long to be kept with its letters as a browser shows them;
    else as it was.

    A browser copies each Chinese letter as nine characters: %E4%B8%AD.
    Both ask a server for the same.
    """
    if len(url) <= LONGEST_URL:
        return url
    shown = ENCODED.sub(_shown, url)
    return shown if is_normalized("NFC", shown) else url


def _shown(encoded: re.Match[str]) -> str:
    try:
        letters = unquote_to_bytes(encoded[0]).decode()
    except UnicodeDecodeError:
        return encoded[0]
    return letters if letters.isprintable() else encoded[0]


def without_tracking(url: str) -> str:
    """Return an address without the parameters of its query by which readers are tracked;
    else as it was.
    """
    before, mark, after = url.partition("?")
    query, hash_mark, fragment = after.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not TRACKING.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return url
    return before + (mark + "&".join(kept) if kept else "") + hash_mark + fragment


def split_archived(url: str) -> tuple[str, str]:
    """Return an address and the archived copy of it;
    where it is no archive's address, it has no copy.
    """
    archived = ARCHIVE.fullmatch(url)
    return (
        (whole(archived["url"]), url)
        if archived and is_address(whole(archived["url"]))
        else (url, "")
    )


def host_of(url: str) -> str:
    """Return the host as the database's keys of addresses begin with it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def clues(text: str) -> Clues:
    """Return what an address says about the document behind it; raise ValueError if it is none."""
    url, archive_url = split_archived(whole(text))
    url = without_tracking(url)
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    return Clues(
        url,
        archive_url,
        _issued(unquote(parts.path)),
        _title(segments),
        _language(parts.netloc, segments),
    )


def _issued(path: str) -> str:
    for match in DATE.finditer(path):
        month = MONTHS.get(match["month"].lower(), match["month"])
        if not match["gap"] and not match["day"]:
            continue  # six digits in a row are rather a number
        edtf = "-".join(filter(None, [match["year"], month, match["day"]]))
        try:
            return dates.parse(edtf).edtf
        except dates.InvalidDateError:
            continue
    return ""


def _title(segments: list[str]) -> str:
    slug = re.sub(r"\.[a-z]{2,5}$", "", segments[-1] if segments else "", flags=re.IGNORECASE)
    words = [
        word
        for word in re.split(r"[-_+ ]+", slug)
        if word and not re.fullmatch(r"[0-9]{5,}|[a-f0-9]{12,}", word)
    ]
    while words and words[0].isdecimal() and len(words) > 1:  # a day or a number before the words
        words.pop(0)
    title = " ".join(words)
    return (
        title[:1].upper() + title[1:]
        if len(words) > 1 and any(len(word) > 2 for word in words)
        else ""
    )


def _language(host: str, segments: list[str]) -> str:
    parts = [
        *host.lower().split(".")[:-2],
        *(segment.lower().replace("_", "-") for segment in segments[:-1]),
    ]
    return next((LANGUAGES[word] for word in parts if word in LANGUAGES), "")
