"""Addresses by noun; all of them are named accounts:…"""

from accounts.urls import (
    absence,
    account,
    brief,
    care,
    contact,
    control,
    departure,
    dossier,
    fact,
    field,
    handover,
    letter,
    log,
    manager,
    map,
    task,
    touchpoint,
)

app_name = "accounts"
urlpatterns = [
    *absence.urlpatterns,
    *account.urlpatterns,
    *control.urlpatterns,
    *departure.urlpatterns,
    *brief.urlpatterns,
    *care.urlpatterns,
    *contact.urlpatterns,
    *task.urlpatterns,
    *fact.urlpatterns,
    *log.urlpatterns,
    *dossier.urlpatterns,
    *field.urlpatterns,
    *handover.urlpatterns,
    *manager.urlpatterns,
    *letter.urlpatterns,
    *map.urlpatterns,
    *touchpoint.urlpatterns,
]
