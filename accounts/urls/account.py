from django.urls import path, register_converter

from accounts.views import (
    account,
    assignment,
    edit,
    listing,
    merge,
    overview,
    reference,
    saved_views,
)


class ExportKind:
    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class WhyOf(ExportKind):
    regex = "tier|key"


register_converter(ExportKind, "export_kind")
register_converter(WhyOf, "why_of")

urlpatterns = [
    path("accounts/", listing.account_list_page, name="account_list"),
    path("accounts/filters/", listing.account_filters, name="account_filters"),
    path("accounts/columns/", listing.columns_choose, name="columns_choose"),
    path("accounts/export.<export_kind:kind>", listing.account_export, name="account_export"),
    path("accounts/views/new/", saved_views.view_save, name="view_save"),
    path("accounts/views/first/", saved_views.view_first, name="view_first"),
    path("accounts/views/<int:pk>/", saved_views.view_change, name="view_change"),
    path("accounts/views/<int:pk>/delete/", saved_views.view_delete, name="view_delete"),
    path("accounts/new/", edit.account_create, name="account_create"),
    path("accounts/new/lookalikes/", edit.account_lookalikes, name="account_lookalikes"),
    path("accounts/pick/", edit.account_pick, name="account_pick"),
    path("accounts/duplicates/", merge.account_duplicates, name="account_duplicates"),
    path("accounts/merges/<int:pk>/undo/", merge.merge_undo, name="merge_undo"),
    path("accounts/assign/preview/", assignment.assign_preview, name="assign_preview"),
    path("accounts/assign/", assignment.assign_many, name="assign_many"),
    path("accounts/assign/<int:event>/undo/", assignment.assign_undo, name="assign_undo"),
    path("accounts/tag/preview/", assignment.tag_preview, name="tag_preview"),
    path("accounts/tag/", assignment.tag_many, name="tag_many"),
    path("accounts/selection.xlsx", assignment.selection_export, name="selection_export"),
    path("accounts/<int:pk>/", overview.account_page, name="account_page"),
    path("accounts/<int:pk>/people/strip/", overview.account_people_strip, name="people_strip"),
    path("accounts/<int:pk>/timeline/", overview.account_timeline, name="account_timeline"),
    path("accounts/<int:pk>/why/<why_of:what>/", account.account_why, name="account_why"),
    path("accounts/<int:pk>/money/", account.account_money, name="account_money"),
    path("accounts/<int:pk>/details/", account.account_details, name="account_details"),
    path("accounts/<int:pk>/orders/", account.account_orders, name="account_orders"),
    path("accounts/<int:pk>/history/", account.account_history, name="account_history"),
    path("accounts/<int:pk>/on/", account.account_on_day, name="account_on_day"),
    path("accounts/<int:pk>/logo/", account.account_logo, name="account_logo"),
    path("accounts/<int:pk>/logo/set/", edit.logo_set, name="logo_set"),
    path("accounts/<int:pk>/logo/remove/", edit.logo_remove, name="logo_remove"),
    path("accounts/<int:pk>/edit/", edit.account_edit, name="account_edit"),
    path("accounts/<int:pk>/close/", edit.account_close, name="account_close"),
    path("accounts/<int:pk>/reopen/", edit.account_reopen, name="account_reopen"),
    path("accounts/<int:pk>/assign/", assignment.assignment_create, name="assignment_create"),
    path(
        "accounts/<int:pk>/assignments/<int:assignment>/end/",
        assignment.assignment_end,
        name="assignment_end",
    ),
    path("accounts/<int:pk>/numbers/", edit.number_add, name="number_add"),
    path(
        "accounts/<int:pk>/numbers/<int:number>/remove/", edit.number_remove, name="number_remove"
    ),
    path("accounts/<int:pk>/merge/<int:other>/", merge.account_merge, name="account_merge"),
    path("accounts/<int:pk>/not/<int:other>/", merge.account_distinct, name="account_distinct"),
    path("accounts/<int:pk>/not/<int:other>/undo/", merge.account_alike, name="account_alike"),
    path("settings/reference/<slug:kind>/", reference.reference_list, name="reference_list"),
    path(
        "settings/reference/<slug:kind>/new/", reference.reference_create, name="reference_create"
    ),
    path(
        "settings/reference/<slug:kind>/<int:pk>/", reference.reference_edit, name="reference_edit"
    ),
    path(
        "settings/reference/<slug:kind>/<int:pk>/remove/",
        reference.reference_remove,
        name="reference_remove",
    ),
]
