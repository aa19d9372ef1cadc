"""Pages that are not for everybody do not exist for the others."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from people.models import User


def only(allowed: Callable[[User], bool]) -> Callable[[Callable], Callable]:
    """A view for those whom `allowed` lets in: others get 404, strangers are asked to sign in."""

    def guard(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


managers_only = only(lambda user: user.manages_people)
director_only = only(lambda user: user.is_director)
sellers_only = only(lambda user: user.sells)
accounts_reader = only(lambda user: user.logs_touchpoints)
bringers_only = only(lambda user: user.sells or user.is_recruiter)
importer_only = only(lambda user: user.sells or user.is_administrator or user.is_recruiter)
recruiters_only = only(lambda user: user.is_recruiter)
hirers_only = only(lambda user: user.hires)
