from django.urls import path

from hiring.views import own

urlpatterns = [
    path("c/<str:token>/", own.own_page, name="own_page"),
    path("c/<str:token>/details/", own.own_details, name="own_details"),
    path("c/<str:token>/email/", own.own_email, name="own_email"),
    path("c/<str:token>/email/code/", own.own_email_code, name="own_email_code"),
    path("c/<str:token>/consent/<str:purpose>/", own.own_consent, name="own_consent"),
    path("c/<str:token>/withdraw/<int:pk>/", own.own_withdraw, name="own_withdraw"),
    path("c/<str:token>/letters/", own.own_letters, name="own_letters"),
    path("c/<str:token>/manager/", own.own_manager, name="own_manager"),
    path("c/<str:token>/export/", own.own_export, name="own_export"),
    path("c/<str:token>/erase/", own.own_erase, name="own_erase"),
]
