"""What a notebook could leave to the next in its kernel: each kind is planted, and found.

All in one kernel, which is asked to renew itself after each kind as the pool asks it; what it
answers is what the pool retires a kernel for. ``test_kernels.py`` shows the pool doing so.
"""

import ast
import json
import os
from collections.abc import Iterator

import pytest

from helpers.pipeline.kernels import open_pool
from helpers.pipeline.kernels.pool import RENEW, RENEWAL

PATIENCE_S = 120
IMPORTS = """
import asyncio, atexit, builtins, calendar, colorsys, copyreg, csv, decimal, faulthandler, gc
import json, locale, logging, os, pathlib, random, signal, socket, sqlite3, subprocess, sys
import threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd, pyarrow as pa, seaborn as sns
import helpers.desk.figures, helpers.drawing.fonts, helpers.drawing.small_font
import helpers.drawing.style, helpers.drawing.text
import helpers.edition.edition, helpers.labels, helpers.palette, helpers.places, helpers.rounding
import helpers.tables.schemas
"""
LOOK = """
import os, sys, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
seen = repr([
    sorted(os.environ.items()), os.getcwd(), sys.path, sorted(map(str, warnings.filters)),
    sorted(dict.items(matplotlib.rcParams), key=str), plt.get_fignums(), plt.isinteractive(),
    matplotlib.colors.to_rgba("b"), sorted(matplotlib.colors.get_named_colors_mapping().items()),
    pd.options.display.max_rows, pd.options.display.precision, np.geterr(), np.get_printoptions(),
    sorted(name for name in globals() if not name.startswith("_") and name != "seen"),
    helpers_memory() if "helpers_memory" in globals() else None,
    get_ipython().execution_count, In[:1], "mylib" in sys.modules,
])
"""
# What analysts do daily: the kernel stays, and the next notebook sees nothing of it.
PUT_BACK = {
    "variable": "left_over = 1",
    "environment": "os.environ['LEFT_OVER'] = '1'; os.environ.pop('HOME', None)",
    "folder": "os.chdir('/')",
    "sys.path": "sys.path.insert(0, '/left/over')",
    "rcParams": "matplotlib.rcParams['font.size'] = 33",
    "seaborn theme": "sns.set_theme(); sns.set_palette('pastel', color_codes=True)",
    "style": "plt.style.use('ggplot')",
    "pandas option": "pd.options.display.max_rows = 7; pd.set_option('display.precision', 2)",
    "warning filter": "warnings.simplefilter('error')",
    "random seed": "random.seed(1); np.random.seed(1)",
    "numpy errors": "np.seterr(all='raise')",
    "numpy printing": "np.set_printoptions(precision=2)",
    "open figure": "plt.figure(); plt.plot([1, 2])",
    "colour name": "matplotlib.colors.get_named_colors_mapping()['red'] = '#000000'",
    "dict of ours": "helpers.labels.LABELS['zz'] = 'zz'",
    "cache of ours": "helpers.drawing.text._phrases('市民意識調査').clear()",
    "glyphs": "helpers.drawing.fonts._GLYPHS[0]['龍'] = (9.0, (0, 0, 9, 9))",
    "open file of a variable": "kept = open(os.__file__)",
    "ended child": "subprocess.run([sys.executable, '-c', ''], check=True)",
    "ended thread": "t = threading.Thread(target=int); t.start(); t.join()",
    "new package": "import wave",
}
# The rest: (what plants it, what undoes it, a word of what the kernel says).
FOUND = {
    "thread": (
        "e = threading.Event(); builtins_e = sys.__dict__.setdefault('_e', e);"
        "threading.Thread(target=e.wait, daemon=True).start()",
        "sys._e.set(); del sys._e",
        "threads",
    ),
    "child": (
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); os._p = p",
        "os._p.kill(); os._p.wait(); del os._p",
        "children",
    ),
    "open file": ("os._f = open(os.__file__)", "os._f.close(); del os._f", "open files"),
    "locale": (
        "os._l = locale.setlocale(locale.LC_ALL); locale.setlocale(locale.LC_ALL, 'C')",
        "locale.setlocale(locale.LC_ALL, os._l); del os._l",
        "",
    ),
    "decimal": (
        "decimal.getcontext().prec = 9",
        "decimal.getcontext().prec = 28",
        "decimal",
    ),
    "signal": (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "signal.signal(signal.SIGTERM, signal.SIG_DFL)",
        "signals",
    ),
    "umask": ("os._u = os.umask(0o077)", "os.umask(os._u); del os._u", "umask"),
    "builtin": (
        "builtins._round = round; builtins.round = lambda *a: 0",
        "builtins.round = builtins._round; del builtins._round",
        "builtins.round",
    ),
    "name in builtins": ("builtins.ff = 1", "del builtins.ff", "builtins.ff"),
    "constant of helpers": (
        "helpers.palette.XX = 1",
        "del helpers.palette.XX",
        "helpers.palette.XX",
    ),
    "function of helpers": (
        "helpers.rounding._p = helpers.rounding.printed; helpers.rounding.printed = str",
        "helpers.rounding.printed = helpers.rounding._p; del helpers.rounding._p",
        "helpers.rounding.printed",
    ),
    "function of pandas": (
        "pd._r = pd.read_csv; pd.read_csv = None",
        "pd.read_csv = pd._r; del pd._r",
        "pandas.read_csv",
    ),
    "method of pandas": (
        "pd._s = pd.DataFrame.sum; pd.DataFrame.sum = None",
        "pd.DataFrame.sum = pd._s; del pd._s",
        "DataFrame.sum",
    ),
    "method of helpers": (
        "pd._s = helpers.places.Places.raw; helpers.places.Places.raw = None",
        "helpers.places.Places.raw = pd._s; del pd._s",
        "Places.raw",
    ),
    "defaults of a function": (
        "f = helpers.rounding.printed; pd._s = f.__defaults__; f.__defaults__ = (9,)",
        "helpers.rounding.printed.__defaults__ = pd._s; del pd._s",
        "printed",
    ),
    "code of a function": (
        "f = helpers.rounding.printed; pd._s = f.__code__; f.__code__ = (lambda v, d=0: '0').__code__",
        "helpers.rounding.printed.__code__ = pd._s; del pd._s",
        "printed",
    ),
    "entry of a dict of helpers": (
        "k = next(iter(helpers.labels.LABELS)); pd._s = (k, helpers.labels.LABELS[k]);"
        "helpers.labels.LABELS[k] = 'zz'",
        "helpers.labels.LABELS[pd._s[0]] = pd._s[1]; del pd._s",
        "LABELS",
    ),
    "nested dict": (
        "pd._s = dict(matplotlib.style._base_library['ggplot']) if hasattr(matplotlib.style,"
        " '_base_library') else None\n"
        "from matplotlib.style import library\nd = dict.__getitem__(library, 'ggplot')\n"
        "pd._d = (d, d['font.size']); dict.__setitem__(d, 'font.size', 99)",
        "dict.__setitem__(pd._d[0], 'font.size', pd._d[1]); del pd._s, pd._d",
        "font.size",
    ),
    "palette": (
        "p = sns.palettes.SEABORN_PALETTES; pd._s = p['deep'][0]; p['deep'][0] = '#000000'",
        "sns.palettes.SEABORN_PALETTES['deep'][0] = pd._s; del pd._s",
        "SEABORN_PALETTES",
    ),
    "colour map": (
        "matplotlib.colormaps.register(matplotlib.colors.ListedColormap(['r']), name='mine')",
        "matplotlib.colormaps.unregister('mine')",
        "mine",
    ),
    "font list": (
        "matplotlib.font_manager.fontManager.ttflist.pop()",
        "",
        "ttflist",
    ),
    "units": (
        "matplotlib.units.registry[complex] = 1",
        "del matplotlib.units.registry[complex]",
        "registry",
    ),
    "accessor": (
        "pd.api.extensions.register_dataframe_accessor('zz')(type('Z', (), {'__init__':"
        " lambda s, o: None}))",
        "del pd.DataFrame.zz; pd.DataFrame._accessors.discard('zz')",
        "DataFrame",
    ),
    "function of the standard library": (
        "os._s = os.path.islink; os.path.islink = None",
        "os.path.islink = os._s; del os._s",
        "islink",
    ),
    "method of the standard library": (
        "os._s = pathlib.Path.exists; pathlib.Path.exists = lambda *a, **k: True",
        "pathlib.Path.exists = os._s; del os._s",
        "Path.exists",
    ),
    "encoder class": (
        "os._s = json.encoder.JSONEncoder.default; json.encoder.JSONEncoder.default = str",
        "json.encoder.JSONEncoder.default = os._s; del os._s",
        "JSONEncoder.default",
    ),
    "model of helpers": (
        "E = helpers.edition.edition.Edition; pd._s = E.__dict__['open']; E.open = None",
        "helpers.edition.edition.Edition.open = pd._s; del pd._s",
        "Edition.open",
    ),
    "attribute of a class": (
        "pd._s = matplotlib.axes.Axes.name; matplotlib.axes.Axes.name = 'zz'",
        "matplotlib.axes.Axes.name = pd._s; del pd._s",
        "Axes.name",
    ),
    "object in a module": (
        "calendar.setfirstweekday(3)",
        "calendar.setfirstweekday(0)",
        "calendar",
    ),
    "context variable": (
        "helpers.drawing.style._SET.set(True)",
        "helpers.drawing.style._SET.set(False)",
        "_SET",
    ),
    "result in a cache of ours": (
        "w, c = helpers.drawing.small_font._open(helpers.drawing.fonts.REGULAR); pd._s = dict(c);"
        "c.clear()",
        "helpers.drawing.small_font._open(helpers.drawing.fonts.REGULAR)[1].update(pd._s); del pd._s",
        "_open",
    ),
    "content of an exempt cache": (
        "c = matplotlib.colors.colorConverter.cache; import re\n"
        "k = next(iter(re._cache), None) if hasattr(re, '_cache') else None\n"
        "pd._s = helpers.drawing.fonts._GLYPHS[0]['0'];"
        "helpers.drawing.fonts._GLYPHS[0]['0'] = (9.0, (0, 0, 9, 9))",
        "helpers.drawing.fonts._GLYPHS[0]['0'] = pd._s; del pd._s",
        "_GLYPHS",
    ),
    "logging level": (
        "logging.getLogger().setLevel(10)",
        "logging.getLogger().setLevel(30)",
        "logging",
    ),
    "logging off": ("logging.disable(50)", "logging.disable(0)", "logging"),
    "recursion": ("sys.setrecursionlimit(5000)", "sys.setrecursionlimit(1000)", "recursion"),
    "output replaced": (
        "sys._o = sys.stdout; import io; sys.stdout = io.StringIO()",
        "sys.stdout = sys._o; del sys._o",
        "streams",
    ),
    "at the end": ("atexit.register(int)", "atexit.unregister(int)", "at the end"),
    "threads of arrow": (
        "pa._s = pa.cpu_count(); pa.set_cpu_count(1 + pa._s)",
        "pa.set_cpu_count(pa._s); del pa._s",
        "pyarrow",
    ),
    "numpy's callback": ("np.seterrcall(print)", "np.seterrcall(None)", "numpy"),
    "numpy's buffer": ("np.setbufsize(4096)", "np.setbufsize(8192)", "numpy"),
    "format of figures": (
        "get_ipython().display_formatter.formatters['text/html'].enabled = False",
        "get_ipython().display_formatter.formatters['text/html'].enabled = True",
        "formats used",
    ),
    "setting of IPython": (
        "get_ipython().ast_node_interactivity = 'all'",
        "get_ipython().ast_node_interactivity = 'last_expr'",
        "shell",
    ),
    "traceback": (
        "get_ipython().run_line_magic('xmode', 'Plain')",
        "get_ipython().run_line_magic('xmode', 'Context')",
        "traceback",
    ),
    "precision magic": (
        "get_ipython().run_line_magic('precision', '3')",
        "get_ipython().run_line_magic('precision', '')",
        "",
    ),
    "magic": (
        "get_ipython().register_magic_function(print, 'line', 'zz')",
        "del get_ipython().magics_manager.magics['line']['zz']",
        "magics",
    ),
    "cell transformer": (
        "get_ipython().input_transformers_post.append(lambda lines: lines)",
        "get_ipython().input_transformers_post.pop()",
        "cells",
    ),
    "module replaced": (
        "sys._y = sys.modules['yaml']; sys.modules['yaml'] = json",
        "sys.modules['yaml'] = sys._y; del sys._y",
        "sys.modules: yaml",
    ),
    "module deleted": (
        "sys._y = sys.modules.pop('yaml')",
        "sys.modules['yaml'] = sys._y; del sys._y",
        "sys.modules: yaml",
    ),
    "import hook": ("sys.meta_path.append(json)", "sys.meta_path.remove(json)", "import"),
    "timeout of sockets": (
        "socket.setdefaulttimeout(1)",
        "socket.setdefaulttimeout(None)",
        "sockets",
    ),
    "array in place": (
        "d = matplotlib.colormaps['viridis'].colors[0]; pd._s = d[0]; d[0] = 0.9\nnp._a = None",
        "matplotlib.colormaps._cmaps['viridis'].colors[0][0] = pd._s; del pd._s, np._a",
        "",
    ),
    "module patched where it is imported": (
        "import colorsys; pd._s = colorsys.ONE_THIRD; colorsys.ONE_THIRD = 9",
        "colorsys.ONE_THIRD = pd._s; del pd._s",
        "colorsys.ONE_THIRD",
    ),
    "module patched where it is imported by name": (
        "import importlib; m = importlib.import_module('sndhdr' if sys.version_info < (3, 13)"
        " else 'stringprep'); m.__doc__; m.zz = 1; n = [k for k, v in vars(m).items()"
        " if callable(v)][0]; setattr(m, n, None)",
        "",
        "",
    ),
    "registry of pickles": (
        "copyreg.pickle(complex, str)",
        "del copyreg.dispatch_table[complex]",
        "",
    ),
    "dialect": ("csv.register_dialect('zz')", "csv.unregister_dialect('zz')", "csv"),
    "size of fields": (
        "csv._s = csv.field_size_limit(9)",
        "csv.field_size_limit(csv._s); del csv._s",
        "csv",
    ),
    "collector": ("gc.disable()", "gc.enable()", "collector"),
    "callback of the collector": (
        "gc.callbacks.append(print)",
        "gc.callbacks.remove(print)",
        "collector",
    ),
    "waiting task": (
        "sys._t = asyncio.get_running_loop().create_task(asyncio.sleep(60))",
        "sys._t.cancel(); del sys._t",
        "tasks",
    ),
    "trace": ("sys.setprofile(lambda *a: None)", "sys.setprofile(None)", "tracing"),
    "limit of digits": (
        "sys.set_int_max_str_digits(0)",
        "sys.set_int_max_str_digits(4300)",
        "switching",
    ),
}
POSIX = {
    "alarm": (
        "signal.signal(signal.SIGALRM, signal.SIG_IGN)",
        "signal.signal(signal.SIGALRM, signal.SIG_DFL)",
        "signals",
    ),
    "time zone": (
        "os.environ['TZ'] = 'JST-9'; time.tzset()",
        "os.environ.pop('TZ', None); time.tzset()",
        "timezone",
    ),
    "timer": (
        "signal.signal(signal.SIGALRM, signal.SIG_IGN); signal.setitimer(signal.ITIMER_REAL, 600)",
        "signal.setitimer(signal.ITIMER_REAL, 0); signal.signal(signal.SIGALRM, signal.SIG_DFL)",
        "timers",
    ),
    "limit": (
        "import resource as r; s, h = r.getrlimit(r.RLIMIT_NOFILE);"
        " r.setrlimit(r.RLIMIT_NOFILE, (s - 1, h))",
        "",
        "limits",
    ),
    "nice": ("os.nice(1)", "", "nice"),
}
if os.name == "posix":
    FOUND |= POSIX


