"""Pages that are not for everybody do not exist for the others."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


def managers_only(view: Callable) -> Callable:
    """For directors and administrators."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.manages_people:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
