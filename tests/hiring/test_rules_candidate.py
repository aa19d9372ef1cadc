from hiring.rules.candidate import plain_fields, says_something, search_text


def test_somebody_is_found_by_both_names_the_employer_numbers_and_city_in_latin_letters_too():
    text = search_text("Анна Ёлкина", "Anna Elkina", "Полюс", "Тверь", ["79215551234", "a@b.de"])
    assert text.split("\n")[1:] == [
        "анна елкина", "anna elkina", "полюс", "polyus", "тверь", "79215551234", "a@b.de"
    ]  # fmt: skip


def test_names_and_employers_are_compared_whatever_their_spelling():
    fields = plain_fields("Ёлкина Анна", "", "ООО «Полюс»")
    assert fields == plain_fields("Anna Elkina", "", "Polyus") | {
        "plain_employer": fields["plain_employer"]
    }
    assert fields["plain_other"] == ""


def test_a_first_name_alone_says_nothing():
    assert says_something("ana elkina") and not says_something("ana")
