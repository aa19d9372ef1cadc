from django.urls import path

from accounts.views import file, promise, touchpoint, touchpoint_list

urlpatterns = [
    path("touchpoints/", touchpoint_list.touchpoint_list, name="touchpoint_list"),
    path(
        "accounts/<int:pk>/people/<int:contact>/timeline/",
        touchpoint_list.contact_timeline,
        name="contact_timeline",
    ),
    path("accounts/<int:pk>/touchpoints/log/", touchpoint.touchpoint_log, name="touchpoint_log"),
    path("accounts/<int:pk>/touchpoints/plan/", touchpoint.touchpoint_plan, name="touchpoint_plan"),
    path("touchpoints/<int:pk>/", touchpoint.touchpoint_page, name="touchpoint_page"),
    path("touchpoints/<int:pk>/edit/", touchpoint.touchpoint_edit, name="touchpoint_edit"),
    path("touchpoints/<int:pk>/hold/", touchpoint.touchpoint_hold, name="touchpoint_hold"),
    path("touchpoints/<int:pk>/cancel/", touchpoint.touchpoint_cancel, name="touchpoint_cancel"),
    path("touchpoints/<int:pk>/remove/", touchpoint.touchpoint_remove, name="touchpoint_remove"),
    path("touchpoints/<int:pk>/restore/", touchpoint.touchpoint_restore, name="touchpoint_restore"),
    path("promises/", promise.promise_list, name="promise_list"),
    path("accounts/<int:pk>/promises/", promise.promise_ledger, name="promise_ledger"),
    path("accounts/<int:pk>/promises/new/", promise.promise_create, name="promise_create"),
    path("promises/<int:pk>/edit/", promise.promise_edit, name="promise_edit"),
    path("promises/<int:pk>/settle/", promise.promise_settle, name="promise_settle"),
    path("promises/<int:pk>/reopen/", promise.promise_reopen, name="promise_reopen"),
    path("accounts/<int:pk>/files/", file.file_list, name="file_list"),
    path("accounts/<int:pk>/files/add/", file.file_add, name="file_add"),
    path("files/<uuid:key>/", file.file_download, name="file_download"),
    path("files/<uuid:key>/remove/", file.file_remove, name="file_remove"),
    path("files/<uuid:key>/restore/", file.file_restore, name="file_restore"),
]
