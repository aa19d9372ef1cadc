"""/kpi/plans/import/ and its template."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpi.models import PlanVersion
from tests.cast import make_cast, signed_in, without_tokens

pytestmark = pytest.mark.django_db
URL = reverse("kpi:plan_import")


@pytest.fixture
def cast():
    return make_cast()


def bring(user, text):
    file = SimpleUploadedFile("plan.csv", text.encode())
    return signed_in(user).post(URL, {"file": file})


def test_a_good_file_leads_to_its_draft(cast):
    answer = bring(cast.dora, "manager,month,value\nKarl,2027-01,100\n")
    assert answer["Location"] == reverse("kpi:plan_edit", args=[2027])


def test_rows_to_mend_are_listed_with_what_to_do(cast):
    answer = bring(cast.dora, "manager,month,value\nKarl,2027-01,100\nOtto,2027-01,<b>7\n")
    text = without_tokens(answer)
    assert answer.status_code == 422
    assert "1 row of 2 must be mended first" in text
    assert "&lt;b&gt;7" in text
    assert "This is not a number" in text
    assert not PlanVersion.objects.exists()


def test_a_hostile_file_is_refused_in_words(cast):
    answer = bring(cast.dora, "%PDF-1.7")
    assert answer.status_code == 422
    assert "This is a PDF" in answer.content.decode()


def test_the_template_names_everybody_who_sells(cast):
    answer = signed_in(cast.dora).get(reverse("kpi:plan_template", args=["csv"]))
    lines = answer.getvalue().decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Karl", "Kim", "Lena"]
    assert signed_in(cast.dora).get(reverse("kpi:plan_template", args=["pdf"])).status_code == 404


def test_managers_have_no_such_page(cast):
    assert signed_in(cast.karl).get(URL).status_code == 404
    assert bring(cast.lena, "x").status_code == 404
