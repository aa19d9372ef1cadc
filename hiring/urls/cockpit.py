from django.urls import path

from hiring.views import checkin, cockpit, results

SESSION = "hiring/sessions/<int:pk>"
urlpatterns = [
    path(f"{SESSION}/cockpit/", cockpit.cockpit_page, name="cockpit_page"),
    path(f"{SESSION}/cockpit/here/", cockpit.cockpit_here, name="cockpit_here"),
    path(f"{SESSION}/cockpit/marks/", cockpit.marks_keep, name="marks_keep"),
    path(f"{SESSION}/cockpit/walk-in/", checkin.walk_in, name="walk_in"),
    path(f"{SESSION}/cockpit/finish/", cockpit.scoring_finish, name="scoring_finish"),
    path(f"{SESSION}/cockpit/reopen/", cockpit.scoring_reopen, name="scoring_reopen"),
    path(f"{SESSION}/cockpit/reveal/", cockpit.scoring_reveal, name="scoring_reveal"),
    path(f"{SESSION}/results/", results.results_page, name="results_page"),
    path(f"{SESSION}/results/decide/", results.decision_make, name="decision_make"),
    path(f"{SESSION}/results/debrief/", results.debrief_keep, name="debrief_keep"),
    path("hiring/decisions/<int:pk>/undo/", results.decision_undo, name="decision_undo"),
    path("hiring/seats/<int:pk>/check-in/undo/", checkin.seat_undo, name="seat_undo"),
    path("hiring/seats/<int:pk>/check-in/<str:state>/", checkin.seat_settle, name="seat_settle"),
    path("hiring/exercises/<int:pk>/clock/<str:act>/", cockpit.exercise_act, name="exercise_act"),
]
