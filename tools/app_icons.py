"""Draws the icons of the installed app from the mark, into static/app/.

The mark is static/favicon.svg: a key on a square of 28. A maskable icon may lose everything outside
a circle of 80 %, so its ground is full and its key smaller. Run it when the mark changes.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "app"
GROUND, INK = "#0b6467", "#ffffff"
FINE = 8  # drawn so many times larger, then reduced
ICONS = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "maskable-192.png": (192, True),
    "maskable-512.png": (512, True),
    "touch-180.png": (180, True),
}


def icon(side: int, *, is_maskable: bool) -> Image.Image:
    large = side * FINE
    picture = Image.new("RGBA", (large, large), GROUND if is_maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not is_maskable:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=large * 7 / 28, fill=GROUND)
    _draw_key(pen, large, shrink=0.78 if is_maskable else 1)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _draw_key(pen: ImageDraw.ImageDraw, large: int, *, shrink: float) -> None:
    """A ring, a shaft and a bit, in the coordinates of the mark, about its middle."""

    def at(value: float) -> float:
        return (14 + (value - 14) * shrink) / 28 * large

    thick = 2.2 / 28 * large * shrink
    half = thick / 2
    ring = (at(6.5) - half, at(10) - half, at(14.5) + half, at(18) + half)
    pen.ellipse(ring, outline=INK, width=round(thick))
    for x1, y1, x2, y2 in ((14.5, 14, 22, 14), (19, 14, 19, 18)):
        pen.line((at(x1), at(y1), at(x2), at(y2)), fill=INK, width=round(thick))
        for x, y in ((x1, y1), (x2, y2)):
            dot = (at(x) - half, at(y) - half, at(x) + half, at(y) + half)
            pen.ellipse(dot, fill=INK)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (side, is_maskable) in ICONS.items():
        icon(side, is_maskable=is_maskable).save(FOLDER / name, optimize=True)
    print(f"{len(ICONS)} icons in {FOLDER.name}/")


if __name__ == "__main__":
    main()
