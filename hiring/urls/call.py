from django.urls import path

from hiring.views import call, calls

urlpatterns = [
    path("hiring/<int:pk>/calls/", calls.calls_page, name="calls_page"),
    path("hiring/<int:pk>/calls/rules/", calls.calls_rules, name="calls_rules"),
    path("hiring/<int:pk>/calls/add/", calls.calls_add, name="calls_add"),
    path("hiring/<int:pk>/calls/next/", call.call_next, name="call_next"),
    path("hiring/<int:pk>/calls/now/", call.call_page, name="call_page"),
    path("hiring/<int:pk>/calls/stop/", call.call_stop, name="call_stop"),
    path("hiring/calls/<int:pk>/take/", call.call_take, name="call_take"),
    path("hiring/calls/<int:pk>/keep/", call.call_keep, name="call_keep"),
    path("hiring/calls/<int:pk>/skip/", call.call_skip, name="call_skip"),
    path("hiring/calls/<int:pk>/outcome/", call.call_outcome, name="call_outcome"),
    path("hiring/calls/<int:pk>/remove/", calls.call_remove, name="call_remove"),
    path("hiring/calls/made/<int:pk>/undo/", call.call_undo, name="call_undo"),
]
