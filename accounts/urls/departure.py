from django.urls import path

from accounts.views import departure

urlpatterns = [
    path("departures/", departure.departure_list, name="departure_list"),
    path("departures/people/<int:pk>/", departure.departure_page, name="departure_page"),
    path("departures/people/<int:pk>/sudden/", departure.departure_sudden, name="departure_sudden"),
    path("departures/people/<int:pk>/note/", departure.departure_note, name="departure_note"),
    path("departures/<int:pk>/change/", departure.departure_change, name="departure_change"),
    path("departures/<int:pk>/cancel/", departure.departure_cancel, name="departure_cancel"),
    path("departures/<int:pk>/undo/", departure.departure_undo, name="departure_undo"),
]
