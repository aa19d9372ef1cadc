from django.urls import path

from accounts.views import currency, importing, rates

app_name = "ledger"
urlpatterns = [
    path("imports/", importing.import_list, name="import_list"),
    path("imports/new/", importing.import_new, name="import_new"),
    path("imports/upload/", importing.import_upload, name="import_upload"),
    path("imports/people/new/", importing.contacts_new, name="contacts_new"),
    path("imports/people/upload/", importing.contacts_upload, name="contacts_upload"),
    path("imports/<int:pk>/", importing.import_page, name="import_page"),
    path("imports/<int:pk>/progress/", importing.import_progress, name="import_progress"),
    path("imports/<int:pk>/read/", importing.import_read, name="import_read"),
    path("imports/<int:pk>/columns/", importing.import_map, name="import_map"),
    path("imports/<int:pk>/preview/", importing.import_preview, name="import_preview"),
    path("imports/<int:pk>/run/", importing.import_run, name="import_run"),
    path("imports/<int:pk>/stop/", importing.import_stop, name="import_stop"),
    path("imports/<int:pk>/undo/", importing.import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("imports/<int:pk>/rejects/", importing.import_rejects, name="import_rejects"),
    path("settings/currency/", currency.currency_page, name="currency_page"),
    path("settings/rates/", rates.rate_list, name="rate_list"),
    path("settings/rates/save/", rates.rate_save, name="rate_save"),
    path("settings/rates/import/", rates.rate_import, name="rate_import"),
    path("settings/rates/<int:pk>/remove/", rates.rate_remove, name="rate_remove"),
]
