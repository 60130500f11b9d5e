"""Builds as they go over the wire, for tests of the server."""

import json
import re
import socket
import uuid
from collections import Counter
from collections.abc import Iterable

import requests

from midsdesk.sync.protocol import BUILD_TYPE
from tests.helpers.server import Account


def content(name: str = "Ash", **more: object) -> bytes:
    build = {"name": name, "archetype": "Class_Blaster", "picks": [{"level": 1}], **more}
    return json.dumps({"format": "mdbuild", "version": 1, "build": build}).encode()


def put(
    who: Account, build: uuid.UUID, data: bytes, tag: str = "", key: str = "", **headers: str
) -> requests.Response:
    condition = {"If-Match": f'"{tag}"'} if tag else {"If-None-Match": "*"}
    more = {"Content-Type": BUILD_TYPE, "Idempotency-Key": key or uuid.uuid4().hex, **headers}
    return who.call("PUT", f"/v1/builds/{build}", data=data, headers={**condition, **more})


def pipelined(port: int, path: str, bodies: Iterable[bytes], batch: int = 50) -> Counter[int]:
    """Post many bodies over one connection, as fast as the server answers; counts of statuses."""
    counts: Counter[int] = Counter()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for group in _groups(bodies, batch):
            connection.sendall(b"".join(_post(path, body) for body in group))
            text = b""
            while len(re.findall(rb"HTTP/1.1 \d{3}", text)) < len(group) or text[-1:] != b"}":
                piece = connection.recv(65536)
                assert piece, "the server hung up"
                text += piece
            counts.update(int(each) for each in re.findall(rb"HTTP/1.1 (\d{3})", text))
    return counts


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _groups(bodies: Iterable[bytes], size: int) -> Iterable[list[bytes]]:
    group: list[bytes] = []
    for body in bodies:
        group.append(body)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
