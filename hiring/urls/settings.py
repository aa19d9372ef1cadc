from django.urls import path

from hiring.views import settings

urlpatterns = [path("settings/hiring/", settings.settings_page, name="settings_page")]
