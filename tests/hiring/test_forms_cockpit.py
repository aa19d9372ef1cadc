from hiring.forms.cockpit import DebriefForm, DecisionForm, ReasonForm, WalkInForm
from hiring.models import Candidacy
from tests.recruiting import make_candidacy, make_vacancy


def test_a_walk_in_is_new_or_of_those_offered(cast):
    known, other = (make_candidacy(make_vacancy()) for _n in range(2))
    rows = Candidacy.objects.filter(pk=known.pk)
    assert WalkInForm({"name": "Nina"}, candidacies=rows).is_valid()
    assert WalkInForm({"candidacy": known.pk}, candidacies=rows).is_valid()
    assert not WalkInForm({"candidacy": other.pk}, candidacies=rows).is_valid()
    assert not WalkInForm({"name": "Nina", "email": "no"}, candidacies=rows).is_valid()


def test_a_reason_is_needed_and_notes_may_be_empty(db):
    assert not ReasonForm({"reason": " "}).is_valid()
    assert DebriefForm({}).is_valid()
    assert not DecisionForm({"candidacy": 1, "verdict": "perhaps", "reason": "x"}).is_valid()
