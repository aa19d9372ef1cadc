"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    application,
    call,
    candidacy,
    candidate,
    cockpit,
    file,
    job,
    law,
    letter,
    numbers,
    offer,
    own,
    own_session,
    profile,
    session,
    settings,
    sheet,
    vacancy,
)

app_name = "hiring"
urlpatterns: list = [
    *application.urlpatterns,
    *call.urlpatterns,
    *candidacy.urlpatterns,
    *candidate.urlpatterns,
    *cockpit.urlpatterns,
    *file.urlpatterns,
    *law.urlpatterns,
    *letter.urlpatterns,
    *numbers.urlpatterns,
    *offer.urlpatterns,
    *own.urlpatterns,
    *own_session.urlpatterns,
    *session.urlpatterns,
    *settings.urlpatterns,
    *sheet.urlpatterns,
    *job.urlpatterns,
    *profile.urlpatterns,
    *vacancy.urlpatterns,
]
