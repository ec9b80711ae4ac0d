"""The limit to what is uploaded: a larger request is read to its end and its file passed over, so that the page can
say so; a connection cut off could not."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from tracker.services.uploads import MOST_BYTES

FRAME = 100_000  # what a form sends beside its file, at most


class Limit(FileUploadHandler):
    """Passes over files of requests that are too large."""

    is_too_large = False

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:
        """Look at how much is coming."""
        self.is_too_large = content_length > MOST_BYTES + FRAME

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over a file, and let the request tell of it."""
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            vars(self.request)["_file_is_too_large"] = True
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the file to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def was_too_large(request: HttpRequest) -> bool:
    """Say whether a request had a file that was passed over."""
    return "_file_is_too_large" in vars(request)
