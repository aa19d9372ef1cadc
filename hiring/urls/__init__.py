"""Addresses by noun; all of them are named hiring:…"""

app_name = "hiring"
urlpatterns: list = []
