"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    candidacy,
    letter,
    numbers,
)

app_name = "hiring"
urlpatterns: list = [
    *candidacy.urlpatterns,
    *letter.urlpatterns,
    *numbers.urlpatterns,
]
