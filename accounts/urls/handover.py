from django.urls import path

from accounts.views import handover, handover_items, handover_question

urlpatterns = [
    path("handovers/", handover.handover_list, name="handover_list"),
    path("accounts/<int:pk>/handover/", handover.handover_page, name="handover_page"),
    path("accounts/<int:pk>/handover/new/", handover.handover_create, name="handover_create"),
    path("handovers/<int:pk>/agree/", handover.handover_agree, name="handover_agree"),
    path("handovers/<int:pk>/move/", handover.handover_move, name="handover_move"),
    path("handovers/<int:pk>/cancel/", handover.handover_cancel, name="handover_cancel"),
    path("handovers/<int:pk>/accept/", handover.handover_accept, name="handover_accept"),
    path("handovers/<int:pk>/letters/", handover.handover_letters, name="handover_letters"),
    path("handovers/<int:pk>/undo/", handover.handover_undo, name="handover_undo"),
    path(
        "handovers/<int:pk>/answers/<int:item>/", handover_items.handover_answer,
        name="handover_answer",
    ),
    path(
        "handovers/<int:pk>/ticks/<int:item>/", handover_items.handover_tick, name="handover_tick"
    ),
    path("handovers/<int:pk>/seen/<int:item>/", handover_items.handover_see, name="handover_see"),
    path(
        "handovers/<int:pk>/waive/<slug:kind>/<int:number>/", handover_items.handover_waive,
        name="handover_waive",
    ),
    path(
        "handovers/<int:pk>/promises/<int:number>/", handover_items.handover_promise,
        name="handover_promise",
    ),
    path(
        "handovers/<int:pk>/tasks/<int:number>/", handover_items.handover_task,
        name="handover_task",
    ),
    path("settings/handover/", handover_question.handover_questions, name="handover_questions"),
    path(
        "settings/handover/starting-set/", handover_question.handover_questions_install,
        name="handover_questions_install",
    ),
    path(
        "settings/handover/new/", handover_question.handover_question_create,
        name="handover_question_create",
    ),
    path(
        "settings/handover/<int:pk>/", handover_question.handover_question_edit,
        name="handover_question_edit",
    ),
    path(
        "settings/handover/<int:pk>/retire/", handover_question.handover_question_retire,
        name="handover_question_retire",
    ),
    path(
        "settings/handover/<int:pk>/move/", handover_question.handover_question_move,
        name="handover_question_move",
    ),
]  # fmt: skip
