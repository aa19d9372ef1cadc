"""The candidate's own page: opened by its link alone, harmless to open, each act a POST."""

import io
import re
import zipfile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hiring.commands import own as commands
from hiring.commands.consent import current_texts, give_consent
from hiring.commands.link import end_links, make_link
from hiring.models import (
    Candidacy,
    Candidate,
    CandidateAccess,
    Consent,
    DetailChange,
    Erasure,
    RejectReason,
)
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
ACTS = ("details", "email", "email/code", "consent/pool", "letters", "manager", "export", "erase")


@pytest.fixture
def candidacy(cast):
    candidate = make_candidate("Olga Kim", plain_name="olga kim", language="en")
    add_reach(candidate, "olga@example.org")
    return make_candidacy(
        make_vacancy("Big accounts"), candidate, stage="form", applied_at=timezone.now()
    )


@pytest.fixture
def base(candidacy):
    return f"/c/{make_link(candidacy.candidate).token}/"


def everything() -> list:
    """All rows an act could change."""
    tables = (Candidate, Candidacy, Consent, DetailChange, Erasure, CandidateAccess)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_opening_the_page_changes_nothing_however_often(
    client, base, django_assert_max_num_queries
):
    client.get(base)
    before = everything()
    for method in (client.get, client.head, client.options):
        for path in ("", *(f"{act}/" for act in ACTS)):
            method(base + path)
    assert everything() == before
    with django_assert_max_num_queries(30):
        assert client.get(base).status_code == 200


def test_the_page_is_neither_kept_nor_found_nor_told_on(client, base):
    answer = client.get(base)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not re.findall(r'(?:src|href)="https?://', answer.content.decode())


def test_links_wrong_expired_ended_or_of_others_all_look_the_same(client, candidacy):
    other = make_candidate()
    ended = make_link(other).token
    end_links(candidate_id=other.pk)
    letters = make_link(candidacy.candidate, purpose="letters").token
    tokens = ("x" * 43, ended, letters, make_link(candidacy.candidate).token[:-1] + "!")
    answers = [client.get(f"/c/{token}/") for token in tokens]
    assert {answer.status_code for answer in answers} == {404}
    assert len({len(answer.content) for answer in answers}) == 1
    for act in ACTS:
        assert client.post(f"/c/{'x' * 43}/{act}/").status_code == 404


def test_guessing_is_stopped_by_the_hour(client, base):
    for number in range(30):
        assert client.get(f"/c/{number:043d}/").status_code == 404
    assert client.get(base).status_code == 404
    assert Client(REMOTE_ADDR="198.51.100.7").get(base).status_code == 200


def test_acts_need_the_pages_own_form(base):
    strict = Client(enforce_csrf_checks=True)
    strict.get(base)
    for act in ACTS:
        assert strict.post(f"{base}{act}/").status_code == 403


def test_the_other_candidacys_number_in_the_address_is_nothing(client, base):
    other = make_candidacy(make_vacancy())
    assert client.post(f"{base}withdraw/{other.pk}/").status_code == 404
    other.refresh_from_db()
    assert other.state == "active"


def test_where_things_stand_in_kind_words_and_never_why_not(client, candidacy, base):
    reason = RejectReason.objects.create(code="x", names={"en": "SECRETREASON"})
    assert "We are reading it" in client.get(base).content.decode()
    fields = {"state": "rejected", "reject_reason": reason, "ended_at": timezone.now()}
    Candidacy.objects.filter(pk=candidacy.pk).update(**fields)
    assert "other candidates" not in client.get(base).content.decode()
    earlier = timezone.now() - 2 * commands.CODE_LIVES
    Candidacy.objects.filter(pk=candidacy.pk).update(ended_at=earlier)
    page = client.get(base).content.decode()
    assert "other candidates" in page and "SECRETREASON" not in page


def test_details_are_corrected_and_the_old_ones_go_after_thirty_days(client, candidacy, base):
    fields = {"name": "Olga Lee", "city": "Omsk", "phone": "+7 913 123-45-67"}
    assert client.post(f"{base}details/", fields).status_code == 302
    candidate = Candidate.objects.get(pk=candidacy.candidate_id)
    assert (candidate.name, candidate.city) == ("Olga Lee", "Omsk")
    assert commands.phone_of(candidate) and commands.email_of(candidate) == "olga@example.org"
    assert DetailChange.objects.get(field="name").old == "Olga Kim"
    now = timezone.now()
    assert commands.purge_corrections(now=now + commands.OLD_VALUES_LIVE * 0.99) == 0
    commands.purge_corrections(now=now + commands.OLD_VALUES_LIVE * 1.01)
    assert not DetailChange.objects.exists()


def test_a_wrong_number_is_said_and_nothing_changes(client, candidacy, base):
    answer = client.post(f"{base}details/", {"name": "Olga Lee", "phone": "12"})
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()
    assert Candidate.objects.get(pk=candidacy.candidate_id).name == "Olga Kim"


