"""Addresses of building a study."""

from django.urls import path

from commonground.web.building import (
    design,
    document,
    ethics,
    languages,
    launch,
    plan,
    preview,
    questions,
    rules,
    texts,
    versions,
    xlsform,
)

STUDY = "studies/<slug:public_id>"

app_name = "building"
urlpatterns = [
    path(f"{STUDY}/questionnaire/", questions.questionnaire, name="questionnaire"),
    path(f"{STUDY}/questionnaire/<slug:section>/new/", questions.new_question, name="question-new"),
    path(f"{STUDY}/questionnaire/question/<slug:name>/", questions.question, name="question"),
    path(f"{STUDY}/questionnaire/question/<slug:name>/move/", questions.move_question, name="question-move"),
    path(f"{STUDY}/questionnaire/question/<slug:name>/remove/", questions.remove_question, name="question-remove"),
    path(f"{STUDY}/questionnaire/texts/<slug:name>/", texts.texts, name="texts"),
    path(f"{STUDY}/questionnaire/rules/", rules.rules, name="rules"),
    path(f"{STUDY}/questionnaire/rules/<slug:kind>/<int:place>/", rules.rule, name="rule"),
    path(f"{STUDY}/questionnaire/rules/<slug:kind>/<int:place>/move/", rules.move_rule, name="rule-move"),
    path(f"{STUDY}/document/", document.document, name="document"),
    path(f"{STUDY}/questionnaire/xlsform/", xlsform.xlsform, name="xlsform"),
    path(f"{STUDY}/languages/", languages.languages, name="languages"),
    path(f"{STUDY}/languages/change/", languages.change_languages, name="change-languages"),
    path(f"{STUDY}/languages/<slug:name>/", languages.section, name="language-section"),
    path(f"{STUDY}/languages/<slug:language>/record/", languages.translation_record, name="translation"),
    path(f"{STUDY}/preview/", preview.preview, name="preview"),
    path(f"{STUDY}/design/", design.design, name="design"),
    path(f"{STUDY}/design/weigh/", design.weigh, name="design-weigh"),
    path(f"{STUDY}/design/weigh/<int:number>/", design.job, name="design-job"),
    path(f"{STUDY}/design/own/", design.own, name="design-own"),
    path(f"{STUDY}/design/design.csv", design.table, name="design-file"),
    path(f"{STUDY}/plan/", plan.plan, name="plan"),
    path(f"{STUDY}/plan/change/", plan.change, name="plan-change"),
    path(f"{STUDY}/plan/plan.md", plan.text, name="plan-text"),
    path(f"{STUDY}/plan/depart/", plan.depart, name="plan-depart"),
    path(f"{STUDY}/plan/deviations.csv", plan.departures, name="departures"),
    path(f"{STUDY}/versions/", versions.versions, name="versions"),
    path(f"{STUDY}/versions/<int:number>/", versions.version, name="version"),
    path(f"{STUDY}/versions/<int:number>/study.yaml", versions.document, name="version-file"),
    path(f"{STUDY}/launch/", launch.launch, name="launch"),
    path(f"{STUDY}/ethics/", ethics.ethics, name="ethics"),
]
