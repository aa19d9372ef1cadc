from django.urls import path

from hiring.views import letter_stop

urlpatterns = [
    path("letters/stop/<str:token>/", letter_stop.letters_stop, name="letters_stop"),
]
