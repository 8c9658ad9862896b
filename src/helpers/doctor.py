"""Is this computer ready? Each thing that a run needs, looked at once, and what to do about it."""

import asyncio
import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from helpers.places import project_root
from helpers.problems import Said, counted

PYTHON = (3, 11)
SPACE = 1_000_000_000  # bytes: reports of a few editions, their staging and the last failed run
FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
_KERNEL_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is well, what was found, what to do."""

    name: str
    well: bool
    found: str
    remedy: str = ""
    en: str = ""

    def text(self, lang: str = "ja") -> str:
        """One line in a language."""
        mark = "○" if self.well else "×"
        if lang == "en":
            return f"{mark} {self.en or self.found}"
        remedy = f" → {self.remedy}" if self.remedy and not self.well else ""
        return f"{mark} {self.name}: {self.found}{remedy}"


def look(root: Path | None = None) -> Iterator[Finding]:
    """Look at everything; an unexpected error is a finding too, and does not end the round."""
    place = root or project_root()
    looks: list[tuple[Said, Callable[[], Finding]]] = [
        (Said("Python", "Python"), python),
        (Said("パッケージ", "packages"), lambda: packages(place / "requirements.txt")),
        (Said("フォント", "fonts"), fonts),
        (Said("書き込み", "writing"), lambda: writing(place)),
        (Said("ディスク", "disk"), lambda: space(place)),
        (Said("文字コード", "encoding"), encoding),
        (Said("カーネル", "kernel"), kernel),
    ]
    for name, one in looks:
        try:
            yield one()
        except Exception as error:
            found = f"調べられません（{type(error).__name__}: {error}）"
            en = f"{name.en}: could not be looked at ({type(error).__name__}: {error})"
            yield Finding(name.ja, False, found, "この文を添えて問い合わせてください", en)


def python() -> Finding:
    """The version of Python, and whether it is the project's own environment."""
    version = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info[:2] >= PYTHON
    return Finding(
        "Python",
        well,
        f"{version}（{sys.executable}）",
        "Python 3.11 以上を入れ、make setup をやり直してください",
        f"Python {version} ({sys.executable})" + ("" if well else " → install 3.11 or newer"),
    )


def packages(lock: Path) -> Finding:
    """What is installed against the lock."""
    remedy = "make setup（または pip install -r requirements.txt）をやり直してください"
    if not lock.exists():
        en = f"packages: no lock at {lock} → run this in the project's folder"
        return Finding("パッケージ", False, f"{lock} がありません", "プロジェクトの中で実行", en)
    other = [text for name, wanted in locked(lock) if (text := _difference(name, wanted))]
    ja = "、".join(each.ja for each in other[:6])
    found = f"requirements.txt と違うものが {len(other)} あります: {ja}"
    names = ", ".join(each.en for each in other[:6])
    en = f"packages: {counted(len(other), 'package')} not as locked: {names} → run make setup"
    if not other:
        found, en = "requirements.txt のとおりです", "packages: as locked"
    return Finding("パッケージ", not other, found, remedy, en)


def locked(lock: Path) -> Iterator[tuple[str, str]]:
    """Name and version of each package in the lock that this computer needs."""
    from packaging.requirements import Requirement

    for line in lock.read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            wanted = Requirement(line.rstrip("\\ "))
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted.name, str(wanted.specifier).removeprefix("==")


def _difference(name: str, wanted: str) -> Said | None:
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Said(f"{name} {wanted}（ありません）", f"{name} {wanted} (missing)")
    if installed == wanted:
        return None
    return Said(f"{name} {installed}（{wanted} のはず）", f"{name} {installed} (not {wanted})")


def fonts(folder: Path | None = None) -> Finding:
    """The fonts that charts are drawn with can be read, and hold Japanese."""
    from fontTools.ttLib import TTFont

    place = folder or Path(__file__).parent / "fonts"
    remedy = "git checkout src/helpers/fonts で戻してください"
    for name in FONTS:
        try:
            known = TTFont(place / name, lazy=True).getBestCmap()
        except Exception:
            en = f"fonts: {name} cannot be read → git checkout src/helpers/fonts"
            return Finding("フォント", False, f"{name} が読めません", remedy, en)
        if any(ord(letter) not in known for letter in "市愛着0−〜"):
            en = f"fonts: {name} lacks Japanese letters → git checkout src/helpers/fonts"
            return Finding("フォント", False, f"{name} に文字が足りません", remedy, en)
    return Finding("フォント", True, "、".join(FONTS), remedy, f"fonts: {', '.join(FONTS)}")


def writing(root: Path) -> Finding:
    """A file can be made and taken away where reports and tables are written."""
    for name in ("reports", "data/processed"):
        folder = root / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"citypromo")
        except OSError as error:
            why = error.strerror or str(error)
            remedy = "フォルダーの権限と、Excel などで開いていないかを確かめてください"
            en = f"writing: {folder}: {why} → look at the folder's permissions"
            return Finding("書き込み", False, f"{folder} に書けません（{why}）", remedy, en)
    return Finding("書き込み", True, "reports と data/processed に書けます", en="writing: possible")


def space(root: Path, needed: int = SPACE) -> Finding:
    """Free space for a run."""
    free = shutil.disk_usage(root).free
    gigabytes = f"{free / 1e9:.1f} GB"
    remedy = f"{needed / 1e9:.0f} GB 以上空けてください（reports/_failed は消せます）"
    en = f"disk: {gigabytes} free" + ("" if free >= needed else f" → free {needed / 1e9:.0f} GB")
    return Finding("ディスク", free >= needed, f"空き {gigabytes}", remedy, en)


def encoding() -> Finding:
    """File names and text can hold Japanese."""
    files, texts = sys.getfilesystemencoding(), locale.getpreferredencoding(False)
    well = True
    try:
        os.fsencode("令和7年度_市民意識調査")
    except UnicodeEncodeError:
        well = False
    found = f"ファイル名 {files}、文字 {texts}、画面 {sys.stdout.encoding}"
    en = f"encoding: file names {files}, text {texts}, screen {sys.stdout.encoding}"
    remedy = "環境変数 PYTHONUTF8=1 を設定してください"
    return Finding("文字コード", well, found, remedy, en + ("" if well else " → set PYTHONUTF8=1"))


def kernel() -> Finding:
    """A kernel of this Python starts and calculates."""
    from jupyter_client.manager import KernelManager

    if sys.platform == "win32":
        # ZeroMQ cannot wait in the event loop that Windows has by default, and warns.
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    manager = KernelManager()
    assert manager.kernel_spec is not None
    manager.kernel_spec.argv[0] = sys.executable
    remedy = "make setup をやり直してください（ipykernel が要ります）"
    try:
        manager.start_kernel(stderr=subprocess.DEVNULL)
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=_KERNEL_SECONDS)
        reply = client.execute_interactive("1 + 1", silent=True, timeout=_KERNEL_SECONDS)
        well = reply["content"]["status"] == "ok"
        client.stop_channels()
    except Exception as error:
        en = f"kernel: does not start ({error}) → run make setup"
        return Finding("カーネル", False, f"起動しません（{error}）", remedy, en)
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
    return Finding("カーネル", well, "起動します", remedy, "kernel: starts")
