from django.urls import path

from accounts.views import control

urlpatterns = [
    path("control/", control.control_list, name="control_list"),
    path("accounts/<int:pk>/control/", control.control_take, name="control_take"),
    path("control/<int:pk>/prolong/", control.control_prolong, name="control_prolong"),
    path("control/<int:pk>/end/", control.control_end, name="control_end"),
    path("control/<int:pk>/undo/", control.control_undo, name="control_undo"),
]
