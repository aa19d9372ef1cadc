"""The public form and the candidate's own page on a phone, with script and without."""

import pytest

from hiring.commands.link import make_link
from hiring.models import Answer, Candidacy, Consent, Draft
from hiring.views import application as views
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_question, make_vacancy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vacancy(monkeypatch):
    make_cast()
    monkeypatch.setattr(views, "TOO_FAST", -1)
    made = make_vacancy("Key account manager", city="Omsk")
    english = make_question(made, label="Do you speak English?", is_required=True)
    make_question(
        made, "choice", label="How well?", shown_if=english, shown_if_value="yes",
        options=[{"code": "o1", "names": {"en": "B2"}}, {"code": "o2", "names": {"en": "C1"}}],
    )  # fmt: skip
    return made


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_typed_on_a_phone_kept_and_sent(open_page, vacancy):
    page = open_page(f"/jobs/{vacancy.slug}/apply/", size=PHONE)
    assert fits(page)
    assert not page.get_by_text("How well?").is_visible()
    page.get_by_label("Your name").fill("Ольга Ким")
    page.get_by_text("Yes", exact=True).click()
    assert page.get_by_text("How well?").is_visible()
    page.get_by_text("C1").click()
    page.get_by_text("Kept on this device").wait_for()
    page.reload()
    assert page.get_by_label("Your name").input_value() == "Ольга Ким"
    assert page.get_by_label("C1").is_checked()
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("alert").get_by_text("Write an e-mail address").wait_for()
    page.locator("#id_email").fill("olga@example.org")
    page.locator("#id_consent_vacancy").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Candidacy.objects.get().candidate.name == "Ольга Ким"
    assert set(Answer.objects.values_list("question__kind", flat=True)) == {"yes_no", "choice"}
    assert Consent.objects.get().text.purpose == "vacancy"


def test_the_whole_way_without_script(open_page, vacancy, tmp_path):
    cv = tmp_path / "cv.txt"
    cv.write_text("Sold to large customers.")
    page = open_page(f"/jobs/{vacancy.slug}/apply/", size=PHONE, java_script_enabled=False)
    page.get_by_label("Your name").fill("Olga Kim")
    page.get_by_label("CV").set_input_files(cv)
    page.get_by_label("No", exact=True).check()
    assert page.get_by_text("Only if you answered").is_visible()
    page.get_by_role("button", name="Send the application").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_text("cv.txt").is_visible()
    assert page.get_by_label("Your name").input_value() == "Olga Kim"
    page.locator("#id_email").fill("olga@example.org")
    page.locator("#id_consent_vacancy").check()
    page.get_by_role("button", name="Send the application").click()
    assert page.get_by_role("heading", name="Thank you").is_visible()
    assert Candidacy.objects.get().candidate.files.get().name == "cv.txt"
    assert Draft.objects.get().values == {}


def test_the_own_page_on_a_phone(open_page, vacancy):
    candidate = make_candidate("Olga Kim", language="en")
    add_reach(candidate, "olga@example.org")
    candidacy = make_candidacy(vacancy, candidate, stage="form")
    page = open_page(f"/c/{make_link(candidate).token}/", size=PHONE)
    assert fits(page) and page.get_by_text("We are reading it").is_visible()
    page.get_by_label("City").fill("Tomsk")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Your details are corrected.").wait_for()
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_role("button", name="Yes, withdraw").click()
    page.get_by_text("You have withdrawn. Thank you").wait_for()
    candidacy.refresh_from_db()
    candidate.refresh_from_db()
    assert (candidacy.state, candidate.city) == ("withdrawn", "Tomsk")
