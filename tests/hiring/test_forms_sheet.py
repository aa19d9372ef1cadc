from hiring.forms.sheet import ROUNDS, AskForm, SheetForm
from hiring.queries.sheets import card
from tests.recruiting import make_candidacy, make_sheet, make_vacancy, make_weights


def test_a_form_has_a_place_for_every_competency(cast):
    vacancy = make_vacancy()
    weights = make_weights(vacancy.profile, relations=30, analysis=10)
    shown = card(make_sheet(make_candidacy(vacancy), cast.ivan), cast.ivan)
    form = SheetForm({f"mark-{weights['relations'].pk}": "4"}, card=shown)
    assert form.is_valid()
    assert form.marks() == {weights["relations"].pk: 4, weights["analysis"].pk: None}


def test_sessions_and_tasks_are_asked_for_elsewhere(cast):
    assert {kind for kind, _label in ROUNDS} == {"cv", "call", "interview", "language"}
    cast.kim.is_active = False
    cast.kim.save()
    assert cast.kim not in AskForm().fields["rater"].queryset
