from django.urls import path

from accounts.views import cadence, tasks

urlpatterns = [
    path("accounts/<int:pk>/rhythm/", cadence.cadence_agree, name="cadence_agree"),
    path("accounts/<int:pk>/rhythm/part/", cadence.cadence_part, name="cadence_part"),
    path("accounts/<int:pk>/rhythm/forget/", cadence.cadence_forget, name="cadence_forget"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/new/", tasks.task_create, name="task_create"),
    path("tasks/settle/", tasks.tasks_settle, name="tasks_settle"),
    path("tasks/settle/<int:event>/undo/", tasks.tasks_undo, name="tasks_undo"),
    path("tasks/undo/<int:event>/", tasks.task_undo, name="task_undo"),
    path("tasks/<int:pk>/", tasks.task_page, name="task_page"),
    path("tasks/<int:pk>/edit/", tasks.task_edit, name="task_edit"),
    path("tasks/<int:pk>/complete/", tasks.task_complete, name="task_complete"),
    path("tasks/<int:pk>/drop/", tasks.task_drop, name="task_drop"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("tasks/<int:pk>/postpone/", tasks.task_postpone, name="task_postpone"),
    path("tasks/<int:pk>/give/", tasks.task_delegate, name="task_delegate"),
    path("tasks/<int:pk>/comment/", tasks.task_comment, name="task_comment"),
]
