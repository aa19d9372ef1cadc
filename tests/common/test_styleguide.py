import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from common.styleguide import styleguide_page


def page(language="en", query=""):
    request = RequestFactory().get(f"/styleguide/{query}")
    request.user, request.company, request.session = AnonymousUser(), None, {}
    request._messages = FallbackStorage(request)
    with translation.override(language):
        return styleguide_page(request).content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "es", "it"])
def test_no_component_needs_an_exception_from_the_content_security_policy(language):
    html = page(language)
    assert not re.findall(r"<[^>]+\sstyle=", html)
    assert not re.findall(r"<[^>]+\son[a-z]+=", html)
    assert "<style" not in html
    scripts = re.findall(r"<script[^>]*>", html)
    assert scripts
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)


def test_every_id_stands_once_and_every_label_finds_its_field():
    html = page()
    ids = re.findall(r'\sid="([^"]+)"', html)
    forms = [i for i in ids if i.startswith(("id_", "div_id_"))]  # the sample form stands twice
    assert sorted(set(ids) - set(forms)) == sorted(i for i in ids if i not in forms)
    referred = re.findall(r'(?:aria-labelledby|aria-controls|for)="([^"]+)"', html)
    assert set(referred) <= set(ids)


def test_a_toast_with_undo_posts_to_its_address():
    assert re.search(r'<form method="post" action="/undo/">', page(query="?toast=1"))


@pytest.mark.parametrize(
    "path", sorted(p.name for p in (settings.BASE_DIR / "templates/components").glob("*.html"))
)
def test_a_component_opens_with_its_context(path):
    source = (settings.BASE_DIR / "templates/components" / path).read_text()
    assert source.startswith("{# Context:")
    get_template(f"components/{path}")
