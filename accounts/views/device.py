"""What makes KAM Hub an app on a device: service worker and manifest. Anybody may read both."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.offline import worker_source


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that its scope is the whole site; asked for anew at each visit."""
    response = HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    def icon(name: str, size: int, purpose: str) -> dict:
        return {
            "src": static(f"app/{name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }

    names = (("icon", "any"), ("maskable", "maskable"))
    answer = {
        "id": "/",
        "name": "KAM Hub",
        "short_name": "KAM Hub",
        "description": _("Key accounts, their people and every touchpoint."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f8fa",
        "theme_color": "#0b6467",
        "icons": [icon(name, size, use) for name, use in names for size in (192, 512)],
        "shortcuts": [
            {
                "name": _("Log a touchpoint"),
                "url": "/log/",
                "icons": [icon("icon", 192, "any")],
            }
        ],
    }
    response = JsonResponse(answer, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response
