"""Papers as tagged PDF (PDF/UA). Imports WeasyPrint: only for workers and commands."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

import website
from learningcircles.models import Paper

TEMPLATES = Path(__file__).resolve().parent / "templates/learningcircles"
FONTS = Path(str(website.__file__)).resolve().parent / "static/website/fonts"
FONT_FILES = frozenset({"SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"})
OWN = "benchlearn:"


class PdfUnavailable(Exception):
    """This machine lacks what a PDF is drawn with; says what to install."""


def render_paper(paper: Paper) -> bytes:
    """A paper as PDF in the language of the moment. Raises PdfUnavailable."""
    try:
        import weasyprint  # noqa: PLC0415 - loads Pango; takes a second
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415
    except OSError as error:
        raise PdfUnavailable(
            "Pango is missing on this machine (apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0)."
        ) from error

    class OwnFontsOnly(URLFetcher):
        """Gives the fonts of Benchlearn, and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(f"{OWN}font/")
            if url.startswith(OWN) and name in FONT_FILES:
                body = (FONTS / name).read_bytes()
                return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
            raise ValueError(f"not one of the fonts: {url[:80]}")

    html = render_to_string(
        f"learningcircles/{paper.kind}_pdf.html",
        {"paper": paper, "content": paper.content, "language": paper.language},
    )
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = OwnFontsOnly(allowed_protocols=(OWN.rstrip(":"),))
    css = (TEMPLATES / "paper_pdf.css").read_text()
    style = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=f"{OWN}page/")
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
