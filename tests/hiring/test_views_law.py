import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone

from hiring.commands.access import note_access
from hiring.commands.erasure import ask_erasure
from hiring.models import Candidate, CandidateAccess, Erasure, LegalHold
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast):
    return make_candidate("Ada Ferrante")


def text(response) -> str:
    return response.content.decode()


def test_a_recruiter_asks_a_director_confirms_and_the_act_stands(cast, ada, reader, run_jobs):
    rita, dora = reader(cast.rita), reader(cast.dora)
    rita.post(f"/hiring/candidates/{ada.pk}/erase/")
    row = Erasure.objects.get()
    page = text(rita.get("/hiring/data/"))
    assert "Ada Ferrante" in page
    assert "You asked; somebody else confirms" in page
    rita.post(f"/hiring/data/erasures/{row.pk}/confirm/")
    assert not Erasure.objects.filter(confirmed_at__isnull=False).exists()
    shown = text(dora.get("/hiring/data/"))
    assert "Ada Ferrante" not in shown
    assert "A candidate" in shown
    dora.post(f"/hiring/data/erasures/{row.pk}/confirm/")
    run_jobs()
    assert not Candidate.objects.exists()
    act = text(dora.get(f"/hiring/data/erasures/{row.pk}/"))
    assert row.reference in act
    assert "Ada" not in act


def test_a_wish_says_its_last_day_and_when_it_is_late(cast, ada, reader):
    row = ask_erasure(candidate_id=ada.pk)
    assert "their own wish" in text(reader(cast.rita).get("/hiring/data/"))
    Erasure.objects.update(asked_at=timezone.now() - dt.timedelta(days=31))
    assert "late since" in text(reader(cast.rita).get("/hiring/data/"))
    reader(cast.rita).post(f"/hiring/data/erasures/{row.pk}/refuse/")
    assert not Erasure.objects.exists()
    assert "Nobody has asked to be erased" in text(reader(cast.rita).get("/hiring/data/"))


def test_a_hold_is_set_shown_and_ended(cast, ada, reader):
    rita = reader(cast.rita)
    rita.post(f"/hiring/candidates/{ada.pk}/hold/", {"reason": "A dispute about the test task"})
    page = text(rita.get("/hiring/data/"))
    assert "A dispute about the test task" in page
    assert "A dispute" not in text(reader(cast.dora).get("/hiring/data/"))
    refused = rita.post(f"/hiring/candidates/{ada.pk}/erase/", follow=True)
    assert "The data is held" in text(refused)
    rita.post(f"/hiring/data/holds/{LegalHold.objects.get().pk}/end/")
    assert "data is held. A hold" in text(rita.get("/hiring/data/"))


@pytest.mark.parametrize("data", [{}, {"reason": "x", "until": "tomorrow"}, {"reason": " "}])
def test_a_hold_without_reason_or_with_a_wrong_day_changes_nothing(cast, ada, reader, data):
    answer = reader(cast.rita).post(f"/hiring/candidates/{ada.pk}/hold/", data, follow=True)
    assert "Say why the data has to be kept" in text(answer)
    assert not LegalHold.objects.exists()


def test_all_data_leaves_as_a_zip_and_is_noted(cast, ada, reader):
    answer = reader(cast.rita).get(f"/hiring/candidates/{ada.pk}/all-data.zip")
    assert answer["Content-Disposition"] == f'attachment; filename="candidate-{ada.pk}.zip"'
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == ["data.json"]
    assert CandidateAccess.objects.get().act == "exported"


def test_who_looked_is_filtered_and_counted(cast, ada, reader):
    eva = make_candidate("Eva Stern")
    note_access(actor=cast.ivan, candidate_id=ada.pk, act="viewed", purpose="card")
    note_access(actor=cast.rita, candidate_id=eva.pk, act="downloaded")
    rita = reader(cast.rita)
    assert "<b>2</b> people seen" in text(rita.get("/hiring/data/looks/"))
    narrowed = text(rita.get("/hiring/data/looks/", {"by": cast.ivan.pk}))
    assert "Ada Ferrante" in narrowed
    assert "Eva Stern" not in narrowed
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert "Nobody looked" in text(rita.get("/hiring/data/looks/", {"first": tomorrow}))
    assert rita.get("/hiring/data/looks/", {"first": "never", "by": "x"}).status_code == 200
    listed = b"".join(rita.get("/hiring/data/looks/export.csv", {"by": cast.ivan.pk}))
    assert b"Ada Ferrante" in listed
    assert b"Eva" not in listed


def test_a_director_sees_looks_at_shortlisted_people_only(cast, ada, reader):
    note_access(actor=cast.ivan, candidate_id=ada.pk, act="viewed")
    page = text(reader(cast.dora).get("/hiring/data/looks/"))
    assert "Ada Ferrante" not in page
    assert "<b>0</b> people seen" in page


def test_queries_do_not_grow(cast, reader, django_assert_max_num_queries):
    client = reader(cast.rita)
    client.get("/hiring/data/")
    for _number in range(5):
        ask_erasure(candidate_id=make_candidate().pk)
        note_access(actor=cast.rita, candidate_id=make_candidate().pk, act="viewed")
    for page in ("/hiring/data/", "/hiring/data/looks/"):
        with django_assert_max_num_queries(15):
            client.get(page)
