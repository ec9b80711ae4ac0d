"""The base of all views of the desk: who may, in which form, and every write as one change."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from msgspec import Struct
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from tracker.desk.api.http.authentication import BearerAuthentication, BySession, MayWorkHere
from tracker.desk.api.http.exceptions import response_to
from tracker.desk.api.http.idempotency import answered_once
from tracker.desk.api.http.parsers import StrictJSON, check_body, not_taken
from tracker.desk.api.http.payloads import Body
from tracker.desk.api.http.preconditions import CLOCK_CHECKED, reason
from tracker.desk.api.openapi.operations import DeskSchema
from tracker.desk.api.shapes import desk_record
from tracker.history import changeset
from tracker.public.api.declared import DeclaredView
from tracker.public.api.http.responses import json_response, page_body, redirect
from tracker.values.nouns import Noun
from tracker.values.texts import stripped
from tracker.values.vocabularies import Channel

NO_OBJECT = "write a JSON object: {…}"


Method = Callable[..., HttpResponse]


def in_changeset(method: Method) -> Method:
    """Make what a method does one change at the desk, which its answer names;
    see `DeskView.run_in_changeset`.
    """

    @wraps(method)
    def answer(view: "DeskView", request: Request, **path: Any) -> HttpResponse:
        return view.run_in_changeset(request, lambda: method(view, request, **path))

    return answer


class DeskView(DeclaredView):
    """A view of the desk.

    One that is of a noun is of each of `nouns`. `rights` says which permissions each method takes;
    `{noun}` in it is the view's noun. `payload` is the form of the body; None: what is written of a
    record. `response_struct` is the form of an answer; None: a record of the noun. `is_partial`
    says that a POST says no more of a record than a PATCH may. `makes_edition` says that an edition
    may come of it, which the answer names, `may_delete` that the record may go, `has_version` that
    what is answered has a version although it is no record, `note_is_reason` that the `note` of the
    body says why, as `Change-Reason` does. Of the media types `files` the body is a file.
    """

    schema = DeskSchema()
    authentication_classes = (BearerAuthentication, BySession)
    permission_classes = (MayWorkHere,)
    parser_classes: Any = (StrictJSON,)
    http_method_names = ["get", "head", "post", "patch", "delete"]
    nouns: ClassVar[Collection[Noun]] = tuple(Noun)
    rights: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    payload: ClassVar[type[Body] | None] = None
    response_struct: ClassVar[type[Struct] | None] = None
    makes_edition: ClassVar[bool] = False
    may_delete: ClassVar[bool] = False
    is_partial: ClassVar[bool] = False
    has_version: ClassVar[bool] = False
    note_is_reason: ClassVar[bool] = False
    files: ClassVar[tuple[str, ...]] = ()

    def get_response_struct(self, method: str | None) -> type[Struct]:
        return self.response_struct or desk_record(self.noun)

    def rights_for(self, method: str | None) -> list[str]:
        rights = self.rights.get((method or "").replace("HEAD", "GET"), ())
        return [f"tracker.{right.format(noun=self.noun)}" for right in rights]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look who asks, whether they may, and how the body comes;
        raise APIException or Refused.
        """
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            self.check_body(request)

    def check_body(self, request: Request) -> None:
        """Raise RefusedError if a body can't be read; nothing of it is read here."""
        check_body(request)

    def body(self, request: Request) -> dict[str, Any]:
        """Return the body, an object; a request without one says nothing."""
        if not isinstance(request.data, dict):
            raise not_taken(NO_OBJECT)
        return request.data

    def why(self, request: Request) -> str:
        """Return why a change is made, as the header and, if that says so too, the body say;
        raise InvalidError.
        """
        why = reason(request)
        note = (
            request.data.get("note")
            if self.note_is_reason and isinstance(request.data, dict)
            else None
        )
        return "\n".join(filter(None, (why, stripped(note) if isinstance(note, str) else "")))

    def run_in_changeset(self, request: Request, act: Callable[[], HttpResponse]) -> HttpResponse:
        """Return what `act` answers, which is one change:
        one transaction, one change set, by whom and why.

        The answer names the change set also where nothing at the desk changed,
        so that there is nothing in it.
        """
        checked = request.headers.get(CLOCK_CHECKED) == "yes"
        who, why = request.user.pk, self.why(request)
        with changeset(
            made_by=who, reason=why, channel=Channel.API, clock_checked=checked
        ) as context:

            def make() -> HttpResponse:
                response = act()
                response.headers["Change-Set"] = str(context.id)
                return response

            return answered_once(request, make)

    def handle_exception(self, exc: Exception) -> Any:
        """Answer what services and the database refuse."""
        if isinstance(exc, MovedRecordError):
            return redirect(self.request, str(exc))
        return response_to(exc) or super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep every answer out of every cache."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final.headers["Cache-Control"], final.headers["Vary"] = "no-store", "Authorization, Cookie"
        if not final.content:
            del final.headers["Content-Type"]
        return final


class MovedRecordError(Exception):
    """The same is to be found at another address."""


def missing(noun: Noun, key: str | int) -> Http404:
    """Return what to raise for a record that there is none of at the desk."""
    return Http404(f"There is no {noun} “{key}” at the desk.")


def desk_page(results: Iterable[bytes], following: str | None, count: int | None) -> HttpResponse:
    """Return a page of the desk's, which is of no edition."""
    response = json_response(page_body(b"", results, following, count))
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
