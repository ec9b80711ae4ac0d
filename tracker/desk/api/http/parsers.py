"""Bodies as they come: strict JSON, or a file, kept on disk while it is looked at;
and how large they may be.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters
from rest_framework.parsers import BaseParser, DataAndFiles, JSONParser
from rest_framework.request import Request

from tracker.desk.api.http.exceptions import RequestRefusedError
from tracker.public.formats.json import NotJsonError, read_json
from tracker.values.problems import InvalidError, Problem

LARGEST_BODY = 1_000_000  # bytes
TOO_BIG = "Nothing was done: the body has more than 1 MB. Send less at a time, or import a file."
NO_LENGTH = (
    "Nothing was done: the body comes without “Content-Length”. Send it whole, not in chunks."
)
NOT_PLAIN = (
    "Nothing was done: the body is compressed. Send it as it is, without “Content-Encoding”."
)
NOT_UTF_8 = "Nothing was done: the body is to be JSON in UTF-8; “Content-Type” says otherwise."
PIECE = 1 << 20
FIELD = "file"
UNNAMED = "unnamed"  # since a file must have a name here


def not_taken(why: str, code: str = "invalid") -> InvalidError:
    """Return what to raise for a body that can't be read."""
    return InvalidError([Problem(code, "{why}", params={"why": why})])


class StrictJSON(JSONParser):
    """JSON, but nothing that is lost in silence or can't be kept:
    no key twice, no NaN, no half of a character.
    """

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the value; raise InvalidError."""
        try:
            return read_json(stream.read().decode())
        except UnicodeDecodeError:
            raise not_taken("the body is no UTF-8") from None
        except NotJsonError as error:
            raise not_taken(f"the body is no JSON that can be taken: {error}") from None


class AnyFile(BaseParser):
    """The body is the file; its name is that in `Content-Disposition`."""

    media_type = "*/*"

    def parse(
        self, stream: IO[Any], media_type: Any = None, parser_context: Any = None
    ) -> "DataAndFiles[Any, Any]":
        """Return the file as a form would have it."""
        headers = (parser_context or {})["request"].headers
        _, named = parse_header_parameters(headers.get("Content-Disposition", ""))
        file = TemporaryFile()  # noqa: SIM115 - whoever receives it closes it
        while piece := stream.read(PIECE):
            file.write(piece)
        sent = UploadedFile(file, name=named.get("filename") or UNNAMED, size=file.tell())
        return DataAndFiles(QueryDict(), cast(Any, MultiValueDict({FIELD: [sent]})))


class Received(NamedTuple):
    """A file that came: its name, if it has one, and itself."""

    name: str
    file: Any

    def digest(self) -> bytes:
        """Return what stands for it: the same for the same one."""
        digest = sha256(self.name.encode())
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            digest.update(piece)
        self.file.seek(0)
        return digest.digest()


@contextmanager
def received(request: Request) -> Iterator[Received]:
    """Yield the one file of a request, which is closed in the end.

    Raise InvalidError if there is none, or more is sent.
    """
    others = [name for name in request.data if name not in request.FILES]
    files = [(name, file) for name, many in request.FILES.lists() for file in many]
    with ExitStack() as stack:
        for _, file in files:
            stack.callback(file.close)
        if others or [name for name, _ in files] != [FIELD]:
            says = f"there is no field {others[0]}" if others else f"there are {len(files)} files"
            raise not_taken(f"{says}; send one file, as “{FIELD}”")
        ((_, sent),) = files
        if not sent.size:
            raise not_taken("the file is empty", "required")
        yield Received("" if sent.name == UNNAMED else str(sent.name), sent.file)


def media_type(request: Request) -> str:
    return str(request.content_type).partition(";")[0].strip().lower()


def check_body(request: Request) -> None:
    """Raise RefusedError if a body is too big, or comes in a way in which it isn't read;
    nothing of it is read here.
    """
    check_length(request, LARGEST_BODY, TOO_BIG)
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise RequestRefusedError(415, NOT_UTF_8)


def check_length(request: Request, largest: int, too_big: str) -> None:
    """Raise RefusedError if a body is larger, or comes in pieces or compressed."""
    headers = request.headers
    if headers.get("Transfer-Encoding") and not headers.get("Content-Length"):
        raise RequestRefusedError(411, NO_LENGTH)
    length = headers.get("Content-Length") or "0"
    if len(length) > len(str(largest)) or int(length) > largest:
        raise RequestRefusedError(413, too_big)
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise RequestRefusedError(415, NOT_PLAIN)
