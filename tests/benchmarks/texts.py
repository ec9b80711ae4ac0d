"""Made-up names and sentences, of the length and the letters that real ones have."""

import re
import unicodedata
from random import Random

PLACES = (
    "Amur",
    "Bering",
    "Caspian",
    "Darien",
    "Euphrates",
    "Ferghana",
    "Gobi",
    "Hormuz",
    "Irrawaddy",
    "Juba",
    "Kara",
    "Laptev",
    "Mekong",
    "Nile",
    "Orinoco",
    "Pamir",
    "Rakhine",
    "Sahel",
    "Taymyr",
    "Ussuri",
    "Vakhsh",
    "Wakhan",
    "Yamal",
)
MATTERS = (
    "pipelines",
    "sanctions relief",
    "arms transfers",
    "port access",
    "railway financing",
    "border demarcation",
    "nuclear tests",
    "fishing rights",
    "payment systems",
    "election observation",
    "refugee aid",
    "joint patrols",
    "rare earths",
    "satellite navigation",
    "grain corridors",
    "debt rescheduling",
    "peacekeeping",
    "visa rules",
)
PHRASES = (
    "repeated its call for talks without preconditions",
    "abstained when the council voted on the draft resolution",
    "promised to keep the credit line open for another year",
    "sent a delegation to the opening ceremony",
    "rejected what it called interference in the internal affairs of a sovereign state",
    "welcomed the agreement and offered to host the next round",
    "has said nothing in public since the spring",
    "vetoed the draft together with its partner",
    "signed a memorandum on the delivery of equipment",
    "let its state media argue for a gradual approach",
    "postponed the decision until after the summit",
    "took part in the exercise with observers only",
    "called the measures unlawful and one-sided",
    "joined the consensus after its amendment on paragraph four was taken up – “a balanced text”",
)
BODIES = (
    "Council",
    "Movement",
    "Front",
    "Forum",
    "Bank",
    "Alliance",
    "Commission",
    "Assembly",
    "Union",
    "Network",
)
FAMILIES = (
    "Stokes",
    "Wishnick",
    "Gabuev",
    "Lo",
    "Sørensen",
    "Kuchins",
    "Yang",
    "Petrova",
    "Rahmani",
    "Okafor",
)


def sentence(random: Random) -> str:
    """Return a sentence of some 90 letters."""
    return (
        f"On {random.choice(MATTERS)} along the {random.choice(PLACES)} it "
        f"{random.choice(PHRASES)}."
    )


def summary(random: Random) -> str:
    """Return one to four sentences."""
    return " ".join(sentence(random) for _ in range(random.choice((1, 1, 2, 2, 3, 4))))


def title(random: Random) -> str:
    """Return the title of a source."""
    return (
        f"{random.choice(MATTERS).capitalize()} in the {random.choice(PLACES)} region: who "
        f"{random.choice(PHRASES)}"
    )


def slug(name: str, number: int) -> str:
    """Return the slug of a name; with its number, so that it is unique."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return f"{words[:60].rstrip('-')}-{number}"
