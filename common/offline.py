"""What the installed app needs without a connection: one list, and one digest that names it.

The service worker keeps exactly these files and the page /log/shell/, which holds nobody's data
(docs/decisions/0017). Pages and their content are never kept.
"""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.templatetags.static import static

STYLES = (
    "vendor/bootstrap/bootstrap.min.css", "css/tokens.css", "css/base.css", "css/forms.css",
    "css/shell.css", "css/overlays.css", "css/marks.css", "css/cards.css", "css/tables.css",
    "css/charts.css", "css/print.css", "css/log.css",
)  # fmt: skip
SHARED_SCRIPTS = ("js/log-store.js", "js/log-send.js")  # the worker runs them too
PAGE_SCRIPTS = (
    "js/boot.js", "js/sign-out.js", "js/log-device.js", "js/log-data.js", "js/log-people.js",
    "js/log-step.js", "js/log-form.js", "js/log-outbox.js", "js/log-after.js", "js/log-page.js",
)  # fmt: skip
FONTS = tuple(
    f"vendor/inter/inter-{script}.woff2"
    for script in ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
)
PICTURES = ("icons.svg", "favicon.svg", "app/icon-192.png")
ASSETS = (*STYLES, *SHARED_SCRIPTS, *PAGE_SCRIPTS, *FONTS, *PICTURES)
TEMPLATES = (
    "accounts/log_page.html", "accounts/_log_words.html", "accounts/_log_step.html",
    "accounts/_log_more.html", "accounts/_log_sheets.html", "shell/_device.html",
    "shell/_head.html",
)  # fmt: skip
WORKER = "js/sw.js"


def _bytes_of(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    with open(path, "rb") as file:
        return file.read()


def build() -> str:
    """Changes with any file the app is made of, so that devices fetch it anew."""
    return _build() if settings.DEBUG else _kept_build()


def _build() -> str:
    digest = hashlib.sha256()
    for name in (*ASSETS, WORKER):
        digest.update(_bytes_of(name))
    for name in TEMPLATES:
        digest.update(get_template(name).template.source.encode())
    return digest.hexdigest()[:16]


_kept_build = cache(_build)


def worker_source() -> str:
    """The service worker with what it must know written above it."""
    known = {
        "BUILD": build(),
        "ASSETS": [static(name) for name in ASSETS],
        "SHARED": [static(name) for name in SHARED_SCRIPTS],
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in known.items()]
    return "\n".join([*lines, _bytes_of(WORKER).decode()])
