import pytest

from accounts.commands import care
from accounts.models import CareSettings
from accounts.queries.care import flat
from common.editing import Conflict, opened, sealed
from common.errors import RuleBroken
from people.models import Event
from people.verbs import sentence

pytestmark = pytest.mark.django_db


def seen() -> dict:
    return opened(sealed(flat(CareSettings.current())))


def save(actor, **values):
    return care.set_care_settings(actor=actor, **{"seen": seen()} | values)


def test_figures_are_saved_recorded_once_and_put_back(cast):
    event = save(cast.dora, key_grade=3, pulse_days=[10])
    assert save(cast.dora, key_grade=3) is None
    row = CareSettings.objects.get()
    assert (row.key_grade, row.pulse_days) == (3, [10])
    assert event.data["changes"] == {"key_grade": [2, 3], "pulse_days": [[30, 90], [10]]}
    assert "Grade a key account asks for" in sentence(event.verb, event.data)
    care.undo_care_settings(actor=cast.dora, event_id=event.pk)
    row.refresh_from_db()
    assert (row.key_grade, row.pulse_days) == (2, [30, 90])
    with pytest.raises(RuleBroken, match="changed again since"):
        care.undo_care_settings(actor=cast.dora, event_id=event.pk)


def test_whoever_saves_second_is_told(cast):
    mine = seen()
    save(cast.dora, control_days=30)
    with pytest.raises(Conflict):
        save(cast.dora, seen=mine, control_days=40)
    with pytest.raises(Conflict):
        save(cast.dora, seen={}, control_days=40)
    assert CareSettings.current().control_days == 30


@pytest.mark.parametrize("name", ["karl", "lena", "anna", "rita", "ivan", "adam", "sam"])
def test_only_directors_change_them(cast, name):
    with pytest.raises(RuleBroken):
        save(getattr(cast, name), key_grade=1)
    assert not Event.objects.exists()


def test_what_cannot_be_is_refused_beside_what_stands(cast):
    with pytest.raises(RuleBroken):
        save(cast.dora, watch_days=20)
    with pytest.raises(TypeError):
        save(cast.dora, colour="red")
    assert not Event.objects.exists()
