"""Addresses by noun; all of them are named hiring:…"""

from hiring.urls import numbers

app_name = "hiring"
urlpatterns = [*numbers.urlpatterns]
