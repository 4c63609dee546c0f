"""The report as a tagged PDF (PDF/UA). Imports WeasyPrint: only for workers and commands."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from benchmarks.models import Programme
from evaluation.report.document import Document
from evaluation.report.draw import FONTS

STYLE = Path(__file__).resolve().parents[1] / "templates/evaluation/report_pdf.css"
OWN = "benchlearn:"


class PdfUnavailable(Exception):
    """This machine lacks what a PDF is drawn with; says what to install."""


def nobody_waits() -> None:
    """No sign of life is needed."""


def render_pdf(
    document: Document,
    programme: Programme,
    charts: Mapping[str, str],
    *,
    language: str,
    alive: Callable[[], None] = nobody_waits,
) -> bytes:
    """The document as PDF in the language of the moment. Raises PdfUnavailable.

    That of a large programme takes longer than a lease: `alive` is called with each of its pages.
    """
    try:
        import weasyprint  # noqa: PLC0415 - loads Pango; takes a second
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415
    except OSError as error:
        raise PdfUnavailable(
            "No PDF: Pango is missing on this machine. Install it "
            "(apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0) "
            "and make the report again."
        ) from error

    class OwnFilesOnly(URLFetcher):
        """Gives the charts and the fonts of this report, and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            kind, _slash, name = url.removeprefix(OWN).partition("/")
            if url.startswith(OWN) and kind == "chart" and name in charts:
                body = charts[name].encode()
                return URLFetcherResponse(url, body, {"Content-Type": "image/svg+xml"})
            if url.startswith(OWN) and kind == "font" and name in FONT_FILES:
                body = (FONTS / name).read_bytes()
                return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
            raise ValueError(f"not one of the report's own files: {url[:80]}")

    html = render_to_string(
        "evaluation/report_pdf.html",
        {"document": document, "programme": programme, "language": language},
    )
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = OwnFilesOnly(allowed_protocols=(OWN.rstrip(":"),))
    style = weasyprint.CSS(string=STYLE.read_text(), url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=f"{OWN}page/")
    with _told_of_each_step(alive):
        return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


class _Listener(logging.Handler):
    """Hears of each step and each page, and passes it on."""

    def __init__(self, alive: Callable[[], None]) -> None:
        super().__init__(logging.INFO)
        self._alive = alive

    def emit(self, record: logging.LogRecord) -> None:
        self._alive()


@contextmanager
def _told_of_each_step(alive: Callable[[], None]) -> Iterator[None]:
    """WeasyPrint says how far it is in a log of its own; what `alive` raises ends its work."""
    progress, listener = logging.getLogger("weasyprint.progress"), _Listener(alive)
    before = progress.level, progress.propagate
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(listener)
    try:
        yield
    finally:
        progress.removeHandler(listener)
        progress.setLevel(before[0])
        progress.propagate = before[1]


FONT_FILES = frozenset({"SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"})
