"""An S3 server of the tests' own on loopback, and a look into it behind the program's back."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from storage.moving import Mover
from storage.store import Store

BUCKET = "evidence"
KEYS = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "s3cret-key", "AWS_DEFAULT_REGION": "us-east-1"}
_ADDRESS = re.compile(r"Running on (https?://\S+)")


class S3Server:
    """One running server with one empty bucket; all it keeps is in its memory."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self.endpoint = ""
        self.go_on()

    def go_on(self, port: int = 0) -> None:
        """Run it, with nothing in its bucket."""
        command = [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port), *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = self._process.stderr
        assert said is not None
        found = next(match for line in said if (match := _ADDRESS.search(line)))
        self.endpoint = found[1]
        self._reader = threading.Thread(target=said.read)  # a full pipe would stop it
        self._reader.start()

    def halt(self) -> None:
        """As if its machine had died."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def pause(self) -> None:
        """It takes connections but answers nobody."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """It goes on where it was."""
        self._process.send_signal(signal.SIGCONT)

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.endpoint).port or 0

    def url(self, folder: str = "captures", bucket: str = BUCKET) -> str:
        """The address of a folder, as people write it."""
        return f"s3://{bucket}/{folder}?endpoint={self.endpoint}"

    def client(self) -> Any:
        """Another program's way in."""
        import boto3
        from botocore.config import Config

        return boto3.client("s3", endpoint_url=self.endpoint, config=Config(proxies={}))

    def make_bucket(self) -> None:
        """The one that `url` names."""
        self.client().create_bucket(Bucket=BUCKET)

    def names(self) -> list[str]:
        """What there is but for the folders' marks."""
        listed = self.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return [each["Key"] for each in listed if not each["Key"].endswith("/captures")]

    def get(self, key: str) -> bytes:
        """The bytes under a key."""
        return bytes(self.client().get_object(Bucket=BUCKET, Key=key)["Body"].read())

    def put(self, key: str, data: bytes) -> None:
        """Other bytes under a key."""
        self.client().put_object(Bucket=BUCKET, Key=key, Body=data)

    def delete(self, *keys: str) -> None:
        """Lose some."""
        for key in keys:
            self.client().delete_object(Bucket=BUCKET, Key=key)

    def empty(self) -> None:
        """Lose everything, marks included."""
        self.delete(*(each["Key"] for each in self.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])))


@contextmanager
def s3_server(*options: str) -> Iterator[S3Server]:
    """A server with its bucket; the test is skipped where none is installed."""
    for module in ("obstore", "moto", "flask_cors", "boto3"):
        pytest.importorskip(module, reason=f"{module} is not installed (extra s3, and moto for its server)")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        for name in [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "all_proxy")]:
            patch.delenv(name)
        server = S3Server(*options)
        try:
            server.make_bucket()
            yield server
        finally:
            server.halt()


def move_all(store: Store) -> int:
    """Move all there is; how many."""
    mover, count = Mover(store), 0
    while portion := mover.work_off():
        count += portion
    return count
