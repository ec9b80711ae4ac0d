"""What somebody may have meant who wrote what is nothing:
one rule for all that is suggested, never taken by itself.

A term, field or column is one of a few, so the nearest is told even where it is not very near.
Names are many, and one letter makes another of a short one (Iran, Iraq): only what a reader could
take for a misspelling is suggested.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

OF_FEW, OF_NAMES = 0.6, 0.8  # of all letters, those that stand in both in the same order
MOST_CHARACTERS = 100  # characters of what was written
SHORT = 3  # letters of a word that many names have: of, the
BRITISH = {"iz": "is", "yz": "ys", "ense": "ence", "enter": "entre", "abor": "abour"}
# recognize and analyze, defense, center, labor; but neither size nor dense
AMERICAN = re.compile("(?<=..[a-z])[iy]z(?=e|ation|ing)|(?<=f)ense|(?<=c)enter|(?<=l)abor$")


def folded(text: str) -> str:
    """Return what spellings of a text have in common: no case, no accents, no signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.findall(r"\w+", "".join(sign for sign in apart if not unicodedata.combining(sign)))
    )


def nearest(written: str, valid: Iterable[str], least: float = OF_FEW) -> str:
    """Return which of the valid may be meant, in whatever case; "" if none is near."""
    by_key = {text.casefold(): text for text in valid}
    keys = get_close_matches(written.casefold()[:MOST_CHARACTERS], by_key, n=1, cutoff=least)
    return by_key[keys[0]] if keys else ""


def other_forms(word: str) -> list[str]:
    """Return other forms of what may be an English word, in lower case: its plural or singular;
    China of Chinese; recognise of recognised, and of recognize.
    """
    # of a people or a language: Chinese and Japanese, Russian and Iranian
    countries = [word[:-3], f"{word[:-3]}a"] if word.endswith("ese") else []
    countries += [word[:-1], word[:-3]] if word.endswith("ian") else []
    forms = [f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"]
    if word.endswith("ies"):
        forms = [f"{word[:-3]}y"]
    elif word.endswith(("sses", "xes", "ches", "shes")):
        forms = [word[:-2]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms = [word[:-1]]
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        forms = [f"{word[:-1]}ies"]
    rarer = [*countries, *_verbs(word)]
    return [*forms, *(form for form in rarer if len(form) > SHORT)]


def all_forms(word: str) -> set[str]:
    """Return a word with its other forms."""
    return {word, *other_forms(word)}


def _verbs(word: str) -> list[str]:
    """Return a verb that may be in the past, without its ending,
    and in British spelling whatever is American.
    """
    british = AMERICAN.sub(lambda spelled: BRITISH[spelled[0]], word)
    forms = [british] if british != word else []
    if word.endswith("ied"):
        return [*forms, f"{british[:-3]}y"]
    if word.endswith("ed"):
        return [*forms, british[:-1], british[:-2]]
    return forms


def has_words(name: str, written: str) -> bool:
    """Tell whether a name has all words that were written."""
    return {*folded(written[:MOST_CHARACTERS]).split()} <= {*folded(name[:MOST_CHARACTERS]).split()}


def is_near(written: str, name: str) -> bool:
    """Say whether a name may be meant:
    it has all words, if they aren't short, or it or half of it is spelled so.
    """
    words, of_name = (
        folded(written[:MOST_CHARACTERS]).split(),
        folded(name[:MOST_CHARACTERS]).split(),
    )
    if has_words(name, written) and any(len(word) > SHORT for word in words):
        return True
    if _alike(" ".join(words), " ".join(of_name)):
        return True
    return 2 * len(words) >= len(of_name) and all(
        any(_alike(word, other) for other in of_name) for word in words
    )


def nearest_first(written: str, named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names, each with its page,
    in the order in which they are spelled like what was written.
    """
    return sorted(
        named,
        key=lambda name: SequenceMatcher(None, folded(name[0]), folded(written)).ratio(),
        reverse=True,
    )


def _alike(text: str, other: str) -> bool:
    return SequenceMatcher(None, text, other, autojunk=False).ratio() >= OF_NAMES
