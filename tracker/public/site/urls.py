"""The addresses of pages:
each also with a suffix instead of its slash, which is one of its files.
"""

from django.urls import URLPattern, path, re_path

from tracker.public.site import records, subjects
from tracker.public.site.agreement import AgreementPage
from tracker.public.site.editions import (
    ComparisonPage,
    Corrections,
    EditionPage,
    Editions,
    Releases,
    SincePage,
)
from tracker.public.site.finding import About, CodebookPage, SearchPage
from tracker.public.site.forecasts import ForecastsPage
from tracker.public.site.machines import robots, sitemap
from tracker.public.site.matrix import FirstPage
from tracker.public.site.occurrences import Acts, Meetings
from tracker.public.site.page import Page
from tracker.public.site.votes import Votes

PAGES: dict[str, type[Page]] = {
    "": FirstPage,
    "issues/": subjects.Issues,
    "issues/<str:key>/": subjects.IssuePage,
    "actors/": subjects.Actors,
    "actors/<str:key>/": subjects.ActorPage,
    "stances/<str:key>/": records.StancePage,
    "alignments/<str:key>/": records.AlignmentPage,
    "meetings/": Meetings,
    "meetings/<str:key>/": records.MeetingPage,
    "acts/": Acts,
    "acts/<str:key>/": records.ActPage,
    "forecasts/": ForecastsPage,
    "unresolved/": records.Unresolved,
    "agreement/": AgreementPage,
    "votes/": Votes,
    "votes/<str:key>/": records.VotePage,
    "sources/": records.Sources,
    "sources/<str:key>/": records.SourcePage,
    "corrections/": Corrections,
    "pairs/<str:first>/<str:second>/": subjects.PairPage,
    "pairs/<str:first>/<str:second>/<int:year>/": subjects.PairYear,
    "editions/": Editions,
    "editions/<int:number>/": EditionPage,
    "editions/<int:since>/<int:until>/": ComparisonPage,
    "since/<int:number>/": SincePage,
    "releases/": Releases,
    "codebook/": CodebookPage,
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
]
