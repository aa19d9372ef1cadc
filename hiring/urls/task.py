from django.urls import path

from hiring.views import home_tasks, task_bank

urlpatterns = [
    path("hiring/tasks/", task_bank.task_bank, name="task_bank"),
    path("hiring/tasks/new/", task_bank.testtask_create, name="testtask_create"),
    path("hiring/tasks/<int:pk>/", task_bank.testtask_page, name="testtask_page"),
    path("hiring/tasks/<int:pk>/version/", task_bank.version_write, name="version_write"),
    path(
        "hiring/tasks/<int:pk>/retire/<int:retired>/",
        task_bank.testtask_retire,
        name="testtask_retire",
    ),
    path(
        "hiring/tasks/versions/<int:pk>/leak/<int:leaked>/",
        task_bank.version_leak,
        name="version_leak",
    ),
    path("hiring/candidacies/<int:pk>/task/", home_tasks.home_task_send, name="home_task_send"),
    path("hiring/home-tasks/<int:pk>/", home_tasks.home_task_page, name="home_task_page"),
    path(
        "hiring/home-tasks/<int:pk>/extend/", home_tasks.home_task_extend, name="home_task_extend"
    ),
    path(
        "hiring/home-tasks/<int:pk>/cancel/", home_tasks.home_task_cancel, name="home_task_cancel"
    ),
    path(
        "hiring/home-tasks/<int:pk>/graders/",
        home_tasks.home_task_graders,
        name="home_task_graders",
    ),
    path(
        "hiring/candidates/<int:pk>/rounds/", home_tasks.candidate_rounds, name="candidate_rounds"
    ),
    path("c/<str:token>/tasks/<int:pk>/", home_tasks.own_task, name="own_task"),
]
