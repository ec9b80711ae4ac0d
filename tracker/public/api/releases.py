"""Releases: named editions, with files that never change, and how to cite them. Never by whom."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from tracker.public.api.http.caching import (
    UnsatisfiableError,
    beyond,
    mark_part,
    requested_range,
    tag,
)
from tracker.public.api.http.responses import (
    as_json,
    file_response,
    of_edition,
    page_response,
    tagged_response,
)
from tracker.public.api.openapi.pages import page_of
from tracker.public.api.views import PublicView
from tracker.public.formats.releases.citation import CitedRelease, bibtex, csl
from tracker.public.http.clients import origin
from tracker.public.http.pagination import next_page
from tracker.public.http.parameters import COUNT, CURSOR, FORMAT, PAGE_SIZE
from tracker.public.read import releases
from tracker.public.read.editions import AnsweringEdition
from tracker.schema.examples import Example
from tracker.schema.responses import Release, ReleaseFile

ROOT = "/api/v1/releases/"
UNKNOWN = f"There is no release {{}}; {ROOT} lists those that there are."


class ReleaseList(PublicView):
    """List the releases, the last made first."""

    route = "releases/"
    lists = True
    response_struct = page_of(Release)
    examples = {"latest": Example("The latest release.", "page_size=1")}
    parameters = (PAGE_SIZE, COUNT, CURSOR, FORMAT)

    def get(self, request: Request) -> HttpResponseBase:
        """Answer one page of editions that have a name, to be cited by it."""
        query = self.query(request)
        before = query.before()
        query.check()
        answering, newest = releases.newest()
        page = releases.page(before=before, size=query.size, edition=answering.number or 0)
        count = releases.count() if query.counts else None
        following = next_page(request, page, pinned=False)
        results = (as_json(_release(result)) for result in page.results)
        response = page_response(results, answering=answering, following=following, count=count)
        response.subject = _subject(answering, newest)
        return response

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str:
        """Return the latest edition and release."""
        return _subject(*releases.newest())


class ReleaseDetail(PublicView):
    """Read one release: its files, and how to cite it."""

    route = "releases/<str:version>/"
    response_struct = Release
    examples = {"release": Example("The first release.", cut="files")}

    def get(self, request: Request, version: str) -> HttpResponseBase:
        """Answer which edition it names, its files with their digests, and how to cite it."""
        self.query(request).check()
        release = _release_named(version)
        url = f"{origin(request)}{ROOT}{version}/"
        day, doi = release.published_at.date(), release.doi or ""
        cited = CitedRelease(version, release.edition, day, settings.DATA_LICENSE, url, doi=doi)
        files = [
            ReleaseFile(name, f"{ROOT}{version}/files/{name}", media_type, size, sha256)
            for name, media_type, size, sha256 in release.files
        ]
        body = as_json(_release(release, files=files, bibtex=bibtex(cited), csl=csl(cited)))
        return tagged_response(body, on=_subject_of(release), edition=release.edition)

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        release = releases.by_version(path["version"]) if "\x00" not in path["version"] else None
        return _subject_of(release) if release else None


class ReleaseFileDetail(PublicView):
    """Read a file of a release."""

    route = "releases/<str:version>/files/<str:name>"
    pinned = True
    is_file = True
    parameters = ()
    media_types = (
        *("application/json", "text/csv", "text/markdown", "text/plain", "application/yaml"),
        "application/vnd.apache.parquet",
    )

    def form(self, request: HttpRequest) -> type[BaseRenderer]:
        """Return the one renderer: a file is what it is, whatever is asked for."""
        return self.renderer_classes[0]

    def get(self, request: Request, version: str, name: str) -> HttpResponseBase:
        """Answer the file, byte for byte as it was made with the release;
        or with `Range` a part of it.
        """
        self.query(request).check()
        release = _kept(version, name)
        if release is None:
            raise Http404(
                f"Release {_release_named(version).version} has no file “{name}”; its own "
                f"address lists them."
            )
        try:
            part = requested_range(request, release.size, tag(request, self, release.sha256))
        except UnsatisfiableError:
            return beyond(name, release.size)
        sent = range(release.size) if part is None else part
        pieces = releases.pieces(release.id, sent)
        charset = "; charset=utf-8" if release.media_type.startswith("text/") else ""
        opening = AnsweringEdition(release.edition, release.edition, release.stamp)
        response = file_response(
            pieces,
            source=pieces,
            media_type=release.media_type + charset,
            name=name,
            answering=opening,
        )
        response.subject = release.sha256
        mark_part(response, part, release.size)
        return response

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        release = _kept(path["version"], path["name"])
        return release.sha256 if release else None


def _release_named(version: str) -> releases.PublicRelease:
    release = None if "\x00" in version else releases.by_version(version)
    if release is None:
        raise Http404(UNKNOWN.format(version))
    return release


def _kept(version: str, name: str) -> releases.StoredFile | None:
    return None if "\x00" in version + name else releases.file(version, name)


def _release(release: releases.PublicRelease, **also: Any) -> Release:
    return Release(
        version=release.version,
        url=f"{ROOT}{release.version}/",
        edition=release.edition,
        published_at=release.published_at,
        made_at=release.made_at,
        notes=release.notes or None,
        doi=release.doi,
        **also,
    )


def _subject_of(release: releases.PublicRelease) -> str:
    return f"{of_edition(release.edition, release.stamp)}-{release.doi or ''}"


def _subject(answering: AnsweringEdition, newest: str) -> str:
    return f"{of_edition(answering.number, answering.stamp)}-{newest}"
