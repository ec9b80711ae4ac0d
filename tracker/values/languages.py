"""Languages by their names, as readers know them."""

from django.utils.translation import get_language_info

CALLED = {"zh": "Chinese"}  # Django has names of its scripts only


def name_of(tag: str) -> str:
    """Return the English name of a language, by its BCP 47 tag or the part of it that has one;
    else the tag.
    """
    parts = tag.lower().split("-")
    for end in range(len(parts), 0, -1):
        known = "-".join(parts[:end])
        try:
            return CALLED.get(known) or get_language_info(known)["name"]
        except KeyError:
            continue
    return tag
