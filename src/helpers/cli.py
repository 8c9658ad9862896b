"""The command line: ``citypromo run CITY YEAR`` and its neighbours."""

import argparse
import sys
from collections.abc import Sequence

from helpers.edition import Edition, editions
from helpers.problems import InputError, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 all is well, 1 the user must act, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Japanese Windows consoles are CP932; a character it lacks must not end the run.
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("中断しました。公開済みの報告書はそのままです。", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citypromo", description="政策報告書の図表を、元データから作り直します。"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run",
        help="ノートブックを順に実行し、報告書を公開します",
        description="ノートブックを順に実行し、reports/CITY/YEAR に報告書を公開します。",
        epilog="例: citypromo run nishitokyo 2025    citypromo run isehara 令和6年度",
    )
    run.add_argument("city", metavar="CITY", nargs="?", help="市の ID（data/raw のフォルダー名）")
    run.add_argument("year", metavar="YEAR", nargs="?", help="年度（2025、令和7年度、R7）")
    run.add_argument("--all", action="store_true", help="元データのあるすべての年度版")
    run.add_argument(
        "-p",
        dest="parameters",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="ノートブックのパラメーター（例: -p lang=en）",
    )
    run.set_defaults(command=_run)
    listing = commands.add_parser("list", help="ある年度版の一覧")
    listing.set_defaults(command=_list)
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.all:
        return max([_run_edition(city, year, options.parameters) for city, year in editions()])
    if not options.city or not options.year:
        print("CITY と YEAR を指定してください（すべてなら --all）。", file=sys.stderr)
        return 2
    return _run_edition(options.city, options.year, options.parameters)


def _run_edition(city: str, year: str | int, parameters: Sequence[str]) -> int:
    """Run one edition and say what came out; a wrong edition does not stop the others."""
    from helpers.pipeline.run import run

    try:
        edition = Edition.open(city, year)
        print(f"{edition.name.ja} {edition.year_label()}")
        result = run(edition, _given(parameters))
    except InputError as error:
        print(f"{error}\n公開済みの報告書はそのままです。", file=sys.stderr)
        return 1
    for failure in result.failures:
        print(f"\n{failure}", file=sys.stderr)
    if result.report is None:
        print(f"\n実行したノートブックは {result.aside} にあります。", file=sys.stderr)
        print("公開済みの報告書はそのままです。", file=sys.stderr)
        return 1
    print(f"公開しました: {result.report}")
    for figure, reason in edition.left_out.items():
        print(f"  載せていない図 {figure}: {reason}")
    return 0


def _given(texts: Sequence[str]) -> dict[str, str]:
    """``["lang=en"]`` → ``{"lang": "en"}``."""
    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise InputError(Problem("-p", f"「{text}」は読めません", "名前=値") for text in wrong)
    pairs = (text.partition("=") for text in texts)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _list(_: argparse.Namespace) -> int:
    for city, year in editions():
        print(f"{city} {year}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
