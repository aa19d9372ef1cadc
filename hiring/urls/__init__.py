"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    candidacy,
    file,
    law,
    letter,
    numbers,
    own,
)

app_name = "hiring"
urlpatterns: list = [
    *candidacy.urlpatterns,
    *law.urlpatterns,
    *file.urlpatterns,
    *letter.urlpatterns,
    *numbers.urlpatterns,
    *own.urlpatterns,
]
