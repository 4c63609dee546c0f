"""All addresses. Each room has its own urls.py; names are listed in the access matrix."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

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
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
if settings.SHOW_COMPONENTS:
    urlpatterns.insert(0, path("components/", include("website.urls_development")))
