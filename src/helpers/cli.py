"""The command line: ``citypromo run CITY YEAR`` and its neighbours."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

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
    run = _command(commands, "run", _run, "ノートブックを順に実行し、報告書を公開します")
    run.add_argument("--all", action="store_true", help="元データのあるすべての年度版")
    run.add_argument("--again", action="store_true", help="変わっていなくても、すべて実行する")
    plan = _command(commands, "plan", _plan, "何がなぜ実行されるかを、1行ずつ示します")
    for command in (run, plan):
        command.add_argument(
            "-p",
            dest="parameters",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="ノートブックのパラメーター（例: -p lang=en）",
        )
    _command(commands, "verify", _verify, "公開した報告書が1バイトも変わっていないか調べます")
    check = _command(commands, "check", _check, "元データの誤りを、実行の前にすべて挙げます")
    check.add_argument("--json", action="store_true", help="JSON で出力する")
    check.add_argument("--html", metavar="FILE", help="HTML のページも書き出す")
    doctor = commands.add_parser("doctor", help="このパソコンで実行できるかを調べます")
    doctor.set_defaults(command=_doctor)
    for command in (check, doctor):
        command.add_argument("--lang", choices=("ja", "en"), default="ja", help="ja か en")
    begin = _command(commands, "new-year", _new_year, "次の年度版を作り、足りないものを挙げます")
    begin.add_argument("--lang", choices=("ja", "en"), default="ja", help="ja か en")
    diff = _command(commands, "diff", _diff, "2つの年度版で、変わった数値・状況・方法を示します")
    diff.add_argument(
        "other", metavar="YEAR|PATH", nargs="?", help="比べる年度か、指標のフォルダー"
    )
    diff.add_argument("--csv", metavar="FILE", help="すべての変化を CSV に書き出す")
    diff.add_argument("--html", metavar="FILE", help="図を並べた HTML のページを書き出す")
    diff.add_argument("--lang", choices=("ja", "en"), default="ja", help="ja か en")
    city = commands.add_parser(
        "new-city",
        help="新しい市の最初の年度版を作ります",
        epilog="例: citypromo new-city kamakura --name-ja 鎌倉市 --name-en Kamakura "
        "--code 142042 --year 令和7年度",
    )
    city.set_defaults(command=_new_city)
    city.add_argument("id", metavar="ID", help="市の ID（英小文字。フォルダーの名前になる）")
    for option in ("--name-ja", "--name-en", "--code", "--year"):
        city.add_argument(option, help="書かなければ尋ねます")
    listing = commands.add_parser("list", help="元データのある年度版の一覧")
    listing.set_defaults(command=_list)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace], int],
    what: str,
) -> argparse.ArgumentParser:
    """A command for one edition."""
    example = f"例: citypromo {name} nishitokyo 2025    citypromo {name} isehara 令和6年度"
    parser = commands.add_parser(name, help=what, description=f"{what}。", epilog=example)
    optional = "?" if name == "run" else None
    parser.add_argument("city", metavar="CITY", nargs=optional, help="市の ID（data/raw の名前）")
    parser.add_argument("year", metavar="YEAR", nargs=optional, help="年度（2025、令和7年度、R7）")
    parser.set_defaults(command=function)
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.all:
        # Earlier editions first: they are the history of later ones.
        return max(_run_edition(city, year, options) for city, year in editions())
    if not options.city or not options.year:
        print("CITY と YEAR を指定してください（すべてなら --all）。", file=sys.stderr)
        return 2
    return _run_edition(options.city, options.year, options)


def _run_edition(city: str, year: str | int, options: argparse.Namespace) -> int:
    """Run one edition and say what came out; a wrong edition does not stop the others."""
    from helpers.pipeline.run import run

    try:
        edition = Edition.open(city, year)
        print(f"{edition.name.ja} {edition.year_label()}")
        result = run(edition, _given(options.parameters), again=options.again)
    except InputError as error:
        print(f"{error}\n公開済みの報告書はそのままです。", file=sys.stderr)
        return 1
    except Exception as error:
        from helpers.pipeline.trouble import trouble

        print(f"{trouble(error, city, year)}\n公開済みの報告書はそのままです。", file=sys.stderr)
        return 1
    for failure in result.failures:
        print(f"\n{failure}", file=sys.stderr)
    if result.report is None:
        print(f"\n実行したノートブックは {result.aside} にあります。", file=sys.stderr)
        print("公開済みの報告書はそのままです。", file=sys.stderr)
        return 1
    if not result.executed:
        return 0
    print(f"公開しました: {result.report}")
    for figure, reason in edition.left_out.items():
        print(f"  載せていない図 {figure}: {reason}")
    return 0


def _plan(options: argparse.Namespace) -> int:
    from helpers.pipeline.run import plan

    edition = Edition.open(options.city, options.year)
    for name, why in plan(edition, _given(options.parameters)).items():
        print(f"{'実行' if why else '－　'} {name}  {why or '前のまま'}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from helpers.pipeline import publication
    from helpers.pipeline.manifest import verify

    edition = Edition.open(options.city, options.year)
    with publication.lock(edition.places):
        publication.repair(edition.places)
    print(f"{verify(edition)} 個のファイルは、すべて公開したときのままです。")
    return 0


def _check(options: argparse.Namespace) -> int:
    from helpers.check.examination import examine
    from helpers.check.report import as_html, as_json, as_text

    found = examine(options.city, options.year)
    print(as_json(found) if options.json else as_text(found, options.lang))
    if options.html:
        Path(options.html).write_text(as_html(found, options.lang), encoding="utf-8")
    return 1 if found.errors else 0


def _doctor(options: argparse.Namespace) -> int:
    from helpers.doctor import look

    well = True
    for finding in look():
        print(finding.text(options.lang))
        well = well and finding.well
    return 0 if well else 1


def _new_year(options: argparse.Namespace) -> int:
    from helpers.scaffold.new_year import new_year
    from helpers.scaffold.said import said

    result = new_year(options.city, options.year)
    print(said(result, options.lang))
    return 0 if result.made else 1


def _diff(options: argparse.Namespace) -> int:
    from helpers.comparison.comparison import compare
    from helpers.comparison.page import as_page
    from helpers.comparison.sheet import as_csv
    from helpers.comparison.text import as_text

    found = compare(options.city, options.year, options.other)
    print(as_text(found, options.lang))
    if options.csv:
        Path(options.csv).write_text(as_csv(found, options.lang), encoding="utf-8", newline="")
    if options.html:
        Path(options.html).write_text(as_page(found, options.lang), encoding="utf-8")
    return 0


def _new_city(options: argparse.Namespace) -> int:
    from helpers.scaffold.asking import QUESTIONS, ask, missing_options
    from helpers.scaffold.new_city import City, new_city
    from helpers.scaffold.said import said_of_city

    given = {name: getattr(options, name) for name in QUESTIONS}
    if (missing := missing_options(given)) and not sys.stdin.isatty():
        print(f"{'、'.join(missing)} を指定してください。", file=sys.stderr)
        return 2
    edition, made = new_city(City(options.id, **ask(given)))
    print(said_of_city(edition, made))
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
