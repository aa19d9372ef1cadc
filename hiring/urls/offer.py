from django.urls import path

from hiring.views import offer, own_offer

urlpatterns = [
    path("hiring/offers/", offer.offer_list, name="offer_list"),
    path("hiring/candidacies/<int:pk>/offer/", offer.offer_create, name="offer_create"),
    path("hiring/offers/<int:pk>/", offer.offer_page, name="offer_page"),
    path("hiring/offers/<int:pk>/edit/", offer.offer_edit, name="offer_edit"),
    path("hiring/offers/<int:pk>/propose/", offer.offer_propose, name="offer_propose"),
    path("hiring/offers/<int:pk>/revise/", offer.offer_revise, name="offer_revise"),
    path("hiring/offers/<int:pk>/approve/", offer.offer_approve, name="offer_approve"),
    path("hiring/offers/<int:pk>/send-back/", offer.offer_send_back, name="offer_send_back"),
    path("hiring/offers/<int:pk>/send/", offer.offer_send, name="offer_send"),
    path("hiring/offers/<int:pk>/take-back/", offer.offer_take_back, name="offer_take_back"),
    path("hiring/offers/<int:pk>/decline/", offer.offer_decline, name="offer_decline"),
    path("hiring/offers/<int:pk>/print/", offer.offer_print, name="offer_print"),
    path("c/<str:token>/offers/<int:pk>/", own_offer.own_offer_letter, name="own_offer_letter"),
    path(
        "c/<str:token>/offers/<int:pk>/answer/",
        own_offer.own_offer_answer,
        name="own_offer_answer",
    ),
]
