"""Where files are kept: in folders, or those of people in a bucket of an S3-compatible service.

Halves of keys never go to a bucket: destroying one means overwriting it, which a bucket can't.
"""

import os
from pathlib import Path
from typing import Any


def storages_of(var: Path) -> dict[str, dict[str, Any]]:
    """Django's STORAGES for this installation; `var` is the folder of what is in no database."""
    bucket = os.environ.get("BENCHLEARN_FILES_BUCKET", "")
    return {
        "default": _in_bucket(bucket, "media") if bucket else _in_folder(var / "media", "/media/"),
        "private": _in_bucket(bucket, "private") if bucket else _in_folder(var / "private"),
        # Halves of keys (surveys/keys.py): all processes need them, and no backup may hold them.
        "keys": {
            "BACKEND": "core.wholefiles.WholeFiles",
            "OPTIONS": {
                "location": os.environ.get("BENCHLEARN_KEYS", var / "keys"),
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        },
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }


def _in_folder(folder: Path, address: str | None = None) -> dict[str, Any]:
    return {
        "BACKEND": "core.wholefiles.WholeFiles",
        "OPTIONS": {"location": folder, "base_url": address},
    }


def _in_bucket(bucket: str, folder: str) -> dict[str, Any]:
    """A folder of the bucket. Nothing in it is public; the product itself hands files out."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": folder,
            "endpoint_url": os.environ.get("BENCHLEARN_FILES_ENDPOINT") or None,
            "region_name": os.environ.get("BENCHLEARN_FILES_REGION") or None,
            "access_key": os.environ.get("BENCHLEARN_FILES_KEY") or None,
            "secret_key": os.environ.get("BENCHLEARN_FILES_SECRET") or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
