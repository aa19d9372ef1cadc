from django.urls import path

from hiring.views import (
    probation,
    probation_choose,
    probation_goals,
    probation_limits,
    probation_plan,
)
from hiring.views import probation_decide as decide
from hiring.views import probation_evidence as evidence
from hiring.views import probation_page as page
from hiring.views import probation_week as week

ONE = "hiring/probations/<int:pk>/"
GOAL = f"{ONE}goals/<int:goal>/"
LIMITS = "hiring/probations/limits/"
WEEK = "hiring/probations/weeks/<int:pk>/"
urlpatterns = [
    path("hiring/probations/", probation.probation_list, name="probation_list"),
    path("hiring/probations/new/", probation_plan.probation_new, name="probation_new"),
    path(f"{ONE}plan/", probation_plan.probation_plan, name="probation_plan"),
    path(f"{ONE}edit/", probation_plan.probation_edit, name="probation_edit"),
    path(f"{ONE}offer/", probation_plan.probation_offer, name="probation_offer"),
    path(f"{ONE}revise/", probation_plan.probation_revise, name="probation_revise"),
    path(f"{ONE}accounts/", probation_choose.probation_choose, name="probation_choose"),
    path(f"{ONE}accounts/beside/", probation_choose.probation_beside, name="probation_beside"),
    path(f"{ONE}goals/new/", probation_goals.probation_goal_create, name="probation_goal_create"),
    path(f"{GOAL}", probation_goals.probation_goal_edit, name="probation_goal_edit"),
    path(f"{GOAL}remove/", probation_goals.probation_goal_remove, name="probation_goal_remove"),
    path(
        f"{ONE}goals/removed/<int:event>/restore/",
        probation_goals.probation_goal_restore,
        name="probation_goal_restore",
    ),
    path(f"{LIMITS}", probation_limits.probation_limits, name="probation_limits"),
    path(f"{LIMITS}new/", probation_limits.probation_limit_create, name="probation_limit_create"),
    path(f"{LIMITS}<int:pk>/", probation_limits.probation_limit_edit, name="probation_limit_edit"),
    path(
        f"{LIMITS}<int:pk>/remove/",
        probation_limits.probation_limit_remove,
        name="probation_limit_remove",
    ),
    path(
        f"{LIMITS}removed/<int:event>/restore/",
        probation_limits.probation_limit_restore,
        name="probation_limit_restore",
    ),
    # what runs and has ended
    path(f"{ONE}", page.probation_page, name="probation_page"),
    path(f"{ONE}print/", page.probation_print, name="probation_print"),
    path(f"{ONE}accept/", page.probation_accept, name="probation_accept"),
    path(f"{ONE}send-back/", page.probation_send_back, name="probation_send_back"),
    path(f"{WEEK}words/", week.week_say, name="week_say"),
    path(f"{WEEK}held/", week.week_hold, name="week_hold"),
    path(f"{WEEK}read/", week.week_confirm, name="week_confirm"),
    path(f"{ONE}evidence/", evidence.evidence_add, name="evidence_add"),
    path("hiring/probations/papers/<uuid:key>/", evidence.evidence_paper, name="evidence_paper"),
    path("hiring/probations/goals/<int:pk>/judge/", decide.goal_judge, name="goal_judge"),
    path(f"{ONE}decide/", decide.probation_decide, name="probation_decide"),
    path(f"{ONE}decide/pass/", decide.probation_pass, name="probation_pass"),
    path(f"{ONE}decide/extend/", decide.probation_extend, name="probation_extend"),
    path(f"{ONE}decide/fail/", decide.probation_fail, name="probation_fail"),
    path(f"{ONE}call-off/", decide.probation_call_off, name="probation_call_off"),
    path(f"{ONE}handovers/", decide.probation_attach, name="probation_attach"),
]
