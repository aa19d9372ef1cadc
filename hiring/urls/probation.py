from django.urls import path

from hiring.views import probation

urlpatterns = [
    path("hiring/probations/", probation.probation_list, name="probation_list"),
    # what runs and has ended
]
