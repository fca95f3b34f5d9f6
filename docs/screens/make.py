"""Pictures of the main pages at 1280 and 360 px, from the demo: `python -m docs.screens.make`.

PORTAL_ADDRESS names a demo that runs already. A picture has a palette of 96 colours and at most TALLEST
pixels of height, so that all together stay small in the repository.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from bench import _demo

FOLDER = Path(__file__).resolve().parent
WIDTHS, TALLEST, COLOURS = (1280, 360), 3600, 96
PAGES = (
    ("sign-in", "", _demo.SIGN_IN),
    ("tip-form", "", _demo.TIP_FORM),
    ("home", _demo.OFFICER, "/"),
    ("home-leader", _demo.LEADER, "/"),
    ("home-province", _demo.PROVINCE, "/"),
    ("home-nation", _demo.NATION, "/"),
    ("home-admin", _demo.ADMIN, "/"),
    ("inbox", _demo.OFFICER, "/nhac-viec/"),
    ("entry", _demo.OFFICER, _demo.ENTRY),
    ("log", _demo.OFFICER, _demo.LOG),
    ("report", _demo.OFFICER, ""),
    ("dashboard", _demo.PROVINCE, _demo.DASHBOARD),
    ("dashboard-nation", _demo.NATION, _demo.DASHBOARD),
    ("overview", _demo.PROVINCE, "/bao-cao/tinh-hinh-gui/"),
)


def main() -> int:
    """Take them all; 1 if a page is wider than its screen."""
    too_wide = []
    with _demo.portal() as address, _demo.chromium() as browser:
        states = _demo.sessions_of(browser, address, PAGES)
        for name, username, path in PAGES:
            for width in WIDTHS:
                screen = {"width": width, "height": 900}
                context = _demo.new_context(browser, address, states[username], viewport=screen)
                page = context.new_page()
                answer = page.goto(path or _demo.report_address(page))
                if answer.status != 200:
                    raise RuntimeError(f"{name}: {answer.status}")
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append(f"{name} at {width}")
                small = packed(page.screenshot(full_page=True))
                (FOLDER / f"{name}-{width}.png").write_bytes(small)
                context.close()
    print(f"wider than the screen: {', '.join(too_wide)}" if too_wide else "all fit")
    return bool(too_wide)


def packed(png: bytes) -> bytes:
    """The picture with few colours, cut at TALLEST."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    small = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
