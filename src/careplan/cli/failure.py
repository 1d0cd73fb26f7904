"""What can go wrong on the command line, in words for the person at the keyboard."""

import errno

import click

FOUND = 1
"""A review found something at or above the severity that was asked for."""
BAD_INPUT = 2
INTERNAL = 3
INTERRUPTED = 130
PIPE_CLOSED = 141

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EISDIR: "it is a folder, and a file is needed",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EEXIST: "it exists already",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links lead in a circle",
}


class BadInput(click.ClickException):
    """Something that the person can put right; the message says what and how."""

    exit_code = BAD_INPUT


def reason(error: OSError) -> str:
    """Say which file could not be used, and why."""
    why = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return f"{error.filename}: {why}" if error.filename is not None else why
