"""Files in S3: the client sends them there itself, under a signature that fixes what it may send.

Size, type and hash are part of the signature. Nobody is ever given a listing, and no key but the
one signed. A bucket that answers unsigned requests is open to the world: the server will not start
on it.
"""

import asyncio
import base64
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar
from urllib.parse import quote

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from midsdesk.server.problems import NO_STORAGE, ProblemError
from midsdesk.server.settings import Settings

log = logging.getLogger("midsdesk.server.blobs")
T = TypeVar("T")
PREFIX: Final = "exports/"
UPLOAD_S: Final = 300
DOWNLOAD_S: Final = 120
_PROBE: Final = "midsdesk-probe"
_REFUSED: Final = (401, 403)
_NOT_THERE: Final = 404
# What a share page may offer; nothing a browser would run.
TYPES: Final = (
    "application/vnd.midsdesk.build+json", "application/octet-stream", "image/png", "image/webp",
    "text/plain", "text/csv",
)  # fmt: skip


class OpenBucketError(Exception):
    """The bucket, or the endpoint, serves people it does not know."""


class Blobs:
    """One bucket."""

    def __init__(self, settings: Settings) -> None:
        self.bucket = settings.s3_bucket
        self._endpoint = settings.s3_endpoint
        self._region = settings.s3_region
        self._client = boto3.client(
            "s3",
            aws_access_key_id=settings.s3_access_key,
            aws_secret_access_key=settings.s3_secret_key.get_secret_value(),
            **self._options(None),
        )
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="storage")

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def upload(self, key: str, content_type: str, size: int, sha256: str) -> Any:
        """Address and headers for one upload of exactly this."""
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
        url = self._client.generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self.bucket,
                "Key": key,
                "ContentType": content_type,
                "ContentLength": size,
                "ChecksumSHA256": checksum,
            },
            ExpiresIn=UPLOAD_S,
        )
        headers = {
            "Content-Type": content_type,
            "Content-Length": str(size),
            "x-amz-checksum-sha256": checksum,
        }
        return url, headers

    def download(self, key: str, name: str, content_type: str) -> str:
        """Address for one file, saved under a name, for a short while."""
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return str(
            self._client.generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self.bucket,
                    "Key": key,
                    "ResponseContentDisposition": disposition,
                    "ResponseContentType": content_type,
                },
                ExpiresIn=DOWNLOAD_S,
            )
        )

    async def size(self, key: str) -> int | None:
        """Size of an object; None if there is none.

        Raises:
            ProblemError: 503.
        """
        return await self._run(lambda: self.size_now(key))

    def size_now(self, key: str) -> int | None:
        """`size`, waiting for it."""
        try:
            head = self._client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == _NOT_THERE:
                return None
            raise
        return int(head["ContentLength"])

    async def remove(self, key: str) -> None:
        """Delete an object; fine if there is none.

        Raises:
            ProblemError: 503.
        """
        await self._run(lambda: self.remove_now(key))

    def remove_now(self, key: str) -> None:
        """`remove`, waiting for it."""
        self._client.delete_object(Bucket=self.bucket, Key=key)

    def check(self) -> None:
        """See that the bucket is ours, and only ours.

        Raises:
            OpenBucketError: It answers unsigned requests.
            BotoCoreError, ClientError: It cannot be reached, or refuses us.
        """
        self._client.head_bucket(Bucket=self.bucket)
        stranger = boto3.client("s3", **self._options(UNSIGNED))
        tries: dict[str, Callable[[], object]] = {
            "listing": lambda: stranger.list_objects_v2(Bucket=self.bucket, MaxKeys=1),
            "reading": lambda: stranger.get_object(Bucket=self.bucket, Key=_PROBE),
            "writing": lambda: stranger.put_object(Bucket=self.bucket, Key=_PROBE, Body=b"open"),
        }
        for what, attempt in tries.items():
            try:
                attempt()
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                if status in _REFUSED:
                    continue
                raise OpenBucketError(
                    f"{what} without a signature was answered {status}"
                ) from error
            raise OpenBucketError(f"{what} without a signature was allowed")

    async def alive(self) -> bool:
        """Whether storage answers."""
        try:
            await self._run(lambda: self._client.head_bucket(Bucket=self.bucket))
        except ProblemError:
            return False
        return True

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except (BotoCoreError, ClientError) as error:
            log.error("storage failed: %s", type(error).__name__)
            raise ProblemError(NO_STORAGE) from error

    def _options(self, signature: Any) -> dict[str, Any]:
        return {
            "endpoint_url": self._endpoint,
            "region_name": self._region,
            "config": Config(
                # Other endpoints get the old scheme otherwise, which does not sign the headers.
                signature_version=signature or "s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=3,
                read_timeout=10,
                retries={"max_attempts": 2, "mode": "standard"},
                request_checksum_calculation="when_required",
            ),
        }


def key_of(account: object, file: object) -> str:
    """Where a file lies; only ids of our own making stand in a key."""
    return f"{PREFIX}{account}/{file}"
