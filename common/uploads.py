"""Uploads go to disk as they arrive and stop the moment they are too large."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

# Fields and boundaries around the file itself.
ENVELOPE = 1024 * 1024


class UploadTooBig(RequestDataTooBig):
    """More bytes than settings.UPLOAD_MAX_BYTES; answered with 413."""


class LimitedUploadHandler(TemporaryFileUploadHandler):
    @property
    def most(self) -> int:
        return settings.UPLOAD_MAX_BYTES

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.received = 0
        if content_length > self.most + ENVELOPE:
            raise UploadTooBig

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > self.most:
            self.file.close()
            raise UploadTooBig
        super().receive_data_chunk(raw_data, start)


class PaperUploadHandler(LimitedUploadHandler):
    """For forms that strangers send: five papers of ten megabytes and no more."""

    most = 50 * 1024 * 1024


def paper_uploads(view: Callable) -> Callable:
    """A view of strangers' papers; its form is read, and so checked, once the handler is set."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.upload_handlers = [PaperUploadHandler(request)]
        return checked(request, *args, **kwargs)

    return limited
