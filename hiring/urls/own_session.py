from django.urls import path

from hiring.views import own_session

SESSION, SEAT = "c/<str:token>/sessions/<int:pk>", "c/<str:token>/seats/<int:pk>"

urlpatterns = [
    path(f"{SESSION}/book/", own_session.own_session_book, name="own_session_book"),
    path(f"{SESSION}/wait/", own_session.own_session_wait, name="own_session_wait"),
    path(f"{SEAT}/confirm/", own_session.own_seat_confirm, name="own_seat_confirm"),
    path(f"{SEAT}/decline/", own_session.own_seat_decline, name="own_seat_decline"),
    path(f"{SEAT}/late/", own_session.own_seat_late, name="own_seat_late"),
    path(f"{SEAT}/appointment.ics", own_session.own_seat_calendar, name="own_seat_calendar"),
]
