"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from benchmarks.views import appointments, audit, programme_files
from benchmarks.views.agreements import charter, charter_consent, charter_write, definition_new
from benchmarks.views.entry import figure_entry
from benchmarks.views.figures import (
    figure_status,
    figures,
    indicator,
    our_figures,
    reference_group,
)
from benchmarks.views.imports import figure_import, figure_import_check
from benchmarks.views.participations import participation, participation_list
from benchmarks.views.programmes import programme, programme_list

of_organisation: list[URLPattern | URLResolver] = [
    path("", our_figures, name="our_figures"),
    path("entry/<str:period>/", figure_entry, name="figure_entry"),
    path("group/", reference_group, name="reference_group"),
    path("indicators/<slug:indicator>/", indicator, name="indicator"),
    path("indicators/<slug:indicator>/<str:period>/status/", figure_status, name="figure_status"),
]
of_programme: list[URLPattern | URLResolver] = [
    path("", programme, name="programme"),
    path("audit/", audit.programme_audit, name="programme_audit"),
    path("files/", programme_files.programme_files, name="programme_files"),
    path("files/<int:pk>/", programme_files.programme_file, name="programme_file"),
    path(
        "files/<int:pk>/remove/",
        programme_files.programme_file_remove,
        name="programme_file_remove",
    ),
    path("people/", appointments.appointments, name="appointments"),
    path("people/appoint/", appointments.appointment_add, name="appointment_add"),
    path("people/<int:pk>/end/", appointments.appointment_end, name="appointment_end"),
    path("people/of/<slug:organisation>/add/", appointments.member_add, name="member_add"),
    path("people/of/<slug:organisation>/<int:pk>/end/", appointments.member_end, name="member_end"),
    path("participation/", participation_list, name="participation_list"),
    path("participation/<int:pk>/", participation, name="participation"),
    path("charter/", charter, name="charter"),
    path("charter/write/", charter_write, name="charter_write"),
    path("charter/<int:version>/consent/", charter_consent, name="charter_consent"),
    path("definitions/<slug:indicator>/", definition_new, name="definition_new"),
    path("figures/", figures, name="figures"),
    path("figures/of/<slug:organisation>/", include(of_organisation)),
    path("figures/import/", figure_import, name="figure_import"),
    path("figures/import/<int:pk>/", figure_import_check, name="figure_import_check"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("audit/", audit.audit_log, name="audit_log"),
    path("programmes/", programme_list, name="programme_list"),
    path("programmes/<slug:code>/", include(of_programme)),
]
