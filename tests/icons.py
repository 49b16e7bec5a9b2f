"""Draw the icons for home screens from the mark: each SVG in each size, as a PNG of few colors.

Run by `make icons` after a change of static/icons/*.svg; what it draws is committed.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET

FOLDER = Path(__file__).resolve().parent.parent / "static/icons"
# Phones cut the maskable one to a shape of their own, and Apple's round its corners.
DRAWN = {
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "maskable-192.png": ("maskable.svg", 192),
    "maskable-512.png": ("maskable.svg", 512),
    "apple-touch-icon.png": ("maskable.svg", 180),
}
COLORS = 64


def main() -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, (source, size) in DRAWN.items():
            path = FOLDER / name
            made_small(drawn(chromium, FOLDER / source, size)).save(path, optimize=True)
            sys.stdout.write(f"{name}: {size} px, {path.stat().st_size} bytes\n")


def drawn(chromium: Browser, source: Path, size: int) -> Image.Image:
    """Return an SVG as a picture of that size; what it leaves open stays transparent."""
    page = chromium.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{source.read_text()}")
    picture = Image.open(BytesIO(page.screenshot(omit_background=True)))
    page.close()
    return picture


def made_small(picture: Image.Image) -> Image.Image:
    """Return it with the few colors it needs; opaque if it was."""
    is_opaque = picture.mode == "RGB" or picture.getchannel("A").getextrema() == (255, 255)
    if is_opaque:
        return picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    return picture.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
