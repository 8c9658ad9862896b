"""A real S3-compatible server: OpenStack Swift with its ``s3api``, a process of the test.

Debian's package python3-swift holds all of it and starts nothing by itself. The servers that
several machines would run are here in one process, each on its own port; one disk (a folder),
one replica, and nothing in the background: what is written is there or is not.
"""

import getpass
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PYTHON = "/usr/bin/python3"  # Debian's own, which sees Debian's packages
KEY, SECRET = "test:tester", "testing"
STORES = ("account", "container", "object")
RINGS = """
import sys
from swift.common.ring import RingBuilder
for name, port in zip(("account", "container", "object"), sys.argv[2:]):
    ring = RingBuilder(2, 1, 0)
    at = {"ip": "127.0.0.1", "port": int(port), "device": "disk"}
    ring.add_dev({"region": 1, "zone": 1, "weight": 1} | at)
    ring.rebalance()
    ring.get_ring().save(f"{sys.argv[1]}/{name}.ring.gz")
"""
SERVE = """
import sys
import eventlet.hubs
import eventlet.wsgi
from swift.common import utils, wsgi
utils.set_swift_dir(sys.argv[1])
utils.eventlet_monkey_patch()
eventlet.hubs.use_hub(utils.get_hub())
def serve(name):
    path = f"{sys.argv[1]}/{name}.conf"
    conf, logger, log_name = wsgi._initrp(path, f"{name}-server")
    app = wsgi.loadapp(path, global_conf={"log_name": log_name})
    # As wsgi.run_server serves it, but for the event loop, which all servers share here.
    kind = {"protocol": wsgi.SwiftHttpProtocol, "capitalize_response_headers": False}
    eventlet.wsgi.server(wsgi.get_socket(conf), app, wsgi.NullLogger(), **kind)
servers = eventlet.GreenPool()
for name in sys.argv[2:]:
    servers.spawn(serve, name)
servers.waitall()
"""
COMMON = """\
[DEFAULT]
swift_dir = {folder}
devices = {folder}
mount_check = false
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
log_level = ERROR
"""
STORE = """\
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
PROXY = """\
[pipeline:main]
pipeline = healthcheck cache s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
"""


def why_not() -> str:
    """Why there can be no server here; empty if there can."""
    if not Path(PYTHON).exists():
        return f"Swift runs with Debian's own Python: no {PYTHON}"
    found = subprocess.run([PYTHON, "-I", "-c", "import swift"], capture_output=True, check=False)
    return "" if found.returncode == 0 else "Swift is not installed: apt-get install python3-swift"


@contextmanager
def swift(folder: Path) -> Iterator[str]:
    """The address of a server that keeps everything in a folder, until the end."""
    (folder / "disk").mkdir(parents=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = test\n")
    ports = free_ports(4)
    rings = [PYTHON, "-I", "-c", RINGS, str(folder), *map(str, ports[:3])]
    subprocess.run(rings, check=True, capture_output=True)
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log.txt").open("wb"))
        for name, port in zip((*STORES, "proxy"), ports, strict=True):
            own = PROXY if name == "proxy" else STORE.format(name=name)
            common = COMMON.format(folder=folder, port=port, user=getpass.getuser())
            (folder / f"{name}.conf").write_text(common + own)
        command = [PYTHON, "-I", "-c", SERVE, str(folder), *STORES, "proxy"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        stack.callback(server.wait)
        stack.callback(server.kill)
        address = f"http://127.0.0.1:{ports[3]}"
        wait_for(f"{address}/healthcheck", folder / "log.txt")
        for port in ports[:3]:
            wait_for_port(port)
        yield address
    shutil.rmtree(folder)


def wait_for(address: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(log.read_text())


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
