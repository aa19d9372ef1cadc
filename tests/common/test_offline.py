import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from common import offline
from tests.cast import make_account, make_cast


def test_every_file_of_the_app_exists():
    assert not [name for name in (*offline.ASSETS, offline.WORKER) if not finders.find(name)]


@pytest.mark.django_db
def test_the_app_keeps_every_file_its_page_names(reader):
    cast = make_cast()
    make_account(owner=cast.karl)
    page = reader(cast.karl).get("/log/").content.decode()
    named = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    not_needed = {"app/touch-180.png"}
    assert named - not_needed <= set(offline.ASSETS)


def test_fonts_of_the_stylesheets_are_kept():
    styles = Path(finders.find("css/base.css")).read_text()
    fonts = {f"vendor/{name}" for name in re.findall(r'url\("\.\./vendor/([^"]+)"\)', styles)}
    assert fonts == set(offline.FONTS)


def test_the_build_changes_with_any_file(monkeypatch):
    before = offline._build()
    read = offline._bytes_of
    changed = lambda name: read(name) + (b" " if name == "js/log-send.js" else b"")  # noqa: E731
    monkeypatch.setattr(offline, "_bytes_of", changed)
    assert offline._build() != before


def test_the_worker_knows_its_build_and_files():
    source = offline.worker_source()
    assert f'const BUILD = "{offline.build()}";' in source
    assert '"/static/js/log-page.js"' in source and "importScripts" in source


def test_what_cannot_be_found_is_no_quiet_gap():
    with pytest.raises(FileNotFoundError):
        offline._bytes_of("js/nowhere.js")
