import datetime as dt

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.commands import call_list as commands
from hiring.models import CallEntry, CallList, Candidacy, SearchTier, Vacancy
from tests.cast import make_user
from tests.hiring.calling import make_list
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def add(actor, vacancy, *rows) -> int:
    return commands.add_to_call_list(
        actor=actor, vacancy_id=vacancy.pk, candidacy_ids=[row.pk for row in rows]
    )


def test_people_are_put_on_once_in_the_order_of_tiers_and_freshness(cast):
    vacancy = make_vacancy()
    near, far = (
        SearchTier.objects.create(vacancy=vacancy, kind=kind, position=place)
        for place, kind in enumerate(("own_market", "everyone"))
    )
    distant = make_candidacy(vacancy, tier=far)
    old = make_candidacy(vacancy, tier=near, created_at=timezone.now() - dt.timedelta(days=9))
    new = make_candidacy(vacancy, tier=near)
    assert add(cast.rita, vacancy, distant, old, new) == 3
    assert add(cast.rita, vacancy, distant, new) == 0
    rows = CallEntry.objects.order_by("order").values_list("candidacy", flat=True)
    assert list(rows) == [new.pk, old.pk, distant.pk]


def test_all_or_none_and_only_of_this_vacancy(cast):
    vacancy, other = make_vacancy(), make_vacancy()
    mine, foreign = make_candidacy(vacancy), make_candidacy(other)
    for rows in ((mine, foreign), ()):
        with pytest.raises(Candidacy.DoesNotExist):
            add(cast.rita, vacancy, *rows)
    for user in (cast.dora, cast.ivan, cast.karl):
        with pytest.raises(Vacancy.DoesNotExist):
            add(user, vacancy, mine)
    assert not CallEntry.objects.exists()


def test_script_and_rules_are_changed_with_a_second_editor_in_mind(cast):
    vacancy = make_vacancy()
    made = commands.edit_call_list(
        actor=cast.rita, vacancy_id=vacancy.pk, version=1, script="Hello {name}", quiet_from=21
    )
    assert (made.script, made.quiet_from, made.version) == ("Hello {name}", 21, 2)
    with pytest.raises(commands.Conflict):
        commands.edit_call_list(
            actor=cast.rita, vacancy_id=vacancy.pk, version=1, script="Good day"
        )
    for wrong in ({"most_attempts": 0}, {"hours_between": 0}, {"quiet_to": 25}):
        with pytest.raises(RuleBroken):
            commands.edit_call_list(actor=cast.rita, vacancy_id=vacancy.pk, version=2, **wrong)
    assert CallList.objects.get().script == "Hello {name}"


def test_taken_off_unless_a_colleague_is_talking(cast):
    make_list(cast.rita, 1)
    entry = CallEntry.objects.get()
    CallEntry.objects.update(
        held_by=make_user("Rolf", "recruiter"),
        held_until=timezone.now() + dt.timedelta(minutes=5),
    )
    with pytest.raises(RuleBroken):
        commands.take_off_call_list(actor=cast.rita, entry_id=entry.pk)
    CallEntry.objects.update(held_by=None)
    commands.take_off_call_list(actor=cast.rita, entry_id=entry.pk)
    assert not CallEntry.objects.exists()
