"""The READMEs' pictures of a year: a figure, its place in the gallery, a refreshed Word document.

    citypromo run mihon 2025 && python tools/readme_pictures.py

Writes docs/pictures/{gallery,word,figure}.png from the sample city's published report and its
document. Needs Chromium and LibreOffice.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CITY, YEAR = "mihon", "2025"
REPORT = ROOT / "reports" / CITY / YEAR
DOCUMENT = ROOT / "data" / "documents" / CITY / YEAR / "policy.docx"
WIDTH_PX = 900
CHROMIUM = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        save(Image.open(gallery(Path(folder))), "gallery")
        before, after = (page(each, Path(folder)) for each in documents(Path(folder)))
        save(beside(before, after), "word")
    save(Image.open(REPORT / "figures" / "progress.png"), "figure")


def gallery(folder: Path) -> Path:
    """One figure of the gallery's page, as a browser shows it, with its downloads."""
    shown = folder / "gallery.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        view = browser.new_page(viewport={"width": 1100, "height": 900})
        view.goto((REPORT / "index.html").as_uri())
        view.locator("article").nth(4).screenshot(path=str(shown))
        browser.close()
    return shown


def documents(folder: Path) -> tuple[Path, Path]:
    """The sample city's policy document with last year's figures, and its refreshed copy."""
    old = folder / "policy.docx"
    shutil.copy(DOCUMENT, old)
    command = [sys.executable, "-m", "helpers.cli", "word", "refresh", str(old), CITY, YEAR]
    subprocess.run(command, cwd=ROOT, check=False)  # exits 1 where something is left to a person
    (new,) = set(folder.glob("policy*.docx")) - {old}
    return old, new


def page(document: Path, folder: Path) -> Image.Image:
    """The first page of a Word document, by LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(document)], check=True, capture_output=True)
    pdf = pypdfium2.PdfDocument(folder / f"{document.stem}.pdf")
    return pdf[0].render(scale=1.5).to_pil()


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages side by side on grey."""
    gap = 16
    paper = Image.new(
        "RGB", (left.width + right.width + 3 * gap, left.height + 2 * gap), (225, 225, 225)
    )
    paper.paste(left, (gap, gap))
    paper.paste(right, (left.width + 2 * gap, gap))
    return paper


def save(picture: Image.Image, name: str) -> None:
    """Write a picture small, with few colours, so that git keeps it small."""
    small = picture.convert("RGB")
    small.thumbnail((WIDTH_PX, 4 * WIDTH_PX), Image.Resampling.LANCZOS)
    small.quantize(128).save(PICTURES / f"{name}.png", optimize=True)
    print(name, (PICTURES / f"{name}.png").stat().st_size)


if __name__ == "__main__":
    main()
