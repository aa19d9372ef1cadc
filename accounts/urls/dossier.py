from django.urls import path

from accounts.views import dossier

FILE = "accounts/<int:pk>/dossier/"

urlpatterns = [
    path(FILE, dossier.dossier_page, name="dossier_page"),
    path(f"{FILE}<slug:section>/", dossier.dossier_write, name="dossier_write"),
    path(f"{FILE}<slug:section>/history/", dossier.dossier_history, name="dossier_history"),
    path("dossier/<int:pk>/confirm/", dossier.dossier_confirm, name="dossier_confirm"),
    path("dossier/<int:pk>/gone/", dossier.dossier_gone, name="dossier_gone"),
    path("dossier/<int:pk>/retract/", dossier.dossier_retract, name="dossier_retract"),
]
