from django.urls import path

from hiring.views import session, session_fill, session_parts

urlpatterns = [
    path("hiring/<int:pk>/sessions/", session.vacancy_sessions, name="vacancy_sessions"),
    path("hiring/<int:pk>/sessions/new/", session.session_create, name="session_create"),
    path("hiring/<int:pk>/sessions/refill/", session_fill.sessions_refill, name="sessions_refill"),
    path("hiring/sessions/", session.session_list, name="session_list"),
    path("hiring/sessions/<int:pk>/", session.session_page, name="session_page"),
    path("hiring/sessions/<int:pk>/edit/", session.session_edit, name="session_edit"),
    path("hiring/sessions/<int:pk>/cancel/", session.session_cancel, name="session_cancel"),
    path("hiring/sessions/<int:pk>/badges/", session.session_badges, name="session_badges"),
    path(
        "hiring/sessions/<int:pk>/attendance/",
        session.session_attendance,
        name="session_attendance",
    ),
    path("hiring/sessions/<int:pk>/figures/", session.session_figures, name="session_figures"),
    path("hiring/sessions/<int:pk>/calculator/", session_fill._calculator, name="_calculator"),
    path("hiring/sessions/<int:pk>/seats/", session_fill._seats, name="_session_seats"),
    path("hiring/sessions/<int:pk>/invite/", session_fill.session_invite, name="session_invite"),
    path("hiring/sessions/<int:pk>/refill/", session_fill.session_refill, name="session_refill"),
    path(
        "hiring/sessions/<int:pk>/uninvite/", session_fill.session_uninvite, name="session_uninvite"
    ),
    path(
        "hiring/sessions/<int:pk>/observers/",
        session_parts.observer_act,
        {"act": "add"},
        name="observer_add",
    ),
    path(
        "hiring/sessions/<int:pk>/observers/remove/",
        session_parts.observer_act,
        {"act": "remove"},
        name="observer_remove",
    ),
    path(
        "hiring/sessions/<int:pk>/observers/lead/",
        session_parts.observer_act,
        {"act": "lead"},
        name="observer_lead",
    ),
    path("hiring/sessions/<int:pk>/exercises/", session_parts.exercise_add, name="exercise_add"),
    path("hiring/exercises/<int:pk>/edit/", session_parts.exercise_edit, name="exercise_edit"),
    path(
        "hiring/exercises/<int:pk>/remove/", session_parts.exercise_remove, name="exercise_remove"
    ),
    path("hiring/exercises/<int:pk>/move/", session_parts.exercise_move, name="exercise_move"),
    path("hiring/seats/<int:pk>/book/", session_fill.seat_book, name="seat_book"),
    path(
        "hiring/seats/<int:pk>/confirm/",
        session_fill.seat_act,
        {"act": "confirm"},
        name="seat_confirm",
    ),
    path(
        "hiring/seats/<int:pk>/decline/",
        session_fill.seat_act,
        {"act": "decline"},
        name="seat_decline",
    ),
    path(
        "hiring/seats/<int:pk>/cancel/",
        session_fill.seat_act,
        {"act": "cancel"},
        name="seat_cancel",
    ),
    path("hiring/seats/<int:pk>/reschedule/", session_fill.seat_reschedule, name="seat_reschedule"),
]
