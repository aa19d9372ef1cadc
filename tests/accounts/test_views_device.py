"""The service worker and the manifest, which anybody may read."""

import json

import pytest
from django.contrib.staticfiles import finders

from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content.startswith(b'const BUILD = "')


def test_the_manifest_makes_an_app_with_icons_that_exist(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"].startswith("application/manifest+json")
    told = json.loads(answer.content)
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_pages_name_the_manifest_and_may_use_it(client):
    page = client.get("/sign-in/")
    assert b'rel="manifest"' in page.content
    policy = page["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy and "worker-src 'self'" in policy