class Asked:
    """A kernel that is prepared and renewed as in a run, but goes on whatever it answers."""

    def __init__(self, client):
        self.client = client

    def _ask(self, code="", **wanted):
        asked = self.client.execute(code, silent=not code, user_expressions=wanted)
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE_S)
            if reply["parent_header"].get("msg_id") == asked:
                assert reply["content"]["status"] == "ok", reply["content"]
                return reply["content"].get("user_expressions", {})

    def notebook(self, *cells):
        """Run the cells of a notebook; what is left of it, and what its ``seen`` was."""
        prepared = self._ask(it=f"{RENEWAL}.prepare({{}}, {list(cells)!r}, False)")
        assert prepared["it"]["status"] == "ok", prepared
        for cell in cells:
            self._ask(cell)
        seen = self._ask(it="globals().get('seen', '')")["it"]["data"]["text/plain"]
        answer = self._ask(it=RENEW)["it"]
        assert answer["status"] == "ok", answer
        return json.loads(ast.literal_eval(answer["data"]["text/plain"])), seen


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with pytest.MonkeyPatch.context() as system:
        system.delenv("CITYPROMO_KERNELS", raising=False)
        folder = tmp_path_factory.mktemp("kernel")
        with open_pool(1, folder) as pool, pool.kernel() as manager:
            client = manager.blocking_client()
            client.start_channels(iopub=False, stdin=False, hb=False, control=False)
            asked = Asked(client)
            asked.folder = folder
            left, _ = asked.notebook(IMPORTS, "plt.plot([1]); pd.DataFrame({'a': [1]})")
            assert left == []
            yield asked
            client.stop_channels()


