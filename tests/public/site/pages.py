"""One table of the pages for readers, by the names that docs/site.md gives them."""

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)

# Of what `make` makes; none of them needs the number of a record.
NAMED_PAGES = {
    "/": "/",
    "/issues/": "/issues/",
    "/issues/<slug>/": "/issues/canal/",
    "/actors/": "/actors/",
    "/actors/<slug>/": "/actors/china/",
    "/pairs/<a>/<b>/": "/pairs/china/russia/",
    "/editions/": "/editions/",
    "/editions/<n>/": "/editions/1/",
    "/editions/<a>/<b>/": "/editions/1/1/",
    "/since/<n>/": "/since/1/",
    "/releases/": "/releases/",
    "/codebook/": "/codebook/",
    "/about/": "/about/",
    "/search/?q=": "/search/?q=canal",
    "/meetings/": "/meetings/",
    "/acts/": "/acts/",
    "/votes/": "/votes/",
    "/unresolved/": "/unresolved/",
    "/forecasts/": "/forecasts/",
    "/sources/": "/sources/",
    "/corrections/": "/corrections/",
    "/agreement/": "/agreement/",
}
PAGES = (*NAMED_PAGES.values(), "/?differ=true", "/?actor=iran", "/search/")


def make(claims: int = 1) -> dict[str, object]:
    """Return records about a canal, at the desk: so many claims of each kind."""
    china = ActorFactory(slug="china", iso3="CHN", name="China", names={"zh": "中国"})
    russia, iran = (
        ActorFactory(slug="russia", iso3="RUS", name="Russia"),
        ActorFactory(slug="iran", name="Iran"),
    )
    sea = IssueFactory(slug="sea", title="The sea", question="")
    canal = IssueFactory(
        slug="canal", title="The canal", question="Should the canal be dug?", parent=sea
    )
    known = {"china": china, "russia": russia, "iran": iran, "sea": sea, "canal": canal}
    known["stance"] = StanceFactory(actor=china, issue=canal, since="2018")
    known["other"] = StanceFactory(actor=russia, issue=canal, since="2018", position="opposes")
    known["alignment"] = AlignmentFactory(
        actor=china, counterpart=russia, issue=canal, since="2018", pattern="divergent"
    )
    known["meeting"] = MeetingFactory(
        title="A summit",
        participants=[{"actor": china}, {"actor": russia}],
        issues=[{"issue": canal}],
    )
    for number in range(claims - 1):
        years = {
            "since": f"{1000 + number}",
            "until": "",
            "standing": "contested",
            "standing_note": "Rivals.",
        }
        known[f"stance {number}"] = StanceFactory(actor=china, issue=canal, **years)
        known[f"alignment {number}"] = AlignmentFactory(
            actor=china, counterpart=russia, issue=canal, **years
        )
    return known


def make_every_noun(claims: int = 1) -> dict[str, object]:
    """Return what `make` does, with an act of both and a vote of a council."""
    known = make(claims)
    council = ActorFactory(
        slug="council", kind="organization", frames=[{"kinds": ["resolution"], "since": "2018"}]
    )
    ballots = [{"actor": known["china"]}, {"actor": known["russia"], "choice": "no"}]
    both = [{"actor": known[name], "role": "signatory"} for name in ("china", "russia")]
    known["vote"] = VoteFactory(issue=known["canal"], body=council, ballots=ballots)
    known["act"] = ActFactory(
        text=SourceFactory(), issues=[{"issue": known["canal"]}], participants=both
    )
    return known


def pages_of(known: dict[str, object]) -> dict[str, str]:
    """Return an address for each page of docs/site.md, of every noun's published records."""
    source = known["stance"].citations.first().source
    return {
        **NAMED_PAGES,
        "/pairs/<a>/<b>/<year>/": "/pairs/china/russia/2019/",
        "/sources/<id>/": f"/sources/{source.pk}/",
        "/stances/<id>/": f"/stances/{known['stance'].pk}/",
        "/alignments/<id>/": f"/alignments/{known['alignment'].pk}/",
        "/meetings/<id>/": f"/meetings/{known['meeting'].pk}/",
        "/acts/<id>/": f"/acts/{known['act'].pk}/",
        "/votes/<id>/": f"/votes/{known['vote'].pk}/",
    }
