"""Copy what the browser needs from node_modules into the static files, which are committed.

Only to take up a new version: `npm ci --ignore-scripts && .venv/bin/python scripts/vendor.py`.
Nobody who runs, builds or tests Benchlearn needs node or this script.

The fonts for pages are subsets (Latin letters, the figures, Dutch and English punctuation). Their
licence reserves the name of the original for unmodified files, so a subset bears another name;
the complete ttf files, for charts and PDF, are copied as they are and keep theirs.
"""

import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
STATIC = ROOT / "platform/website/static/website"
SOURCE_SANS = MODULES / "@expo-google-fonts/source-sans-3"
FAMILY = "Benchlearn Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026),
    *(0x202F, 0x20AC, 0x2190, 0x2192, 0x2193, 0x2191, 0x2212, 0x2264, 0x2265, 0x00D7, 0x2713),
]
FEATURES = ["kern", "liga", "lnum", "tnum", "pnum", "mark", "mkmk", "ccmp", "locl"]


def subset(weight: int, style: str) -> None:
    """Write the woff2 subset of one weight under the subset's own name."""
    font = TTFont(SOURCE_SANS / f"{weight}{style}" / f"SourceSans3_{weight}{style}.ttf")
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    for record in font["name"].names:
        text = {1: FAMILY, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}"}.get(record.nameID)
        if record.nameID == 6:
            text = f"{FAMILY.replace(' ', '')}-{style}"
        if text:
            record.string = text
    font.flavor = "woff2"
    font.save(STATIC / "fonts" / f"benchlearn-sans-{weight}.woff2")


def main() -> None:
    """Fill static/website/fonts and static/website/vendor."""
    for folder in ("fonts", "vendor"):
        (STATIC / folder).mkdir(parents=True, exist_ok=True)
    for weight, style in WEIGHTS.items():
        subset(weight, style)
        full = SOURCE_SANS / f"{weight}{style}" / f"SourceSans3_{weight}{style}.ttf"
        shutil.copyfile(full, STATIC / "fonts" / f"SourceSans3-{style}.ttf")
    shutil.copyfile(SOURCE_SANS / "LICENSE_FONT", STATIC / "fonts" / "OFL.txt")
    shutil.copyfile(MODULES / "htmx.org/dist/htmx.min.js", STATIC / "vendor" / "htmx.min.js")
    shutil.copyfile(MODULES / "htmx.org/LICENSE", STATIC / "vendor" / "htmx-LICENSE.txt")
    print("Vendored fonts and htmx into", STATIC.relative_to(ROOT))


if __name__ == "__main__":
    main()
