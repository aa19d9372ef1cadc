import pytest
from django.http import Http404
from django.test import RequestFactory

from hiring.views.candidate_access import posted_ids


def posted(*ids):
    return RequestFactory().post("/", {"ids": list(ids)})


def test_ids_come_ticked_or_in_one_field_and_once():
    assert posted_ids(posted("1", "2", "1")) == [1, 2]
    assert posted_ids(posted("1,2,3"), most=2) == [1, 2, 3]  # one more tells that it is too many


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "9" * 30])
def test_anything_else_is_nobody(text):
    with pytest.raises(Http404):
        posted_ids(posted(text))
