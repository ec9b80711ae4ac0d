"""What claims rest on, in words: on how many sources, and how many of these are independent."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tracker.public.cards.context import Body, Origins
from tracker.values.vocabularies import Relation


def cited(claim: Body) -> set[int]:
    """Return the sources that back a claim."""
    return {of["source"]["id"] for of in claim["citations"] if of["relation"] == Relation.SUPPORTS}


def independent(sources: Iterable[int], origins: Origins) -> set[int]:
    """Return the sources from which these come, each by way of whatever passes it on."""
    roots = set()
    for source in sources:
        while source in origins:
            source = origins[source]
        roots.add(source)
    return roots


def of_claim(claim: Body, origins: Origins) -> str:
    """Say on how many sources a claim rests, in a few words,
    and how many of them are independent.
    """
    sources = cited(claim)
    roots = len(independent(sources, origins))
    if len(sources) < 2:
        return "1 source" if sources else "no source"
    return (
        f"{roots} independent sources"
        if roots == len(sources)
        else f"{len(sources)} sources, {roots} independent"
    )


def of_claims(claims: Iterable[Body], origins: Origins) -> str:
    """Say how many claims rest on how many independent sources; "" for no claim."""
    return of_many(Counter(min(len(independent(cited(claim), origins)), 3) for claim in claims))


def of_many(many: Mapping[int, int]) -> str:
    """Say of how many claims there are none, one, two or more independent sources, by number,
    3 standing for more.
    """
    whole = sum(many.values())
    words = {1: "one independent source", 2: "two", 3: "three or more", 0: "none"}
    parts = [f"{many[n]:,} on {word}" for n, word in words.items() if many.get(n)]
    return f"Of {whole:,} claim{'' if whole == 1 else 's'}, {', '.join(parts)}." if parts else ""
