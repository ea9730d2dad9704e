"""Why the operating system or the network refused something, in the user's language."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication


def in_words(reason: str) -> str:
    """What the system said, in the user's language; as it was said where nobody knows it."""
    return _by_number().get(reason) or _by_text().get(reason) or reason


def _by_number() -> Mapping[str, str]:
    """By the text that this computer has for an error's number."""
    tr = QCoreApplication.translate
    return {
        os.strerror(number): text
        for number, text in {
            errno.EACCES: tr("Reasons", "Permission denied"),
            errno.EPERM: tr("Reasons", "Operation not permitted"),
            errno.ENOENT: tr("Reasons", "No such file or directory"),
            errno.EEXIST: tr("Reasons", "File exists"),
            errno.ENOTDIR: tr("Reasons", "Not a directory"),
            errno.EISDIR: tr("Reasons", "Is a directory"),
            errno.ENOTEMPTY: tr("Reasons", "Directory not empty"),
            errno.ENAMETOOLONG: tr("Reasons", "File name too long"),
            errno.ENOSPC: tr("Reasons", "No space left on device"),
            errno.EDQUOT: tr("Reasons", "Disk quota exceeded"),
            errno.EFBIG: tr("Reasons", "File too large"),
            errno.EROFS: tr("Reasons", "Read-only file system"),
            errno.EIO: tr("Reasons", "Input/output error"),
            errno.EBUSY: tr("Reasons", "Device or resource busy"),
            errno.ENODEV: tr("Reasons", "No such device"),
            errno.ESTALE: tr("Reasons", "Stale file handle"),
            errno.EMFILE: tr("Reasons", "Too many open files"),
            errno.ENOMEM: tr("Reasons", "Cannot allocate memory"),
            errno.ECONNREFUSED: tr("Reasons", "Connection refused"),
            errno.ECONNRESET: tr("Reasons", "Connection reset by peer"),
            errno.ENETUNREACH: tr("Reasons", "Network is unreachable"),
            errno.EHOSTUNREACH: tr("Reasons", "No route to host"),
            errno.ETIMEDOUT: tr("Reasons", "Connection timed out"),
        }.items()
    }


def _by_text() -> Mapping[str, str]:
    """What has no number of the system's: a name that cannot be looked up, a silent server, and
    what the database calls errors of the system."""
    tr = QCoreApplication.translate
    offline = tr("Reasons", "this computer does not find it and may be offline")
    silent = tr("Reasons", "no answer came in time")
    return {
        "Name or service not known": offline,
        "Temporary failure in name resolution": offline,
        "No address associated with hostname": offline,
        "nodename nor servname provided, or not known": offline,
        "getaddrinfo failed": offline,
        "timed out": silent,
        "The read operation timed out": silent,
        "The handshake operation timed out": silent,
        "database or disk is full": tr("Reasons", "No space left on device"),
        "disk I/O error": tr("Reasons", "Input/output error"),
        "attempt to write a readonly database": tr("Reasons", "Permission denied"),
    }
