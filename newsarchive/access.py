"""Who may do what with a file: read from one, given to another, and whose files are trusted."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

_ACL: Final = "system.posix_acl_access"
_RIGHTS: Final = 0o777


class Access(NamedTuple):
    """The mode, the owner and the group of a file, and its access list in the system's own form.

    Where there is an access list, the mode's bits for the group are the list's mask: no right of the group.
    """

    mode: int
    uid: int
    gid: int
    acl: bytes | None = None

    @classmethod
    def of(cls, file: Path | int) -> Access:
        """Return the access to a file, or to an open one. Raises OSError."""
        status = os.stat(file)  # noqa: PTH116 - a descriptor has no Path
        return cls(status.st_mode & _RIGHTS, status.st_uid, status.st_gid, _acl_of(file))

    def narrowed(self, rights: int) -> Access:
        """Return this access with no other rights than these."""
        return self._replace(mode=self.mode & rights)

    def is_wider_than(self, other: Access) -> bool:
        """Whether it may let someone in whom `other` keeps out."""
        return bool(self.mode & ~other.mode) or (other.acl is not None and self.acl != other.acl)

    def give_to(self, descriptor: int) -> None:
        """Give an open file this access, as far as that is allowed; what is not is no right for others.

        Raises OSError for a file of somebody else.
        """
        if os.name != "posix":
            return
        present = os.fstat(descriptor)
        if self.uid != present.st_uid:
            with contextlib.suppress(
                PermissionError
            ):  # only root may: its commit must not lock the owner out
                os.fchown(descriptor, self.uid, -1)
        mode = self.mode
        if self.gid != present.st_gid:
            try:
                os.fchown(descriptor, -1, self.gid)
            except PermissionError:  # who is not of that group must not let their own group in instead
                mode &= ~0o070
        if not _set_acl(descriptor, self.acl):
            mode &= ~0o070
        if mode != stat.S_IMODE(os.fstat(descriptor).st_mode) & _RIGHTS:
            special = os.fstat(descriptor).st_mode & 0o7000
            os.fchmod(descriptor, mode | special)


def _acl_of(file: Path | int) -> bytes | None:
    """Return the access list of a file; None where there is none, or the system has none."""
    if not hasattr(os, "getxattr"):
        return None
    try:
        return os.getxattr(file, _ACL)
    except OSError:
        return None


def _set_acl(descriptor: int, acl: bytes | None) -> bool:
    """Set or remove the access list of an open file, which may have inherited one; return whether it has it."""
    if acl == _acl_of(descriptor):
        return True
    with contextlib.suppress(OSError):
        if acl is None:
            os.removexattr(descriptor, _ACL)
        else:
            os.setxattr(descriptor, _ACL, acl)
    return _acl_of(descriptor) == acl


# --- files that may have been planted ---------------------------------------------------------------------

_OPEN: Final = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Without O_NONBLOCK a named pipe would be waited for."""


def open_plain(path: Path, flags: int = os.O_RDONLY, mode: int = 0o600, *, follow: bool = False) -> int:
    """Open a file, and no pipe or device, nor a link unless links are to be followed. Raises OSError."""
    opening = _OPEN & ~os.O_NOFOLLOW if follow and os.name == "posix" else _OPEN
    try:
        descriptor = os.open(path, flags | opening, mode)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a symbolic link", str(path)) from error
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "it is a named pipe or a device, not a file", str(path)) from error
        raise
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
        if not stat.S_ISREG(kind):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def check_trusted(path: Path, status: os.stat_result, folder: os.stat_result) -> None:
    """Make sure that what lies in a folder was put there by someone who may write to the folder.

    That is the folder's owner, the present user, the system's administrator, and the members of its group where
    that may write. In a folder such as /tmp, where everybody may write, that is nobody else. Raises
    PermissionError.
    """
    if os.name != "posix" or status.st_uid in (os.geteuid(), 0, folder.st_uid):
        return
    if folder.st_mode & stat.S_IWGRP and status.st_gid == folder.st_gid:
        return
    raise PermissionError(errno.EPERM, f"it belongs to another user (number {status.st_uid})", str(path))
