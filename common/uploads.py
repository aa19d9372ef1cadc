"""Uploads go to disk as they arrive and stop the moment they are too large."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

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
