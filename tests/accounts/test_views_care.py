import pytest

from accounts.models import CareSettings
from people.models import Event
from tests.gate import employ, make_key_account

pytestmark = pytest.mark.django_db
PAGE = "/care/settings/"


def filled(client) -> dict:
    page = client.get(PAGE)
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields} | {"seen": page.context["seen"]}


def test_all_figures_are_saved_on_one_page_and_taken_back_by_the_toast(cast, reader):
    client = reader(cast.dora)
    data = filled(client)
    assert client.post(PAGE, data).status_code == 302
    assert not Event.objects.exists()
    client.post(PAGE, data | {"hours_by_tier_A": "5.5", "pulse_days": "20; 60", "most_key": 4})
    row = CareSettings.current()
    assert (row.hours_by_tier["A"], row.pulse_days, row.most_key) == (5.5, [20, 60], 4)
    event = Event.objects.get(verb="care.changed")
    client.post(f"{PAGE}{event.pk}/undo/")
    row = CareSettings.current()
    assert (row.hours_by_tier["A"], row.pulse_days, row.most_key) == (4, [30, 90], 3)
    assert client.post(f"{PAGE}99999/undo/").status_code == 404


def test_who_saves_second_sees_both_and_may_insist(cast, reader):
    client = reader(cast.dora)
    mine = filled(client) | {"control_days": 40}
    client.post(PAGE, filled(client) | {"control_days": 30, "most_key": 5})
    answer = client.post(PAGE, mine)
    assert answer.status_code == 409 and CareSettings.current().control_days == 30
    assert "Personal control, days" in answer.content.decode()
    again = {name: answer.context["form"][name].value() for name in mine if name != "seen"}
    client.post(PAGE, again | {"control_days": 40, "seen": answer.context["seen"]})
    assert (CareSettings.current().control_days, CareSettings.current().most_key) == (40, 5)


@pytest.mark.parametrize("change", [
    {"key_grade": "4"}, {"watch_days": "0"}, {"pulse_days": "soon"}, {"pulse_days": "30, 400"},
    {"undo_days": "90", "watch_days": "60"}, {"fixed_by_tier_N": "-1"}, {"hours_by_tier_A": "nan"},
])  # fmt: skip
def test_errors_stand_at_their_field(cast, reader, change):
    client = reader(cast.dora)
    answer = client.post(PAGE, filled(client) | change)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert not Event.objects.exists()


def test_it_says_what_a_grade_would_come_to(cast, reader):
    employ(cast.karl, 1), employ(cast.lena, 3), employ(cast.kim, 3, on_probation=True)
    make_key_account(owner=cast.karl), make_key_account(owner=cast.dora)
    make_key_account(owner=cast.karl, grade_needed=1)
    lines = reader(cast.dora).get(PAGE).context["grades"]
    assert [(line.managers, line.leaving) for line in lines] == [(2, 0), (1, 1), (1, 1)]
