"""Tell whether a file lies on another machine, where locks and renames promise less."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ceph",
        "9p",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.rclone",
    )
)


def network_file_system(path: Path) -> str | None:
    """Return the kind of network file system that `path` is on, or None where it is on none that is known."""
    try:
        device = path.stat().st_dev
        kind = kind_of_device(f"{os.major(device)}:{os.minor(device)}", _MOUNTS.read_text(errors="replace"))
    except (OSError, AttributeError):  # no such list of mounts, or no device numbers, on this system
        return None
    return kind if kind in _NETWORK else None


def kind_of_device(device: str, mounts: str) -> str | None:
    """Look a device up in the kernel's list of mounts; see `man 5 proc_pid_mountinfo`."""
    for line in mounts.splitlines():
        fields, _, source = line.partition(" - ")
        if fields.split(" ")[2:3] == [device]:
            return source.split(" ")[0]
    return None
