from django.http import HttpResponse

from common.visitors import chosen_language, private


def test_only_languages_of_ours_are_taken_from_a_cookie(rf, settings):
    for wanted, found in (("it", "it"), ("xx", ""), ("", "")):
        request = rf.get("/")
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = wanted
        assert chosen_language(request) == found


def test_what_is_private_is_kept_and_found_nowhere():
    answer = private(HttpResponse())
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
