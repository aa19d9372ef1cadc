from django.urls import path

from hiring.views import off_limits, sourcing

TIER = "hiring/tiers/<int:tier>/"
COMPANY = "hiring/target-companies/<int:company>/"
OFF = "hiring/off-limits/"

urlpatterns = [
    path("hiring/<int:pk>/sourcing/", sourcing.sourcing_page, name="sourcing_page"),
    path("hiring/<int:pk>/sourcing/lay-out/", sourcing.tiers_lay, name="tiers_lay"),
    path(f"{TIER}open/", sourcing.tier_open, name="tier_open"),
    path(f"{TIER}close/", sourcing.tier_close, name="tier_close"),
    path(f"{TIER}edit/", sourcing.tier_edit, name="tier_edit"),
    path(f"{TIER}companies/", sourcing.companies_add, name="companies_add"),
    path(f"{TIER}companies/undo/", sourcing.companies_undo, name="companies_undo"),
    path(f"{COMPANY}remove/", sourcing.company_remove, name="company_remove"),
    path(f"{COMPANY}people/", sourcing.company_people, name="company_people"),
    path(
        "hiring/target-companies/restore/<int:event>/",
        sourcing.company_restore,
        name="company_restore",
    ),  # fmt: skip
    path(OFF, off_limits.off_limits_page, name="off_limits_page"),
    path(f"{OFF}add/", off_limits.off_limits_add, name="off_limits_add"),
    path(f"{OFF}key-accounts/", off_limits.off_limits_adopt, name="off_limits_adopt"),
    path(f"{OFF}<int:pk>/edit/", off_limits.off_limits_edit, name="off_limits_edit"),
    path(f"{OFF}<int:pk>/remove/", off_limits.off_limits_remove, name="off_limits_remove"),
    path(f"{OFF}<int:pk>/lift/", off_limits.off_limits_lift, name="off_limits_lift"),
    path(f"{OFF}<int:pk>/restore/", off_limits.off_limits_restore, name="off_limits_restore"),
]
