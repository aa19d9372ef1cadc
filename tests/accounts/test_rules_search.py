from accounts.rules.search import contact_text, search_text, task_text, touchpoint_text


def test_the_search_text_holds_name_transliteration_and_numbers_each_on_its_line():
    text = search_text("Молочный двор", "Волга", "C-017")
    assert text.split("\n") == ["", "молочныи двор", "molochnyi dvor", "волга", "c-017"]


def test_a_very_long_name_is_cut_to_the_column():
    assert len(search_text("ж" * 400)) <= 600


def test_a_person_is_found_by_both_names_in_either_script_and_by_their_numbers():
    text = contact_text("Анна Ёлкина", "Anna Elkina", "+49 30 123", "A@b.de")
    assert text.split("\n")[1:] == ["анна елкина", "anna elkina", "+49 30 123", "a@b.de"]


def test_a_hole_has_nothing_to_be_found_by():
    assert contact_text("") == ""


def test_a_talk_is_found_by_all_that_was_said():
    text = touchpoint_text("Цены", "Хотят  РАССРОЧКУ", "Минск")
    assert text.split("\n")[1:] == ["цены", "tseny", "минск", "хотят рассрочку"]
    assert len(touchpoint_text("a", "ж" * 9_000)) == 8_000


def test_a_task_is_found_by_title_and_note():
    assert task_text("Call Škoda", "About Ёлка").split("\n")[1:] == ["call skoda", "about елка"]