def test_a_new_address_is_taken_only_with_the_code_sent_to_it(client, candidacy, base, run_jobs):
    client.post(f"{base}email/", {"email": "olga@new.example"})
    run_jobs()
    letter = mail.outbox[-1]
    code = re.search(r"\b(\d{8})\b", letter.body)[1]
    assert letter.to == ["olga@new.example"] and code in letter.subject
    assert commands.email_of(candidacy.candidate) == "olga@example.org"
    assert client.post(f"{base}email/code/", {"code": "1"}).status_code == 200
    assert client.post(f"{base}email/code/", {"code": code}).status_code == 302
    assert commands.email_of(candidacy.candidate) == "olga@new.example"
    run_jobs()
    assert mail.outbox[-1].to == ["olga@example.org"]
    assert "olga@new.example" not in mail.outbox[-1].body


def test_five_wrong_codes_end_the_change(client, candidacy, base):
    client.post(f"{base}email/", {"email": "olga@new.example"})
    change = DetailChange.objects.get()
    wrong = "00000000" if commands.code_of(change) != "00000000" else "1"
    for _try in range(5):
        client.post(f"{base}email/code/", {"code": wrong})
    answer = client.post(f"{base}email/code/", {"code": commands.code_of(change)})
    assert answer.status_code == 200
    assert commands.email_of(candidacy.candidate) == "olga@example.org"


def test_three_codes_an_hour(client, base):
    codes = [client.post(f"{base}email/", {"email": "a@b.example"}).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 200]


def test_consents_are_given_and_withdrawn_one_by_one(client, candidacy, base):
    client.post(f"{base}consent/pool/", {"give": "1"})
    consent = Consent.objects.get()
    assert (consent.text.purpose, consent.channel) == ("pool", "link")
    client.post(f"{base}consent/pool/")
    consent.refresh_from_db()
    assert consent.withdrawn_at
    candidacy.refresh_from_db()
    assert candidacy.state == "active"
    assert client.post(f"{base}consent/anything/", {"give": "1"}).status_code == 404


def test_without_the_first_consent_the_application_ends(client, candidacy, base):
    text = current_texts("en")["vacancy"]
    give_consent(candidate_id=candidacy.candidate_id, text_id=text.pk, channel="form")
    client.post(f"{base}consent/vacancy/")
    candidacy.refresh_from_db()
    assert candidacy.state == "withdrawn"


def test_withdrawing_and_doing_it_twice(client, candidacy, base):
    for _again in range(2):
        assert client.post(f"{base}withdraw/{candidacy.pk}/").status_code == 302
    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.ended_by) == ("withdrawn", None)


def test_no_more_letters_or_calls(client, candidacy, base):
    client.post(f"{base}letters/", {"stop": "1"})
    client.post(f"{base}letters/", {"what": "calls", "stop": "1"})
    candidate = Candidate.objects.get(pk=candidacy.candidate_id)
    assert candidate.wants_no_letters and candidate.wants_no_calls
    client.post(f"{base}letters/")
    candidate.refresh_from_db()
    assert candidate.wants_no_letters is None


def test_all_data_in_one_archive_and_the_fetching_is_noted(client, base):
    answer = client.post(f"{base}export/")
    assert "data.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert answer["Content-Disposition"].startswith("attachment")
    assert CandidateAccess.objects.get().act == "self"


def test_the_wish_to_be_forgotten_is_noted_once(client, candidacy, base):
    for _again in range(2):
        assert client.post(f"{base}erase/").status_code == 302
    assert Erasure.objects.get().candidate == candidacy.candidate
    assert "You asked on" in client.get(base).content.decode()


def test_only_staff_are_asked_about_their_manager(client, candidacy, base, cast):
    assert client.post(f"{base}manager/", {"allow": "1"}).status_code == 200
    Candidate.objects.filter(pk=candidacy.candidate_id).update(user=cast.karl)
    client.post(f"{base}manager/", {"allow": "1"})
    assert Candidate.objects.get(pk=candidacy.candidate_id).manager_may_know


def test_the_page_speaks_the_candidates_language(client, candidacy, base):
    Candidate.objects.filter(pk=candidacy.candidate_id).update(language="it")
    assert '<html lang="it"' in client.get(base).content.decode()
    client.cookies["django_language"] = "es"
    assert '<html lang="es"' in client.get(base).content.decode()


def test_no_token_gets_into_a_log(client, base, caplog):
    caplog.set_level("DEBUG")
    client.get(base)
    client.get("/c/" + "y" * 43 + "/")
    from common.logs import JSONLines  # noqa: PLC0415

    lines = [JSONLines().format(record) for record in caplog.records]
    ours = [
        line for line in lines if '"logger": "kamhub' in line or '"logger": "django.req' in line
    ]
    assert ours and not any(base in line or "y" * 43 in line for line in ours)
    assert reverse("hiring:own_page", args=["z"]) == "/c/z/"
