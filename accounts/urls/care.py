from django.urls import path

from accounts.views import care, gate

urlpatterns = [
    path("care/settings/", care.care_settings, name="care_settings"),
    path("care/settings/<int:event>/undo/", care.care_undo, name="care_undo"),
    path("accounts/<int:pk>/let-through/", gate.override_create, name="override_create"),
    path(
        "accounts/<int:pk>/let-through/<int:override>/end/",
        gate.override_end,
        name="override_end",
    ),
]
