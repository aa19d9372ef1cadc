"""What the shell around every page shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NavItem:
    url: str
    icon: str
    label: str
    is_current: bool


def shell(request) -> dict:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": {"company": getattr(request, "company", None), "nav": []}}
    items = [("/", "house", _("Today"))]
    if user.is_director or user.is_kam or user.is_assistant:
        items.append(("/accounts/", "building", _("Accounts")))
    if user.is_director or user.is_kam:
        items.append(("/portfolio/", "bar-chart", _("Portfolio")))
    if user.is_director or user.is_administrator:
        items.append(("/imports/", "download", _("Imports")))
        items.append(("/runs/", "clock-history", _("Runs")))
        items.append(("/settings/", "gear", _("Settings")))
    path = request.path
    nav = [
        NavItem(url, icon, label, path == url or (url != "/" and path.startswith(url)))
        for url, icon, label in items
    ]
    return {"shell": {"company": request.company, "nav": nav}}
