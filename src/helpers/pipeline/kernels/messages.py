"""What the fork server and the owners of its kernels say to one another: lines of JSON."""

import json
import socket
from typing import Any


def receive(connection: socket.socket) -> list[dict[str, Any]]:
    """The messages that have come, lines of JSON, at least one; none if the other side is gone."""
    received = bytearray()
    while not received.endswith(b"\n"):
        try:
            part = connection.recv(1 << 16)
        except ConnectionError:
            return []
        if not part:
            return []
        received += part
    return [json.loads(line) for line in received.splitlines()]


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message; whoever is gone needs none."""
    try:
        connection.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return
