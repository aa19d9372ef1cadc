from kpi.forms.scorecard import AppraisalForm, OneToOneForm


def test_points_are_read_line_by_line():
    form = OneToOneForm({"held_on": "2026-11-02", "points": "- a\n\n- b"})
    assert form.is_valid() and form.cleaned_data["points"] == ["a", "b"]


def test_a_mark_is_one_of_five_words():
    data = {"first": "2026-01-01", "last": "2026-03-31", "note": "x"}
    assert AppraisalForm({**data, "mark": "5"}).is_valid()
    assert not AppraisalForm({**data, "mark": "6"}).is_valid()
