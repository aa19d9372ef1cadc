from django.urls import path

from accounts.views import field

urlpatterns = [
    path("settings/field/", field.field_settings, name="field_settings"),
    path("settings/field/examples/", field.field_examples, name="field_examples"),
    path("settings/field/<int:event>/undo/", field.field_undo, name="field_undo"),
]
