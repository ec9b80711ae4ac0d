"""Files as bodies of requests: the body itself, or one field of a form; kept on disk while they are looked at."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters
from rest_framework.parsers import BaseParser, DataAndFiles
from rest_framework.request import Request

from tracker.values.problems import Invalid, Problem

PIECE = 1 << 20
FIELD = "file"
UNNAMED = "unnamed"  # since a file must have a name here


class AnyFile(BaseParser):
    """The body is the file; its name is that in `Content-Disposition`."""

    media_type = "*/*"

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> "DataAndFiles[Any, Any]":
        """Return the file as a form would have it."""
        _, said = parse_header_parameters((parser_context or {})["request"].headers.get("Content-Disposition", ""))
        file = TemporaryFile()  # noqa: SIM115 - whoever receives it closes it
        while piece := stream.read(PIECE):
            file.write(piece)
        sent = UploadedFile(file, name=said.get("filename") or UNNAMED, size=file.tell())
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
    """Yield the one file of a request, which is closed in the end; raise Invalid if there is none, or more is sent."""
    others = [name for name in request.data if name not in request.FILES]
    files = [(name, file) for name, many in request.FILES.lists() for file in many]
    with ExitStack() as stack:
        for _, file in files:
            stack.callback(file.close)
        if others or [name for name, _ in files] != [FIELD]:
            says = f"there is no field {others[0]}" if others else f"there are {len(files)} files"
            raise _refused("invalid", f"{says}; send one file, as “{FIELD}”")
        ((_, sent),) = files
        if not sent.size:
            raise _refused("required", "the file is empty")
        yield Received("" if sent.name == UNNAMED else str(sent.name), sent.file)


def media_type(request: Request) -> str:
    """Return as what a body comes."""
    return str(request.content_type).partition(";")[0].strip().lower()


def _refused(code: str, says: str) -> Invalid:
    return Invalid([Problem(code, "{says}", params={"says": says})])
