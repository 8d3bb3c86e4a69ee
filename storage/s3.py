"""Blobs in a bucket of an S3-compatible store.

The address is `s3://bucket/folder?endpoint=https://host:port&region=name`; keys come from the environment (or the
machine's role) alone, as for every program that speaks S3. Certificates are verified; what is asked without TLS is what
the address says so of.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from crawler.errors import Away, StorageError, UsageError
from storage.blobs import SETTING, Blobs

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

PATIENCE = timedelta(seconds=30)
"""For one request; an operation is given up after about as long."""
_PORTION = 1000
"""Keys: what S3 lists and deletes at a time."""
_EXAMPLE = "write it as s3://bucket/folder?endpoint=https://s3.example.org&region=eu-central-1"


def open_blobs(address: str) -> Blobs | None:
    """The store at an address, which is asked at the first use only; None for no address.

    Raises UsageError where the address says something else, StorageError where the extra is not installed.
    """
    if not address:
        return None
    try:
        given = urlsplit(address)
        options = dict(parse_qsl(given.query, keep_blank_values=True, strict_parsing=bool(given.query)))
        endpoint = urlsplit(options.get("endpoint", "https://s3.example.org"))
    except ValueError:
        raise UsageError(f"{SETTING} is wrong; {_EXAMPLE}") from None
    if "@" in given.netloc + endpoint.netloc:
        raise UsageError(f"{SETTING} holds keys; put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    known = options.keys() <= {"endpoint", "region"} and endpoint.scheme in ("http", "https") and endpoint.netloc
    if given.scheme != "s3" or not given.netloc or given.fragment or not known:
        raise UsageError(f"{SETTING} is wrong; {_EXAMPLE}")
    return S3(given.netloc, given.path.strip("/"), options.get("endpoint", ""), options.get("region", ""))


class S3:
    """One folder of a bucket."""

    def __init__(self, bucket: str, folder: str, endpoint: str, region: str) -> None:
        try:
            import obstore  # noqa: PLC0415 (for those alone who keep captures there)
            from obstore.store import S3Store  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise StorageError(
                f"an S3 store needs the package {error.name}; pip install 'report-crawler[s3]'"
            ) from error
        config: S3Config = {"bucket": bucket}
        if endpoint:
            config["endpoint"] = endpoint
        if region:
            config["region"] = region
        client: ClientConfig = {
            "timeout": PATIENCE,
            "connect_timeout": timedelta(seconds=5),
            "allow_http": endpoint.startswith("http://"),
            "allow_invalid_certificates": False,
        }
        retry: RetryConfig = {"max_retries": 2, "retry_timeout": PATIENCE}
        self.name = f"s3://{bucket}" + (f"/{folder}" if folder else "") + (f" at {endpoint}" if endpoint else "")
        self._obstore = obstore
        self._failures = (obstore.exceptions.BaseError, ValueError, OSError)
        with self._told():
            self._store = S3Store(prefix=folder or None, config=config, client_options=client, retry_config=retry)

    def put(self, key: str, data: bytes) -> None:
        """See `Blobs`."""
        with self._told():
            self._obstore.put(self._store, key, data)

    def get(self, key: str) -> bytes | None:
        """See `Blobs`."""
        with self._told():
            try:
                return bytes(self._obstore.get(self._store, key).bytes())
            except FileNotFoundError:
                return None

    def delete(self, keys: Sequence[str]) -> None:
        """See `Blobs`."""
        with self._told():
            for start in range(0, len(keys), _PORTION):
                self._obstore.delete(self._store, keys[start : start + _PORTION])

    def keys(self, folder: str) -> Iterator[Sequence[str]]:
        """See `Blobs`."""
        with self._told():
            for portion in self._obstore.list(self._store, folder, chunk_size=_PORTION):
                yield [each["path"] for each in portion]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong in one line, without the store's own words, which may name keys."""
        try:
            yield
        except self._failures as error:
            raise Away(f"{self.name} {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """What is wrong and what to do, after the store's name."""
    if type(error).__name__ in ("PermissionDeniedError", "UnauthenticatedError"):
        return "refuses these keys; correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what they may do"
    if "InvalidCertificate" in str(error):
        return "shows a certificate that is not trusted; SSL_CERT_FILE names authorities of your own"
    if isinstance(error, FileNotFoundError):
        return "is not there; make the bucket, or name another"
    return "cannot be asked now; is it running, its address right, and are AWS_ACCESS_KEY_ID and its secret set?"
