from django.urls import path

from kpi.views import start

app_name = "kpi"
urlpatterns = [
    path("", start.start_page, name="start_page"),
]
