"""Bundle the stylesheets of the design system into one file, which is committed.

A page fetches one stylesheet instead of thirty. Run after a change in platform/website/css:
`.venv/bin/python scripts/build_css.py`; with `--check` it only says whether the bundle is stale.
The order is: tokens, bare elements, layout, the components by name, print.
"""

import re
import sys
from pathlib import Path

WEBSITE = Path(__file__).resolve().parents[1] / "platform/website"
BUNDLE = WEBSITE / "static/website/site.css"


def parts() -> list[Path]:
    """The files of the bundle, in order."""
    css = WEBSITE / "css"
    first = [css / name for name in ("tokens.css", "base.css", "layout.css")]
    return [*first, *sorted((css / "components").glob("*.css")), css / "print.css"]


def smaller(text: str) -> str:
    """Without comments and without white space that means nothing."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    return re.sub(r":\s+(?=[^{}]*[;}])", ":", text).replace(";}", "}").strip()


def bundle() -> str:
    """The text of the bundle."""
    note = "/* Made by scripts/build_css.py from platform/website/css. Do not edit. */\n"
    return note + "\n".join(smaller(part.read_text()) for part in parts()) + "\n"


def main() -> int:
    """Write the bundle, or with --check compare it."""
    text = bundle()
    if "--check" in sys.argv[1:]:
        if BUNDLE.exists() and BUNDLE.read_text() == text:
            return 0
        print("site.css is stale: run scripts/build_css.py", file=sys.stderr)
        return 1
    BUNDLE.write_text(text)
    print(f"{BUNDLE.name}: {len(text)} bytes from {len(parts())} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
