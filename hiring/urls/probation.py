from django.urls import path

from hiring.views import (
    probation,
    probation_choose,
    probation_goals,
    probation_limits,
    probation_plan,
)
from hiring.views import probation_page as page

ONE = "hiring/probations/<int:pk>/"
GOAL = f"{ONE}goals/<int:goal>/"
LIMITS = "hiring/probations/limits/"
urlpatterns = [
    path("hiring/probations/", probation.probation_list, name="probation_list"),
    path("hiring/probations/new/", probation_plan.probation_new, name="probation_new"),
    path(f"{ONE}plan/", probation_plan.probation_plan, name="probation_plan"),
    path(f"{ONE}edit/", probation_plan.probation_edit, name="probation_edit"),
    path(f"{ONE}offer/", probation_plan.probation_offer, name="probation_offer"),
    path(f"{ONE}revise/", probation_plan.probation_revise, name="probation_revise"),
    path(f"{ONE}cancel/", probation_plan.probation_cancel, name="probation_cancel"),
    path(f"{ONE}accounts/", probation_choose.probation_choose, name="probation_choose"),
    path(f"{ONE}accounts/beside/", probation_choose.probation_beside, name="probation_beside"),
    path(f"{ONE}goals/new/", probation_goals.probation_goal_create, name="probation_goal_create"),
    path(f"{GOAL}", probation_goals.probation_goal_edit, name="probation_goal_edit"),
    path(f"{GOAL}remove/", probation_goals.probation_goal_remove, name="probation_goal_remove"),
    path(f"{LIMITS}", probation_limits.probation_limits, name="probation_limits"),
    path(f"{LIMITS}new/", probation_limits.probation_limit_create, name="probation_limit_create"),
    path(f"{LIMITS}<int:pk>/", probation_limits.probation_limit_edit, name="probation_limit_edit"),
    path(
        f"{LIMITS}<int:pk>/remove/",
        probation_limits.probation_limit_remove,
        name="probation_limit_remove",
    ),
    # what runs and has ended
    path(f"{ONE}", page.probation_page, name="probation_page"),
    path(f"{ONE}accept/", page.probation_accept, name="probation_accept"),
    path(f"{ONE}send-back/", page.probation_send_back, name="probation_send_back"),
]
