"""The report as one HTML file that stands by itself, charts and the script for them included."""

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.formats import get_format
from django.utils.translation import get_language

from benchmarks.models import Programme
from evaluation.report.document import Document
from evaluation.report.pdf import OWN, STYLE

PLOTS = Path(__file__).resolve().parents[1] / "static/evaluation"


def render_webpage(
    document: Document,
    programme: Programme,
    charts: Mapping[str, bytes],
    organisations: Sequence[str] = (),
) -> bytes:
    """The document as HTML in the language of the moment; nothing is fetched from anywhere. Of the
    organisations, which it names, one may be pointed out."""
    context = {
        "document": document,
        "programme": programme,
        "language": get_language(),
        "interactive": True,
        "organisations": organisations,
        "decimal": get_format("DECIMAL_SEPARATOR"),
    }
    html = str(render_to_string("evaluation/report_pdf.html", context))
    for name, svg in charts.items():
        html = html.replace(f'"{OWN}chart/{name}"', f'"{_inside("image/svg+xml", svg)}"')
    lines = STYLE.read_text().splitlines()
    style = "\n".join(line for line in lines if not line.startswith("@font-face"))
    both = f"{style}\n{(PLOTS / 'plots.css').read_text()}"
    link = f'<link rel="stylesheet" href="{_inside("text/css", both.encode())}">'
    script = _inside("text/javascript", (PLOTS / "plots.js").read_bytes())
    html = html.replace("</head>", f"{link}</head>", 1)
    return html.replace("</body>", f'<script src="{script}"></script></body>', 1).encode()


def _inside(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
