"""The report as one HTML file that stands by itself, charts included."""

import base64
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.translation import get_language

from benchmarks.models import Programme
from evaluation.report.document import Document
from evaluation.report.pdf import OWN, STYLE


def render_webpage(document: Document, programme: Programme, charts: Mapping[str, bytes]) -> bytes:
    """The document as HTML in the language of the moment; nothing is fetched from anywhere."""
    context = {"document": document, "programme": programme, "language": get_language()}
    html = str(render_to_string("evaluation/report_pdf.html", context))
    for name, svg in charts.items():
        html = html.replace(f'"{OWN}chart/{name}"', f'"{_inside("image/svg+xml", svg)}"')
    lines = STYLE.read_text().splitlines()
    style = "\n".join(line for line in lines if not line.startswith("@font-face"))
    link = f'<link rel="stylesheet" href="{_inside("text/css", style.encode())}">'
    return html.replace("</head>", f"{link}</head>", 1).encode()


def _inside(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
