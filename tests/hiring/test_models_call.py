import uuid

import pytest
from django.db import IntegrityError, transaction

from hiring.models import Call, CallEntry, CallList
from tests.hiring.calling import make_list, say
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def test_a_vacancy_has_one_list_and_a_candidacy_one_place(cast):
    row = make_list(cast.rita, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallList.objects.create(vacancy=row.vacancy)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallEntry.objects.create(list=row, candidacy=CallEntry.objects.get().candidacy)


def test_a_call_is_kept_once_by_its_key(cast):
    make_list(cast.rita, 1)
    key = uuid.uuid4()
    call = say(cast.rita, CallEntry.objects.get(), "no_answer", key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(key=key, candidate=call.candidate, outcome="agreed")


def test_places_are_for_recruiters_and_lists_for_who_hires(cast):
    make_list(cast.rita, 1)
    assert CallEntry.objects.visible_to(cast.rita).count() == 1
    assert CallList.objects.visible_to(cast.dora).count() == 1
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam, cast.sam):
        assert not CallEntry.objects.visible_to(user).exists()


def test_a_call_outlives_its_place_in_the_list(cast):
    make_list(cast.rita, 1)
    entry = CallEntry.objects.get()
    call = say(cast.rita, entry, "no_answer")
    entry.delete()
    call.refresh_from_db()
    assert call.entry is None and "no answer" in str(call)


def test_a_new_list_has_the_usual_rules(cast):
    row = CallList.objects.create(vacancy=make_vacancy())
    assert (row.most_attempts, row.hours_between, row.quiet_from, row.quiet_to) == (4, 6, 20, 9)
