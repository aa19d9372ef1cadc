from django.urls import path

from hiring.views import probation
from hiring.views import probation_page as page

ONE = "hiring/probations/<int:pk>/"
urlpatterns = [
    path("hiring/probations/", probation.probation_list, name="probation_list"),
    # what runs and has ended
    path(f"{ONE}", page.probation_page, name="probation_page"),
    path(f"{ONE}accept/", page.probation_accept, name="probation_accept"),
    path(f"{ONE}send-back/", page.probation_send_back, name="probation_send_back"),
]
