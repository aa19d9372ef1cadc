"""Logs are JSON lines in UTC: which request, which user's number, what happened. Nothing personal.

Addresses, names and bodies never get in: a request is named by its route, an exception by its
type and place. Messages of exceptions often quote the data, so only the machine's own are kept.
"""

import contextvars
import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from http.client import responses

current_request: contextvars.ContextVar = contextvars.ContextVar("current_request", default=None)

EXTRAS = ("status", "ms", "job", "import_id", "count", "command", "pid")
EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+")
REQUEST_LOGGERS = ("django.request", "django.security", "django.server")


def request_fields(request) -> dict:
    """What may be known about a request: its id, method, route (never the path) and user number."""
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "_cached_user", None)
    return {
        "request": getattr(request, "id", None),
        "method": request.method,
        "route": match.route if match else None,
        "user": user.pk if user is not None else None,
    }


def exception_fields(kind: type, error: BaseException, tb) -> dict:
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(tb)]
    fields = {"exception": f"{kind.__module__}.{kind.__qualname__}", "stack": frames[-30:]}
    if isinstance(error, OSError):
        fields["why"] = scrub(error.strerror or kind.__name__)
    if error.__cause__ is not None:
        fields["cause"] = type(error.__cause__).__qualname__
    return fields


def scrub(text: str) -> str:
    return EMAIL.sub("<address>", text)


class JSONLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
        }
        request = current_request.get()
        if request is not None:
            line.update(request_fields(request))
        line.update({key: getattr(record, key) for key in EXTRAS if hasattr(record, key)})
        if record.exc_info and record.exc_info[0]:
            line.update(exception_fields(*record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)

    @staticmethod
    def message(record: logging.LogRecord) -> str:
        if record.name.startswith(REQUEST_LOGGERS):  # their arguments are paths and hosts
            status = getattr(record, "status_code", None)
            return responses.get(status) or str(record.msg).partition("%s")[0].strip(" :")
        return scrub(record.getMessage())


class PlainLines(JSONLines):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        text = f"{record.levelname.lower()} {record.name}: {self.message(record)}"
        if record.exc_info and record.exc_info[0]:
            text += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()
        return text


def configuration(*, level: str, plain: bool) -> dict:
    """The LOGGING setting. `plain` is for development: readable, with messages of exceptions."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": PlainLines if plain else JSONLines}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "lines"}
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": True},
            # Each sweep and tick would be a line; jobs tell their own story in their rows.
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},  # folders as a broker have no host name
            "django.request": {"level": "ERROR"},  # the line "answered" has the status
        },
    }
