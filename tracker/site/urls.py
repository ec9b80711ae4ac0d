"""The addresses of pages: each also with a suffix instead of its slash, which is one of its files."""

from django.urls import URLPattern, path, re_path

from tracker.site.actors import ActorPage, Actors, PairPage, PairYear
from tracker.site.agreement import AgreementPage
from tracker.site.claims import AlignmentPage, MeetingPage, Meetings, StancePage, Unresolved
from tracker.site.editions import EditionPage, Editions, Releases, Since
from tracker.site.finding import About, Codebook, SearchPage
from tracker.site.issues import IssuePage, Issues
from tracker.site.machines import robots, sitemap, timemap
from tracker.site.matrix import FirstPage
from tracker.site.page import Page
from tracker.site.sources import Corrections, SourcePage, Sources
from tracker.site.votes import VotePage, Votes

PAGES: dict[str, type[Page]] = {
    "": FirstPage,
    "issues/": Issues,
    "issues/<str:key>/": IssuePage,
    "actors/": Actors,
    "actors/<str:key>/": ActorPage,
    "stances/<str:key>/": StancePage,
    "alignments/<str:key>/": AlignmentPage,
    "meetings/": Meetings,
    "meetings/<str:key>/": MeetingPage,
    "unresolved/": Unresolved,
    "agreement/": AgreementPage,
    "votes/": Votes,
    "votes/<str:key>/": VotePage,
    "sources/": Sources,
    "sources/<str:key>/": SourcePage,
    "corrections/": Corrections,
    "pairs/<str:one>/<str:other>/": PairPage,
    "pairs/<str:one>/<str:other>/<int:year>/": PairYear,
    "editions/": Editions,
    "editions/<int:number>/": EditionPage,
    "since/<int:number>/": Since,
    "releases/": Releases,
    "codebook/": Codebook,
    "about/": About,
    "search/": SearchPage,
}


def _patterns(address: str, page: type[Page]) -> list[URLPattern]:
    view = page.as_view()
    file = f"{address.removesuffix('/') or 'index'}.<slug:suffix>"
    return [path(address, view, name=page.__name__), path(file, view)]


urlpatterns = [
    *(pattern for address, page in PAGES.items() for pattern in _patterns(address, page)),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<plural>[a-z]+)(?:-(?P<part>[0-9]{1,4}))?\.xml$", sitemap),
    path("timemap/", timemap, {"address": ""}),
    path("timemap/<path:address>", timemap),
]
