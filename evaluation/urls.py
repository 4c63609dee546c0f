"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from evaluation.views import agreement, files, judgements, plans, records, report

report_urls = [
    path("", report.report, name="report"),
    path("make/", report.report_make, name="report_make"),
    path("cancel/", report.report_cancel, name="report_cancel"),
    path("findings/", judgements.report_findings, name="report_findings"),
    path("findings/<str:finding>/", judgements.report_finding, name="report_finding"),
    path("note/", judgements.report_note, name="report_note"),
    path("progress/", report.report_progress, name="report_progress"),
    path("settings/", report.report_settings, name="report_settings"),
    path("for/<slug:reader>/", report.report_for, name="report_for"),
    path("for/<slug:reader>/pdf/", files.report_for_pdf, name="report_for_pdf"),
    path("pdf/", files.report_pdf, name="report_pdf"),
    path("xlsx/", files.report_xlsx, name="report_xlsx"),
    path("charts/<slug:chart>.svg", files.report_chart, name="report_chart"),
    path("tables/<slug:table>/", records.report_table, name="report_table"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:code>/report/", include(report_urls)),
    path("programmes/<slug:code>/plan/", plans.analysis_plan, name="analysis_plan"),
    path("programmes/<slug:code>/plan/new/", plans.analysis_plan_new, name="analysis_plan_new"),
    path("programmes/<slug:code>/agreement/", agreement.agreement, name="agreement"),
    path(
        "programmes/<slug:code>/agreement/measure/",
        agreement.agreement_measure,
        name="agreement_measure",
    ),
    path("programmes/<slug:code>/study-check/", records.study_check, name="study_check"),
]
