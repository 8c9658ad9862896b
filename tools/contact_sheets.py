"""Contact sheets of all figures, as printed, in grey and as a reader with deuteranopia sees them.

    citypromo run --all && python tools/contact_sheets.py [FOLDER]

Writes docs/figures/<city>_<width>.png (and …_grey, …_deuteranopia) from the published reports, or
from those in another folder.
"""

import sys
from pathlib import Path

import numpy as np
from daltonlens import simulate
from PIL import Image

ROOT = Path(__file__).parents[1]
SHEETS = ROOT / "docs" / "figures"
EDITIONS = (("mihon", 2025), ("nishitokyo", 2025), ("isehara", 2024))
README = (
    "nishitokyo/2025/figures/attachment_age",
    "nishitokyo/2025/figures/mgap",
    "isehara/2024/figures/progress",
    "nishitokyo/2025/figures/brand_rank",
)
PIXELS_PER_MM = 4.6  # about 117 dpi: text of 8 pt can still be read
GAP_MM = 5
PAPER = (225, 225, 225)


def main(reports: Path) -> None:
    """Write every sheet from a folder of reports."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    save(sheet([reports / f"{name}.png" for name in README], columns=2), "readme")
    for city, year in EDITIONS:
        folder = reports / city / str(year) / "figures"
        wide = [path for path in sorted(folder.glob("*.png")) if "80mm" not in path.name]
        narrow = sorted(folder.glob("*_80mm.png"))
        for paths, columns, name in ((wide, 2, "160mm"), (narrow, 4, "80mm")):
            full = sheet(paths, columns)
            save(full, f"{city}_{name}")
            save(full.convert("L").convert("RGB"), f"{city}_{name}_grey")
            save(deuteranopia(full), f"{city}_{name}_deuteranopia")


def sheet(paths: list[Path], columns: int) -> Image.Image:
    """Figures at one scale, each under the shortest column."""
    pictures = [_scaled(path) for path in paths]
    gap = round(GAP_MM * PIXELS_PER_MM)
    width = max(picture.width for picture in pictures)
    heights = [gap] * columns
    places = []
    for picture in pictures:
        column = heights.index(min(heights))
        places.append((gap + column * (width + gap), heights[column]))
        heights[column] += picture.height + gap
    paper = Image.new("RGB", (gap + columns * (width + gap), max(heights)), PAPER)
    for picture, place in zip(pictures, places, strict=True):
        paper.paste(picture, place)
    return paper


def _scaled(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        millimetres = [size / 300 * 25.4 for size in picture.size]
        size = tuple(round(length * PIXELS_PER_MM) for length in millimetres)
        return picture.convert("RGB").resize((size[0], size[1]), Image.Resampling.LANCZOS)


def deuteranopia(picture: Image.Image) -> Image.Image:
    """How it looks without the medium-wavelength cones (Brettel 1997)."""
    simulator = simulate.Simulator_Brettel1997()
    seen = simulator.simulate_cvd(np.asarray(picture), simulate.Deficiency.DEUTAN, severity=1.0)
    return Image.fromarray(seen)


def save(picture: Image.Image, name: str) -> None:
    """Write a sheet with few colours, so that git keeps it small."""
    picture.quantize(128).save(SHEETS / f"{name}.png", optimize=True)
    print(name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports")
