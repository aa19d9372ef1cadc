"""A sentence at the foot of the window, with an Undo button where the change can be taken back."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse


def toast(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Shown on the next full page; Undo posts to undo_url."""
    messages.success(request, text, extra_tags=f"undo:{undo_url}" if undo_url else "")


def toast_now(response: HttpResponse, text: str, *, undo_url: str = "") -> HttpResponse:
    """Shown by an htmx answer without a new page."""
    response["HX-Trigger"] = json.dumps({"toast": {"text": str(text), "undo": undo_url}})
    return response
