"""The phone log and the app around it."""

from django.urls import path

from accounts.views import device, log, log_send

urlpatterns = [
    path("log/", log.log_page, name="log_page"),
    path("log/shell/", log.log_shell, name="log_shell"),
    path("log/data/", log.log_data_page, name="log_data"),
    path("log/token/", log.log_token, name="log_token"),
    path("log/send/", log_send.log_send, name="log_send"),
    path("log/undo/", log_send.log_undo, name="log_undo"),
    path("sw.js", device.service_worker, name="service_worker"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
]
