from accounts.queries.fact_words import BEHAVIOUR, HELP, ask, behaviour_of, label_of, still
from accounts.rules import facts as rule


def test_every_value_has_words_behaviour_and_a_question():
    for fact in rule.CHOSEN:
        assert set(BEHAVIOUR[fact]) == set(rule.values_of(fact))
        for value in rule.values_of(fact):
            assert behaviour_of(fact, value) and label_of(fact, value) in still(fact, "E", value)
    for fact in HELP:
        assert "Elena" in ask(fact, "Elena") and "name unknown" in ask(fact, "")
    assert behaviour_of("sore_spot", "prices") == ""
