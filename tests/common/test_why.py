from django.template.loader import render_to_string

from common.why import Why


def shown(why):
    return render_to_string("components/_why.html", {"why": why})


def test_a_why_shows_sentence_inputs_rule_and_rows():
    why = Why("Below 80 %.", (("Share", "10.8 %"),), "Policy 1", "/rows/", "Show 12 rows")
    html = shown(why)
    for words in ("Below 80 %.", "<dt>Share</dt><dd>10.8 %</dd>", "Policy 1", "Show 12 rows"):
        assert words in html


def test_nothing_is_drawn_where_nothing_is_to_explain():
    assert "<details" not in shown(None)


def test_names_inside_a_why_are_escaped():
    assert "<b>" not in shown(Why("<b>Hansa</b>", (("<b>", "<b>"),), "<b>", "/?<b>", "<b>"))