@pytest.fixture(scope="module")
def clean(asked: Asked) -> str:
    """What a notebook sees where none has left anything."""
    left, seen = asked.notebook(LOOK)
    assert left == []
    return seen


@pytest.mark.parametrize("kind", PUT_BACK)
def test_what_analysts_do_daily_is_put_back(asked: Asked, clean: str, kind: str) -> None:
    left, _ = asked.notebook(IMPORTS, PUT_BACK[kind])
    assert left == []
    left, seen = asked.notebook(LOOK)
    assert (left, seen) == ([], clean)


@pytest.mark.parametrize("kind", FOUND)
def test_everything_else_is_found(asked: Asked, kind: str) -> None:
    plant, undo, word = FOUND[kind]
    left, _ = asked.notebook(IMPORTS, plant)
    asked.notebook(IMPORTS, undo or "pass")
    assert left
    assert any(word in each for each in left), left


def test_random_streams_go_on_by_chance(asked: Asked) -> None:
    draw = "seen = (random.random(), np.random.random())"
    seeded = "random.seed(1); np.random.seed(1)"
    drawn = [asked.notebook(IMPORTS, seeded)[0] or asked.notebook(IMPORTS, draw)[1] for _ in "ab"]
    assert drawn[0] != drawn[1]


def test_an_analysts_module_is_read_again(asked: Asked) -> None:
    """It is imported by its cell, not ahead, and by the next notebook anew."""
    module = asked.folder / "mylib.py"
    seen = []
    for text in ("'first'", "'the second'"):  # of another length, for Python looks at it
        module.write_text(f"import wave\nnumber = {text}\n", encoding="utf-8")
        cells = ("import sys; before = 'mylib' in sys.modules", "import mylib")
        left, number = asked.notebook(*cells, "seen = (before, mylib.number)")
        assert left == []
        seen.append(ast.literal_eval(number))
    assert seen == [(False, "first"), (False, "the second")]


def test_what_our_functions_remember_ends_with_the_notebook(asked: Asked) -> None:
    """``_phrases`` stands for any: what it has taken in may be what a file said."""
    size = "helpers.drawing.text._phrases.cache_info().currsize"
    _, before = asked.notebook(IMPORTS, f"seen = {size}")
    left, grown = asked.notebook(
        IMPORTS, f"helpers.drawing.text._phrases('西東京市の人口と愛着'); seen = {size}"
    )
    _, after = asked.notebook(IMPORTS, f"seen = {size}")
    assert left == []
    assert int(grown) > int(before)
    assert int(after) <= int(before)
