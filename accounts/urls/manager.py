from django.urls import path

from accounts.views import manager_profile as views

urlpatterns = [
    path("people/<int:pk>/manager/", views.manager_profile, name="manager_profile"),
    path("accounts/<int:pk>/takers/", views.takers_page, name="takers_page"),
]
