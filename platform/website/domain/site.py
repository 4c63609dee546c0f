"""Setting up the site: its languages and its home page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from website.home_texts import TEXTS
from website.models import HomePage


def _new_home(locale: Locale) -> HomePage:
    """The home page in one language, with the words it starts with."""
    texts = TEXTS[locale.language_code]
    return HomePage(slug=f"home-{locale.language_code}", locale=locale, live=True, **texts)


def _publish(page: HomePage) -> HomePage:
    page.save_revision().publish()
    return page


def _homes(root: Page) -> HomePage:
    """The home pages as translations of one another; returns the one in the main language."""
    main = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]
    first = HomePage.objects.filter(locale=main).first()
    if first is None:
        first = _publish(root.add_child(instance=_new_home(main)))
    for code, _name in settings.LANGUAGES:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        if not first.get_translations(inclusive=True).filter(locale=locale).exists():
            page = _new_home(locale)
            page.translation_key = first.translation_key
            _publish(root.add_child(instance=page))
    return first


@transaction.atomic
def set_up_site() -> bool:
    """Make the home page in every language, served at the root of the site.

    May be run at any time: what is there, and what editors wrote, stays as it is. Returns whether
    anything was made.
    """
    before = HomePage.objects.count()
    root = Page.get_first_root_node()
    home = _homes(root)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != home.pk:
        address = urlsplit(settings.BASE_URL)
        site.hostname, site.port = address.hostname, address.port or 80
        site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
        site.save()
        Page.objects.filter(depth=2, content_type__model="page", slug="home").delete()
    return HomePage.objects.count() != before
