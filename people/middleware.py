"""What each request needs to know of its reader: language, zone, limits, second factor."""

from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from people.models import Company


def reader_locale(get_response):
    """Activate the reader's language and time zone; visitors get the cookie's or the company's."""

    def middleware(request):
        request.company = Company.current()
        user = request.user
        language = user.language if user.is_authenticated else ""
        chosen = language or translation.get_language_from_request(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        zone = (user.time_zone if user.is_authenticated else "") or request.company.time_zone
        timezone.activate(ZoneInfo(zone))
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


def session_limits(get_response):
    return get_response


def second_factor(get_response):
    return get_response
