from django.conf import settings
from django.urls import path

from common import styleguide, views

app_name = "common"
urlpatterns = [
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide_page, name="styleguide_page"))
