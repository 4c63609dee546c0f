"""All addresses. Each room has its own urls.py; names are listed in the access matrix."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.privacy.views import data_by_link, own_data, own_data_erase, own_data_file

handler400 = "website.views.errors.bad_request"
handler403 = "website.views.errors.forbidden"
handler404 = "website.views.errors.not_found"
handler500 = "website.views.errors.server_error"

urlpatterns = [
    path("", include("surveys.urls")),
    path("", include("website.urls")),
    path("", include("benchmarks.urls")),
    path("", include("learningcircles.urls")),
    path("", include("evaluation.urls")),
    path("", include("people.urls")),
    path("account/data/", own_data, name="own_data"),
    path("account/data/file/", own_data_file, name="own_data_file"),
    path("account/data/erase/", own_data_erase, name="own_data_erase"),
    path("d/<str:token>/", data_by_link, name="data_by_link"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
if settings.SHOW_COMPONENTS:
    urlpatterns.insert(0, path("components/", include("website.urls_development")))
