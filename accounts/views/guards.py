"""Pages of imports that are not for everybody do not exist for the others."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


def _only(allowed: Callable[[object], bool]) -> Callable:
    def guard(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


director_only = _only(lambda user: user.is_director)
bringer_only = _only(lambda user: user.is_director or user.is_kam)
importer_only = _only(lambda user: user.is_director or user.is_kam or user.is_administrator)
sellers_only = _only(lambda user: user.sells)
