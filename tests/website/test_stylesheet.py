"""The stylesheet and the fonts: one bundle, fresh, and light enough for a telephone."""

import gzip
import re
import runpy

from django.conf import settings

STATIC = settings.ROOT / "platform/website/static/website"


def test_the_bundle_is_what_its_parts_say():
    build = runpy.run_path(str(settings.ROOT / "scripts/build_css.py"))
    assert (STATIC / "site.css").read_text() == build["bundle"]()


def test_the_stylesheet_stays_under_15_kilobytes_compressed():
    assert len(gzip.compress((STATIC / "site.css").read_bytes())) < 15_000


def test_each_font_of_a_page_stays_under_30_kilobytes():
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert fonts
    assert [font.name for font in fonts if font.stat().st_size >= 30_000] == []


def test_the_licences_of_what_is_vendored_are_there():
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts/OFL.txt").read_text()
    assert "Zero-Clause BSD" in (STATIC / "vendor/htmx-LICENSE.txt").read_text()


def test_colours_and_sizes_are_tokens():
    """A colour that is written in a component escapes contrast and print."""
    css = settings.ROOT / "platform/website/css"
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    found = [path.name for path in css.rglob("*.css") if colour.search(path.read_text())]
    assert found == ["tokens.css"]


def test_every_token_that_is_used_exists():
    text = (STATIC / "site.css").read_text()
    defined = set(re.findall(r"(--bl-[\w-]+):", text))
    assert set(re.findall(r"var\((--bl-[\w-]+)", text)) <= defined


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_colours_have_enough_contrast_on_every_ground_they_stand_on():
    text = (settings.ROOT / "platform/website/css/tokens.css").read_text().split("@media")[0]
    tokens = dict(re.findall(r"--bl-([\w-]+): (#[0-9a-f]{6});", text)) | {"paper": "#ffffff"}
    for ink in ("ink", "ink-muted", "accent", "good", "attention", "bad"):
        for ground in ("paper", "paper-soft"):
            assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    for tone in ("good", "attention", "bad", "accent"):
        assert contrast(tokens["ink"], tokens[f"{tone}-soft"]) >= 4.5
        assert contrast(tokens[tone], tokens[f"{tone}-soft"]) >= 4.5
    assert contrast(tokens["line-strong"], tokens["paper"]) >= 3
