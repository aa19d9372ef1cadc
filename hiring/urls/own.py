from django.urls import path

from hiring.views import own

urlpatterns = [path("c/<str:token>/", own.own_page, name="own_page")]
