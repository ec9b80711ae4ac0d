"""Plans of answers: an anonymous GET is answered before Django's handler,
as its address's view once planned it.

A plan is what a view made of an address and of nothing else: what it asks the publication, how it
writes what that says, and what no edition changes in the header. It is kept by all of a request
that the view could see: scheme, host, path, query string and `Accept`. Who sends a cookie or
`Authorization` is never answered by one. So there is nobody's own in a plan, and nothing that an
edition could change: each answer asks the publication, with the same statements.

Django alone says what an address means. What is asked for first goes to it, and so does what isn't
as usual: an error, an address that has moved, what is withheld, who asks too often. It learns by
`environ` what was done already, so nothing is counted or asked twice.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from threading import local
from time import monotonic, perf_counter
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import close_old_connections

from tracker.public.http import request_ids
from tracker.public.http.caching import GZIP, IDENTITY, BoundedCache, accepts_gzip, encoded
from tracker.public.http.throttling import seconds_to_wait

MOST_BYTES = 32 * 1024 * 1024  # of plans, by what is told of their sizes
OVERHEAD = 5_500  # bytes of a plan beside its address
LONGEST = 8_000  # characters of an address whose plan is kept
PREFIX = "/api/"
KEY = (
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
)
OF_A_PERSON = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
TAG = re.compile(r'"([^".]*)\.([0-9a-f]+)"')
ANY = "*"
# In `environ`: what was done before a request was passed on,
# and of which class the meter counts it.
COUNTED, COMPARED, OUTCOME, CLASS = (
    f"tracker.{name}" for name in ("counted", "compared", "outcome", "class")
)
# What an answer says of itself in its header, and what says nothing where it is unchanged;
# all else is the address's.
OF_AN_ANSWER = {"ETag", "Edition", "Link", "Content-Length", "Content-Encoding", request_ids.HEADER}
OF_A_BODY = {"Content-Type", "Allow"}
Headers = list[tuple[str, str]]
Count = Callable[[str, int, float], None]


class Answer(NamedTuple):
    """JSON, what it depends on in the publication, the edition that it was read from,
    and where the next page is.
    """

    body: bytes
    subject: str
    edition: int
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a view asks the publication, and how an Answer is written of what that says;
    None if Django is to tell.
    """

    read: Callable[[], Any]
    write: Callable[[Any], Answer | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How an address is answered; without a question only that it is unchanged.

    `subject` asks what an answer would depend on;
    `fingerprints` are, by encoding, the rest of its tags.
    """

    subject: Callable[[], str | None]
    fingerprints: Mapping[str, str]
    question: Question | None = None
    headers: tuple[tuple[str, str], ...] = ()
    path: str = ""
    kind: str = ""

    def unchanged(self, held: str, takes_gzip: bool) -> str | None:
        """Return the tag among those that a client holds that an answer would have."""
        suffixes = self.fingerprints.values() if takes_gzip else (self.fingerprints[IDENTITY],)
        tags = {subject: suffix for subject, suffix in TAG.findall(held) if suffix in suffixes}
        current = self.subject() if tags else None
        return f'"{current}.{tags[current]}"' if current in tags else None

    def written(self, answer: Answer, takes_gzip: bool) -> tuple[Headers, bytes]:
        """Return an answer's header and body."""
        body, encoding = answer.body, IDENTITY
        headers = [
            *self.headers,
            ("Edition", str(answer.edition)),
            ("Link", link(answer.following)),
        ]
        if takes_gzip and GZIP in self.fingerprints:
            body, encoding = encoded(body)
        if encoding == GZIP:
            headers.append(("Content-Encoding", GZIP))
        tag = f'"{answer.subject}.{self.fingerprints[encoding]}"'
        return [*headers, ("ETag", tag), ("Content-Length", str(len(body)))], body


def link(following: str | None = None) -> str:
    """Return what the header `Link` says: the data's licence, and where the next page is."""
    licence = f'<{settings.DATA_LICENSE}>; rel="license"'
    return f'{licence}, <{following}>; rel="next"' if following else licence


def key_of(environ: WSGIEnvironment) -> tuple[str, ...] | None:
    """Return by what the plan of a request is kept; None if it may have none."""
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or not environ["PATH_INFO"].startswith(PREFIX)
        or any(name in environ for name in OF_A_PERSON)
    ):
        return None
    key = tuple(environ.get(name, "") for name in KEY)
    return key if sum(map(len, key)) <= LONGEST else None


class PlannedFirst:
    """Answer what is planned, and pass all else on to an application, Django's;
    keep the plans that it makes.

    `count` is told of each answer: its class, its status and how many seconds it took.
    """

    def __init__(self, application: WSGIApplication, count: Count | None = None) -> None:
        self.application, self.count, self.here = application, count, local()
        self.plans = BoundedCache[tuple[str, ...], Plan](MOST_BYTES, settings.PLANS)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer."""
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        plan = self.plans.get(key)
        if plan and environ.get("HTTP_IF_NONE_MATCH", "").strip() != ANY:
            begun = perf_counter()
            if answer := self._answer(plan, environ):
                status, headers, body = answer
                if self.count:
                    self.count(plan.kind, int(status[:3]), perf_counter() - begun)
                start_response(status, headers)
                return [body]
            if OUTCOME in environ:
                self.plans.drop(key)
        return self._learn(key, environ, start_response)

    def _learn(
        self, key: tuple[str, ...], environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Pass a request on, and keep the plan that comes with its answer."""
        heads: list[Headers] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            heads.append(headers)
            return start_response(status, headers, *error)

        response = self.application(environ, start)
        plan: Plan | None = getattr(response, "plan", None)
        if plan and (plan.question or not self.plans.get(key)):
            own = tuple((name, value) for name, value in heads[0] if name not in OF_AN_ANSWER)
            request = request_ids.CURRENT.get()
            plan = replace(
                plan, headers=own, path=request.path if request else "", kind=environ.get(CLASS, "")
            )
            self.plans.keep(key, plan, OVERHEAD + 4 * sum(map(len, key)))
        return response

    def _answer(self, plan: Plan, environ: WSGIEnvironment) -> tuple[str, Headers, bytes] | None:
        """Return status, headers and body;
        None, with the reason in `environ`, if Django is to answer.
        """
        if seconds_to_wait(environ):
            return None
        environ[COUNTED] = True
        forwarded = environ.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
        name = (
            request_ids.HEADER,
            request_ids.begin(environ["REQUEST_METHOD"], plan.path, forwarded),
        )
        takes_gzip = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if monotonic() > getattr(self.here, "looked_at", 0) + 1:
            # As at each request to Django, which looks at all three of them twice:
            # what is too old or broken ends.
            close_old_connections()
            self.here.looked_at = monotonic()
        try:
            held = environ.get("HTTP_IF_NONE_MATCH")
            if held and (tag := plan.unchanged(held, takes_gzip)):
                headers = [header for header in plan.headers if header[0] not in OF_A_BODY]
                return "304 Not Modified", [*headers, ("ETag", tag), name], b""
            environ[COMPARED] = True
            if plan.question is None:
                return None
            outcome = plan.question.read()
            answer = plan.question.write(outcome)
        except Exception as error:  # whatever it is: Django raises it where the view would have
            environ[OUTCOME] = error
            return None
        if answer is None:
            environ[OUTCOME] = outcome
            return None
        headers, body = plan.written(answer, takes_gzip)
        return "200 OK", [*headers, name], body
