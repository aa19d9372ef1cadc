from django.urls import path

from people.views import company, invitation, me, person, record, sign_in, team

app_name = "people"
urlpatterns = [
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("set-up/", company.set_up, name="set_up"),
    path("set-up/next/", company.set_up_next, name="set_up_next"),
    path("invite/<str:token>/", invitation.invitation_accept, name="invitation_accept"),
    path("me/", me.profile_page, name="profile_page"),
    path("me/security/", me.security_page, name="security_page"),
    path("me/preferences/", me.preference_set, name="preference_set"),
    path("me/sessions/end/", me.session_end, name="session_end"),
    path("me/sessions/end-others/", me.sessions_end, name="sessions_end"),
    path("me/email/", me.email_change, name="email_change"),
    path("email/confirm/<str:token>/", me.email_confirm, name="email_confirm"),
    path("email/undo/<str:token>/", me.email_undo, name="email_undo"),
    path("settings/", company.settings_page, name="settings_page"),
    path("settings/company/", company.company_page, name="company_page"),
    path("settings/people/", person.people_page, name="people_page"),
    path("settings/people/invite/", invitation.people_invite, name="people_invite"),
    path("settings/people/<int:pk>/", person.person_page, name="person_page"),
    path("settings/people/<int:pk>/update/", person.person_update, name="person_update"),
    path("settings/people/<int:pk>/roles/", person.person_roles, name="person_roles"),
    path("settings/people/<int:pk>/close/", person.person_deactivate, name="person_deactivate"),
    path("settings/people/<int:pk>/open/", person.person_activate, name="person_activate"),
    path("settings/people/<int:pk>/sign-out/", person.person_sign_out, name="person_sign_out"),
    path(
        "settings/people/<int:pk>/factors/remove/",
        person.person_factors_remove,
        name="person_factors_remove",
    ),
    path(
        "settings/invitations/<int:pk>/renew/",
        invitation.invitation_renew,
        name="invitation_renew",
    ),
    path(
        "settings/invitations/<int:pk>/withdraw/",
        invitation.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/teams/", team.teams_page, name="teams_page"),
    path("settings/teams/new/", team.team_create, name="team_create"),
    path("settings/teams/<int:pk>/", team.team_page, name="team_page"),
    path("settings/teams/<int:pk>/members/", team.member_add, name="member_add"),
    path("settings/memberships/<int:pk>/end/", team.member_end, name="member_end"),
    path("settings/attachments/new/", team.attachment_add, name="attachment_add"),
    path("settings/attachments/<int:pk>/end/", team.attachment_end, name="attachment_end"),
    path("settings/record/", record.record_page, name="record_page"),
]
