import json

import pytest

from accounts.models import ContactRole
from common.starting_set import install

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_brought_in_its_place_and_what_is_there_keeps_its_words(tmp_path):
    path = tmp_path / "roles.json"
    rows = [{"code": code, "names": {"en": code.title()}} for code in ("buyer", "head", "user")]
    path.write_text(json.dumps(rows), encoding="utf-8")
    ContactRole.objects.create(code="head", names={"en": "The boss"})
    assert install(ContactRole, path) == 2
    assert install(ContactRole, path) == 0
    found = {row.code: (row.position, row.names["en"]) for row in ContactRole.objects.all()}
    assert found == {"buyer": (0, "Buyer"), "head": (0, "The boss"), "user": (2, "User")}
