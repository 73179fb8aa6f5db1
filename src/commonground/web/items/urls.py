"""Addresses of item development and of the pretest."""

from django.urls import path

from commonground.web.items import flow_pages, item_pages, list_pages, pretest_pages, review_pages, round_pages

STUDY = "studies/<slug:public_id>"

app_name = "items"
urlpatterns = [
    path(f"{STUDY}/items/", list_pages.items, name="list"),
    path(f"{STUDY}/items/start/", list_pages.start, name="start"),
    path(f"{STUDY}/items/new/", list_pages.new, name="new"),
    path(f"{STUDY}/items/merge/", item_pages.merge, name="merge"),
    path(f"{STUDY}/items/flow/", flow_pages.flow_page, name="flow"),
    path(f"{STUDY}/items/into-study/", flow_pages.to_document, name="to-document"),
    path(f"{STUDY}/items/files/<str:name>", flow_pages.file, name="file"),
    path(f"{STUDY}/items/log/<int:number>/take-back/", item_pages.take_back, name="take-back"),
    path(f"{STUDY}/items/rounds/", round_pages.rounds, name="rounds"),
    path(f"{STUDY}/items/rounds/<int:number>/", round_pages.round_page, name="round"),
    path(f"{STUDY}/items/rounds/<int:number>/reviewers/", round_pages.reviewers, name="reviewers"),
    path(f"{STUDY}/items/rounds/<int:number>/reviewers/<int:entry>/", round_pages.reviewer, name="reviewer"),
    path(f"{STUDY}/items/rounds/<int:number>/keep/", round_pages.keep_rest, name="keep-rest"),
    path(f"{STUDY}/items/rounds/<int:number>/close/", round_pages.close, name="close"),
    path(f"{STUDY}/items/review/", review_pages.member_welcome, name="review"),
    path(f"{STUDY}/items/review/<int:place>/", review_pages.member_item, name="review-item"),
    path(f"{STUDY}/items/review/list/", review_pages.member_list, name="review-list"),
    path(f"{STUDY}/items/review/done/", review_pages.member_done, name="review-done"),
    path(f"{STUDY}/items/item/<slug:item>/", item_pages.item, name="item"),
    path(f"{STUDY}/items/item/<slug:item>/decide/", item_pages.decide, name="decide"),
    path(f"{STUDY}/items/item/<slug:item>/edit/", item_pages.edit, name="edit"),
    path(f"{STUDY}/items/item/<slug:item>/sources/", item_pages.sources, name="sources"),
    path(f"{STUDY}/items/item/<slug:item>/split/", item_pages.split, name="split"),
    path(f"{STUDY}/pretest/", pretest_pages.pretest, name="pretest"),
    path(f"{STUDY}/pretest/new/", pretest_pages.new, name="pretest-new"),
    path(f"{STUDY}/pretest/blank/", pretest_pages.blank, name="pretest-blank"),
    path(f"{STUDY}/pretest/<int:number>/", pretest_pages.interview, name="pretest-interview"),
    path(f"{STUDY}/pretest/<int:number>/remove/", pretest_pages.remove, name="pretest-remove"),
    path(f"{STUDY}/pretest/<int:number>/<slug:screen>/", pretest_pages.screen, name="pretest-screen"),
]
