from django.urls import path

from hiring.views import application

urlpatterns = [
    path("jobs/<slug:slug>/apply/", application.apply_page, name="apply_page"),
    path("jobs/<slug:slug>/draft/", application.apply_draft, name="apply_draft"),
    path("jobs/<slug:slug>/sent/", application.apply_sent, name="apply_sent"),
]
