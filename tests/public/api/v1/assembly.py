"""A body of which all votes are known, by which agreement is counted."""

from random import Random
from typing import Any

from tests.factories import ActorFactory, IssueFactory, VoteFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole

CODES = {"yes": 1, "abstain": 0, "no": -1}
CAST = ("yes", "no", "abstain", "absent", "not_participating", None)
SLUGS = ("china", "russia", "usa", "india", "france")
ALL = ",".join(SLUGS)
DIVIDED = {"tally_yes": 60, "tally_no": 40, "tally_abstain": 20}


class World:
    """A body with a frame, actors and an issue,
    and what the actors cast in votes of which all is told here.
    """

    def __init__(self) -> None:
        self.assembly = ActorFactory(
            slug="assembly",
            kind="organization",
            frames=[
                {"kinds": ["resolution"], "since": "1971-09-01", "until": "1975-12-31", "note": ""},
                {
                    "kinds": ["paragraph"],
                    "since": "1973",
                    "until": "1975-12-31",
                    "note": "Not before.",
                },
            ],
        )
        self.council = ActorFactory(slug="council", kind="organization")
        self.actors = {slug: ActorFactory(slug=slug) for slug in SLUGS}
        self.issues = [IssueFactory(slug=slug) for slug in ("disarmament", "apartheid")]
        self.votes: list[Any] = []
        self.random = Random(5)

    def vote(self, *cast: str | None, **fields: Any) -> Any:
        """Make a vote in which actors, in their order, cast these."""
        named = zip(self.actors.values(), cast, strict=False)
        ballots = [{"actor": actor, "choice": choice} for actor, choice in named if choice]
        usual = {"body": self.assembly, "held": "1972-10-01", "session": 27, **DIVIDED}
        made = VoteFactory(**{**usual, **fields}, ballots=ballots)
        self.votes.append(made)
        return made

    def some(self, number: int) -> None:
        for n in range(number):
            session = self.random.choice([26, 27, 28, None])
            year = 1971 + n % 4
            self.vote(
                *self.random.choices(CAST, weights=(6, 4, 4, 1, 1, 1), k=len(SLUGS)),
                session=session,
                held="-".join(
                    (
                        str(year),
                        self.random.choice(("09", "10", "11", "12")),
                        f"{self.random.randint(1, 28):02}",
                    )
                ),
                kind=self.random.choice(["resolution", "resolution", "paragraph", "amendment"]),
                issue=self.random.choice([*self.issues, None]),
                themes=self.random.sample(
                    ["security", "trade", "energy"], k=self.random.randint(0, 2)
                ),
                ballots_complete=self.random.random() > 0.2,
                **(DIVIDED if self.random.random() > 0.5 else dict.fromkeys(DIVIDED)),
            )

    def publish(self) -> int:
        return publish_whole(*self.votes, *self.actors.values())


def rows(reader: Reader, query: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = reader.read(f"agreement/?{query}")["results"]
    return results
