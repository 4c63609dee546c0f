"""All addresses. Each room has its own urls.py; names are listed in the access matrix."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from config.privacy.standing_views import standing_name_settle, standing_names
from config.privacy.views import data_by_link, own_data, own_data_erase, own_data_file
from config.views import api_openapi, api_reference

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("", include("surveys.urls")),
    path("", include("website.urls")),
    path("", include("benchmarks.urls")),
    path("", include("learningcircles.urls")),
    path("", include("evaluation.urls")),
    path("", include("people.urls")),
    # The root of ninja's own addresses lies under the first of these.
    path("api/v1/", api_reference, name="api_reference"),
    path("api/v1/openapi.json", api_openapi, name="api_openapi"),
    path("api/v1/", api.urls),
    path("account/data/", own_data, name="own_data"),
    path("account/data/file/", own_data_file, name="own_data_file"),
    path("account/data/erase/", own_data_erase, name="own_data_erase"),
    path("programmes/<slug:code>/names/", standing_names, name="standing_names"),
    path(
        "programmes/<slug:code>/names/<int:pk>/", standing_name_settle, name="standing_name_settle"
    ),
    path("d/<str:token>/", data_by_link, name="data_by_link"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
if settings.SHOW_COMPONENTS:
    urlpatterns.insert(0, path("components/", include("website.urls_development")))
