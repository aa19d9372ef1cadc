from django.urls import path

from hiring.views import law

urlpatterns = [
    path("hiring/data/", law.data_page, name="data_page"),
    path("hiring/data/looks/", law.looks_page, name="looks_page"),
    path("hiring/data/looks/export.csv", law.looks_export, name="looks_export"),
    path("hiring/data/erasures/<int:pk>/", law.erasure_act, name="erasure_act"),
    path("hiring/data/erasures/<int:pk>/confirm/", law.erasure_confirm, name="erasure_confirm"),
    path("hiring/data/erasures/<int:pk>/refuse/", law.erasure_refuse, name="erasure_refuse"),
    path("hiring/data/holds/<int:pk>/end/", law.hold_end, name="hold_end"),
    path("hiring/candidates/<int:pk>/erase/", law.candidate_erase, name="candidate_erase"),
    path("hiring/candidates/<int:pk>/hold/", law.candidate_hold, name="candidate_hold"),
    path(
        "hiring/candidates/<int:pk>/all-data.zip",
        law.candidate_archive_download,
        name="candidate_archive",
    ),
]
