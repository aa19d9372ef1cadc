"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    application,
    call,
    candidacy,
    candidate,
    cockpit,
    file,
    law,
    letter,
    numbers,
    offer,
    own,
    sheet,
)

app_name = "hiring"
urlpatterns: list = [
    *application.urlpatterns,
    *candidacy.urlpatterns,
    *law.urlpatterns,
    *file.urlpatterns,
    *call.urlpatterns,
    *candidate.urlpatterns,
    *letter.urlpatterns,
    *numbers.urlpatterns,
    *offer.urlpatterns,
    *own.urlpatterns,
    *cockpit.urlpatterns,
    *sheet.urlpatterns,
]
