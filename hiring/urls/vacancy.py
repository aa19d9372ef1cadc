from django.urls import path

from hiring.views import stage, vacancy, vacancy_edit

urlpatterns = [
    path("hiring/", vacancy.vacancy_list, name="vacancy_list"),
    path("hiring/new/", vacancy_edit.vacancy_create, name="vacancy_create"),
    path("hiring/advert-check/", vacancy_edit.advert_lint, name="advert_lint"),
    path("hiring/<int:pk>/advert/", vacancy.advert_page, name="advert_page"),
    path("hiring/<int:pk>/edit/", vacancy_edit.vacancy_edit, name="vacancy_edit"),
    path("hiring/<int:pk>/approval/", vacancy.vacancy_approval, name="vacancy_approval"),
    path("hiring/<int:pk>/step/<slug:action>/", vacancy.vacancy_step, name="vacancy_step"),
    path("hiring/<int:pk>/stages/", stage.stage_list, name="stage_list"),
    path("hiring/<int:pk>/stages/new/", stage.stage_create, name="stage_create"),
    path("hiring/<int:pk>/stages/order/", stage.stages_order, name="stages_order"),
    path("hiring/<int:pk>/stages/<int:stage>/edit/", stage.stage_edit, name="stage_edit"),
    path(
        "hiring/<int:pk>/stages/<int:stage>/move/<slug:way>/", stage.stage_move, name="stage_move"
    ),
    path("hiring/<int:pk>/stages/<int:stage>/remove/", stage.stage_remove, name="stage_remove"),
]
