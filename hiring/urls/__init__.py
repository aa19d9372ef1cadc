"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    candidacy,
    law,
    letter,
    numbers,
)

app_name = "hiring"
urlpatterns: list = [
    *candidacy.urlpatterns,
    *law.urlpatterns,
    *letter.urlpatterns,
    *numbers.urlpatterns,
]
