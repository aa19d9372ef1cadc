import datetime as dt
import uuid

import pytest
from django.core import mail as outbox
from django.utils import timezone

from common.errors import RuleBroken
from hiring import jobs
from hiring.choices import LetterState
from hiring.commands import letter as letters
from hiring.commands import letter_many as commands
from hiring.models import Candidacy, Candidate, Letter, LetterTemplate, OffLimits
from hiring.queries.letters import batch
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    letters.install_letters()
    vacancy, found = make_vacancy("KAM"), []
    for language in ("en", "ru", "es"):
        candidate = make_candidate(language=language)
        add_reach(candidate, f"{language}@example.org")
        found.append(make_candidacy(vacancy, candidate))
    return found


def write(cast, rows, **given) -> int:
    given = {"template": LetterTemplate.objects.get(code="approach"), **given}
    return commands.write_many(
        actor=cast.rita, key=given.pop("key", uuid.uuid4()),
        candidacy_ids=[row.pk for row in rows], **given,
    )  # fmt: skip


def test_each_gets_their_language_and_they_go_one_after_the_other(cast, rows, run_jobs):
    key = uuid.uuid4()
    assert write(cast, rows, key=key) == 3
    assert set(Letter.objects.values_list("language", flat=True)) == {"en", "ru", "es"}
    times = sorted(Letter.objects.values_list("send_at", flat=True))
    assert times[0] > timezone.now() + dt.timedelta(seconds=30) and times[0] < times[1] < times[2]
    Letter.objects.update(send_at=timezone.now())
    jobs.letters_tick()
    run_jobs()
    assert len(outbox.outbox) == 3
    assert batch(cast.rita, key).sent == 3


def test_pressed_twice_it_is_written_once(cast, rows):
    key = uuid.uuid4()
    assert write(cast, rows, key=key) == write(cast, rows, key=key) == 3
    assert Letter.objects.count() == 3


def test_who_is_skipped_is_kept_with_the_reason(cast, rows):
    Candidate.objects.filter(pk=rows[0].candidate_id).update(wants_no_letters=timezone.now())
    rows[1].candidate.reaches.update(is_wrong=True)
    OffLimits.objects.create(kind="partner", name="Baltik", plain_names=["baltik"], reason="x")
    Candidate.objects.filter(pk=rows[2].candidate_id).update(plain_employer="baltik")
    key = uuid.uuid4()
    assert write(cast, rows, key=key, template=None, subject="Hello", body="{name}") == 0
    found = batch(cast.rita, key)
    assert (found.stopped, len(found.reasons)) == (3, 3)


def test_what_has_not_gone_is_stopped_as_a_whole(cast, rows, run_jobs):
    key = uuid.uuid4()
    write(cast, rows, key=key)
    first = Letter.objects.order_by("send_at").first()
    Letter.objects.filter(pk=first.pk).update(send_at=timezone.now())
    jobs.letters_tick()
    run_jobs()
    assert commands.stop_many(actor=cast.rita, key=key) == 2
    Letter.objects.update(send_at=timezone.now())
    jobs.letters_tick()
    run_jobs()
    assert len(outbox.outbox) == 1
    with pytest.raises(Letter.DoesNotExist):
        commands.stop_many(actor=cast.rita, key=uuid.uuid4())
    with pytest.raises(Letter.DoesNotExist):
        commands.stop_many(actor=cast.karl, key=key)


def test_all_or_none_and_only_whom_one_may_write_to(cast, rows):
    for user in (cast.dora, cast.ivan, cast.karl):
        with pytest.raises(Candidacy.DoesNotExist):
            commands.targets(actor=user, candidacy_ids=[rows[0].pk])
    with pytest.raises(Candidate.DoesNotExist):
        commands.targets(actor=cast.rita, candidate_ids=[rows[0].candidate_id, 999_999])
    with pytest.raises(RuleBroken):
        write(cast, [])
    with pytest.raises(RuleBroken):
        write(cast, rows, template=None, subject="a", body="{salary}")
    assert not Letter.objects.exists()


def test_somebody_named_twice_gets_one(cast, rows):
    both = commands.targets(
        actor=cast.rita, candidacy_ids=[rows[0].pk], candidate_ids=[rows[0].candidate_id]
    )
    assert both == [(rows[0].candidate, rows[0])]


def test_300_cost_no_more_queries_than_three(cast, rows, django_assert_max_num_queries):
    for number in range(60):
        candidate = make_candidate()
        add_reach(candidate, f"p{number}@example.org")
        rows.append(make_candidacy(rows[0].vacancy, candidate))
    with django_assert_max_num_queries(20):
        write(cast, rows)
    assert Letter.objects.filter(state=LetterState.QUEUED).count() == 63
