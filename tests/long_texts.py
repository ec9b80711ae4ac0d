"""Texts that are longer than anything takes that has a limit,
and can't be made shorter by compressing them.
"""

from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
CHINESE = "".join(map(chr, range(0x4E00, 0x9FA6)))
LONGER_FOLDED = "ΐΰᾒᾓᾢᾣᾲᾴᾷῂῄῇῒΐῖῢΰῦῧῲῴῷﬃﬄ"  # each three letters, or six bytes, without its case


def told_at(name: str) -> tuple[str, ...]:
    """Return at which fields a text of this one may be refused:
    how a question was settled, at the day.
    """
    return (name, "settled") if name.startswith("settlement") else (name,)


def made_of(letters: str, length: int) -> str:
    """Return a text at random, the same each time."""
    return "".join(Random(length).choices(letters, k=length))


LONG, LONG_CHINESE = made_of(LETTERS, 900_000), made_of(CHINESE, 300_000)
# each up to what a field, an index of btree or of words, and a request take, and beyond it
TEXTS = {
    **{f"{length:,} letters": LONG[:length] for length in (300, 1_950, 10_000, 900_000)},
    **{f"{length:,} Chinese letters": LONG_CHINESE[:length] for length in (500, 1_950, 300_000)},
    "500 letters that get longer": made_of(LONGER_FOLDED, 500),
    "words without end": " ".join(LONG[at : at + 5] for at in range(0, 900_000, 6)),
}
LISTS = {
    "4,500 names of 200 letters": [LONG[at : at + 200] for at in range(0, 900_000, 200)],
    "1,400 Chinese names of 200 letters": [
        LONG_CHINESE[at : at + 200] for at in range(0, 280_000, 200)
    ],
    "200 names of 200 letters": [LONG_CHINESE[at : at + 200] for at in range(0, 40_000, 200)],
}
NAMES = {
    "names of 3,000 letters": {"zh": LONG_CHINESE[:3_000]},
    "a name of 900,000 letters": {"en": LONG},
    "20,000 names": {f"x-{number}": LONG[number : number + 20] for number in range(20_000)},
}


def addresses(path: str) -> tuple[str, str]:
    """Return an address with such a path, and one of an archived copy."""
    return f"https://example.org/{path}", f"https://archive.example.org/1/{path}"
