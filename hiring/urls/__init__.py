"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import (
    letter,
    numbers,
)

app_name = "hiring"
urlpatterns: list = [
    *letter.urlpatterns,
    *numbers.urlpatterns,
]
