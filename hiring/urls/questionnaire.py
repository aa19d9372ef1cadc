from django.urls import path

from hiring.views import knockout, questionnaire

urlpatterns = [
    path("hiring/<int:pk>/questionnaire/", questionnaire.questionnaire_page,
         name="questionnaire_page"),
    path("hiring/<int:pk>/questionnaire/new/", questionnaire.question_create,
         name="question_create"),
    path("hiring/<int:pk>/questionnaire/preview/", questionnaire.question_preview,
         name="question_preview"),
    path("hiring/<int:pk>/questionnaire/order/", questionnaire.questions_order,
         name="questions_order"),
    path("hiring/<int:pk>/questionnaire/copy/", questionnaire.questions_copy,
         name="questions_copy"),
    path("hiring/candidates/<int:pk>/answers/", questionnaire.candidate_answers,
         name="candidate_answers"),
    path("hiring/questions/<int:pk>/", questionnaire.question_edit, name="question_edit"),
    path("hiring/questions/<int:pk>/retire/", questionnaire.question_retire,
         name="question_retire"),
    path("hiring/questions/<int:pk>/restore/", questionnaire.question_restore,
         name="question_restore"),
    path("hiring/questions/<int:pk>/move/", questionnaire.question_move, name="question_move"),
    path("hiring/questions/<int:pk>/rule/", knockout.rule_create, name="rule_create"),
    path("hiring/<int:pk>/knock-outs/", knockout.knock_outs_page, name="knock_outs_page"),
    path("hiring/<int:pk>/knock-outs/confirm/", knockout.findings_confirm,
         name="findings_confirm"),
    path("hiring/knock-outs/<int:event>/undo/", knockout.findings_undo, name="findings_undo"),
    path("hiring/findings/<int:pk>/keep/", knockout.finding_keep, name="finding_keep"),
    path("hiring/rules/<int:pk>/", knockout.rule_edit, name="rule_edit"),
    path("hiring/rules/<int:pk>/retire/", knockout.rule_retire, name="rule_retire"),
    path("hiring/rules/<int:pk>/restore/", knockout.rule_restore, name="rule_restore"),
]  # fmt: skip
