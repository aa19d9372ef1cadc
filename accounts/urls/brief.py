from django.urls import path

from accounts.views import brief

urlpatterns = [
    path("accounts/<int:pk>/brief/", brief.brief_page, name="brief_page"),
]
