from django.urls import path

from accounts.views import coverage, map, map_changes

urlpatterns = [
    path("accounts/<int:pk>/map/", map.map_page, name="map_page"),
    path("accounts/<int:pk>/map/data/", map.map_data, name="map_data"),
    path("accounts/<int:pk>/map/answers/", map.map_answers, name="map_answers"),
    path("accounts/<int:pk>/map/people/add/", map_changes.person_add, name="map_person_add"),
    path("accounts/<int:pk>/map/people/<int:contact>/", map.map_person, name="map_person"),
    path("accounts/<int:pk>/map/roles/<int:role>/", map.map_role, name="map_role"),
    path("accounts/<int:pk>/map/ours/<int:user>/", map.map_colleague, name="map_colleague"),
    path("accounts/<int:pk>/map/lines/", map_changes.line_draw, name="line_draw"),
    path("accounts/<int:pk>/map/lines/<int:line>/end/", map_changes.line_end, name="line_end"),
    path("accounts/<int:pk>/map/places/", map_changes.card_place, name="card_place"),
    path("accounts/<int:pk>/map/places/reset/", map_changes.places_reset, name="places_reset"),
    path("accounts/<int:pk>/map/undo/<int:event>/", map_changes.map_undo, name="map_undo"),
    path("accounts/<int:pk>/map/task/", map_changes.task_make, name="map_task_make"),
    path("settings/coverage/", coverage.coverage_page, name="coverage_page"),
    path("settings/coverage/new/", coverage.coverage_create, name="coverage_create"),
    path("settings/coverage/<int:pk>/", coverage.coverage_edit, name="coverage_edit"),
    path("settings/coverage/<int:pk>/remove/", coverage.coverage_remove, name="coverage_remove"),
]
