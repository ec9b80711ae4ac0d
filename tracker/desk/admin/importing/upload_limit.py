"""The limit to what is uploaded: a larger request is read to its end and its file passed over, so that the page can
say so; a connection cut off could not."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from tracker.desk.imports import MOST_BYTES

FRAME = 100_000  # what a form sends beside its file, at most


class Limit(FileUploadHandler):
    """Passes over files of requests that are too large; `was_too_large` tells of it."""

    is_too_large = has_passed_over = False

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:
        self.is_too_large = content_length > MOST_BYTES + FRAME

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            self.has_passed_over = True
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def was_too_large(request: HttpRequest) -> bool:
    """Say whether a request had a file that was passed over."""
    return any(isinstance(handler, Limit) and handler.has_passed_over for handler in request.upload_handlers)
