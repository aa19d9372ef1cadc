import pytest

from accounts.commands import field as commands
from accounts.models import FieldSettings
from accounts.queries.field import field_figures
from common.errors import RuleBroken
from common.models import Job
from people import verbs
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db
STANCE = ("shelf_days", "stance", "A")
HALF = ("half_life_days", "", "A")


def change(actor, seen=None, **_none):
    seen = seen or field_figures()
    return commands.set_field_figures(actor=actor, figures=seen | _none.pop("to"), seen=seen)


def test_a_change_is_saved_recorded_and_told_in_words(cast):
    event = change(cast.dora, to={STANCE: 60})
    assert FieldSettings.current().shelf_days["stance"]["A"] == 60
    assert event.data == {"changed": [["shelf_days", "stance", "A", 90, 60]]}
    assert verbs.sentence(event.verb, event.data).startswith("Shelf life of “Stance”")


def test_saving_what_stands_records_nothing(cast):
    assert change(cast.dora, to={}) is None
    assert not Event.objects.exists()


def test_many_changes_are_told_in_short(cast):
    figures = {figure: 7 for figure in field_figures() if figure[0] == "shelf_days"}
    event = change(cast.dora, to=figures)
    assert verbs.sentence(event.verb, event.data).endswith("; …")
    assert verbs.sentence("field.changed", {}) == "Figures for work in the field changed"


def test_the_second_saver_is_told(cast):
    seen = field_figures()
    change(cast.dora, to={STANCE: 60})
    with pytest.raises(commands.Conflict) as conflict:
        change(cast.dora, seen=seen, to={HALF: 30})
    assert conflict.value.figures[STANCE] == 60
    assert field_figures()[HALF] == 45


@pytest.mark.parametrize("to", [{STANCE: 0}, {HALF: None}, {("late_after_hours", "", ""): 400}])
def test_impossible_figures_are_refused(cast, to):
    before = field_figures()
    with pytest.raises(RuleBroken):
        change(cast.dora, to=to)
    assert field_figures() == before and not Event.objects.exists()


def test_figures_that_do_not_exist_are_a_mistake_of_ours(cast):
    with pytest.raises(TypeError):
        change(cast.dora, to={("shoe_size", "", ""): 44})


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "adam"])
def test_only_directors_change_them(cast, who):
    with pytest.raises(RuleBroken):
        change(getattr(cast, who), to={STANCE: 60})
    with pytest.raises(RuleBroken):
        commands.undo_field_figures(actor=getattr(cast, who), event_id=1)


def test_a_change_is_put_back_as_it_was(cast):
    before = field_figures()
    event = change(cast.dora, to={STANCE: 60, ("cadence_days", "", "A"): None})
    commands.undo_field_figures(actor=cast.dora, event_id=event.pk)
    assert field_figures() == before
    with pytest.raises(RuleBroken):
        commands.undo_field_figures(actor=cast.dora, event_id=event.pk)


def test_what_was_changed_again_is_not_put_back(cast):
    event = change(cast.dora, to={STANCE: 60})
    change(cast.dora, to={STANCE: 50})
    with pytest.raises(RuleBroken):
        commands.undo_field_figures(actor=cast.dora, event_id=event.pk)
    assert field_figures()[STANCE] == 50


def test_a_new_half_life_has_the_ties_reckoned_anew(cast):
    account = make_account(owner=cast.karl)
    contact = make_contact(account)
    account.ties.create(contact=contact, energy=5, as_of="2026-01-01", half_life=90)
    change(cast.dora, to={("half_life_days", "", "N"): 60})
    assert Job.objects.filter(name="accounts.jobs.renew_ties").exists()
