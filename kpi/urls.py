from django.urls import path

from kpi.views import exports, laboratory, palette, pins, portfolio, runs, search, start, week

app_name = "kpi"
urlpatterns = [
    path("", start.start_page, name="start_page"),
    path("book/", week.book_page, name="book_page"),
    path("week/", week.week_act, name="week_act"),
    path("week/promises/<int:pk>/undo/", week.week_promise_undo, name="week_promise_undo"),
    path("week/meetings/<int:pk>/undo/", week.week_meeting_undo, name="week_meeting_undo"),
    path("portfolio/", portfolio.portfolio_page, name="portfolio_page"),
    path("portfolio/export/<slug:kind>/", exports.portfolio_export, name="portfolio_export"),
    path("portfolio/laboratory/", laboratory.laboratory_page, name="laboratory_page"),
    path("portfolio/laboratory/review/", laboratory.policy_review, name="policy_review"),
    path("portfolio/laboratory/keep/", laboratory.policy_keep, name="policy_keep"),
    path("portfolio/laboratory/compare/", laboratory.policy_compare, name="policy_compare"),
    path("portfolio/laboratory/<int:pk>/drop/", laboratory.policy_drop, name="policy_drop"),
    path("portfolio/pins/", pins.pin_list, name="pin_list"),
    path("portfolio/pins/<int:pk>/end/", pins.pin_end, name="pin_end"),
    path("portfolio/criteria/", pins.criteria_matrix, name="criteria_matrix"),
    path("portfolio/criteria/install/", pins.criteria_install, name="criteria_install"),
    path("accounts/<int:pk>/standing/", pins.account_standing, name="account_standing"),
    path("accounts/<int:pk>/pin/", pins.pin_create, name="pin_create"),
    path("accounts/<int:pk>/mark/<slug:code>/", pins.mark_create, name="mark_create"),
    path("runs/", runs.run_list, name="run_list"),
    path("runs/night/", runs.night_state, name="night_state"),
    path("runs/compute/", runs.run_compute, name="run_compute"),
    path("runs/<int:pk>/", runs.run_page, name="run_page"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/stop/", runs.run_stop, name="run_stop"),
    path("palette/", palette.palette, name="palette"),
    path("search/", search.search_page, name="search_page"),
]
