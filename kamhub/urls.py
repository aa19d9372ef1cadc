from django.urls import include, path

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.not_found"
handler429 = "people.views.sign_in.too_many_tries"  # allauth looks here
handler500 = "common.views.server_error"

urlpatterns = [
    path("", include("common.urls")),
    path("", include("people.urls.sign_in")),
    path("", include("people.urls")),
    path("", include("accounts.urls")),
    path("", include("hiring.urls")),
    path("", include("kpi.urls")),
    path("", include("accounts.ledger_urls")),
]
