"""Four networks beside this machine's, each as if it were another machine's: namespaces of Linux on one bridge."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

_NEW_NETWORK: Final = 0x40000000
"""`CLONE_NEWNET` of Linux."""
_SECONDS: Final = 10


class NoNetworksError(Exception):
    """Namespaces cannot be made here: it says why."""


class Networks:
    """Four networks, by their `names`. `subnet` is theirs, `address` this machine's in it."""

    def __init__(self) -> None:
        number = os.getpid() % 256
        self._name = f"news{os.getpid() % 10**7}"
        self.subnet = f"198.18.{number}.0/24"  # of those that are for measuring, and nobody's
        self._prefix = f"198.18.{number}."
        self.address = f"{self._prefix}1"
        self.names: list[str] = []

    @contextmanager
    def up(self) -> Iterator[Networks]:
        """Have it for a while. Raises NoNetworksError."""
        if os.geteuid() != 0 or shutil.which("ip") is None:
            raise NoNetworksError("`ip netns` is for root, where iproute2 is installed")
        with ExitStack() as gone:
            self._link("add", self._name, "type", "bridge", undo=gone)
            _ip("addr", "add", f"{self.address}/24", "dev", self._name)
            _ip("link", "set", self._name, "up")
            self.names = [self._network(number, gone) for number in range(4)]
            for name in self.names:
                self._check(name)
            yield self

    def _network(self, number: int, gone: ExitStack) -> str:
        name, cable = f"{self._name}-{number}", f"{self._name}{'abcd'[number]}"
        _ip("netns", "add", name)
        gone.callback(_ip, "netns", "del", name)
        self._link("add", cable, "type", "veth", "peer", "name", "eth0", "netns", name, undo=gone)
        _ip("link", "set", cable, "master", self._name, "up")
        _ip("-n", name, "addr", "add", f"{self._prefix}{number + 2}/24", "dev", "eth0")
        _ip("-n", name, "link", "set", "eth0", "up")
        return name

    def _link(self, *words: str, undo: ExitStack) -> None:
        _ip("link", *words)
        undo.callback(_ip, "link", "del", words[1])

    def _check(self, name: str) -> None:
        """Make sure that one gets from there to here: a firewall may stand between."""
        with socket.create_server((self.address, 0)) as here:
            process = os.fork()
            if process == 0:
                code = 1
                try:
                    enter(name)
                    socket.create_connection(here.getsockname(), _SECONDS).close()
                    code = 0
                finally:
                    os._exit(code)
            if os.waitpid(process, 0)[1] != 0:
                raise NoNetworksError(f"nothing gets from the network {name} to {self.address}")


def enter(name: str) -> None:
    """Be in a network, with all that this process then connects to."""
    descriptor = os.open(Path("/run/netns", name), os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, _NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter the network {name}")
    finally:
        os.close(descriptor)


def _ip(*words: str) -> None:
    command: Sequence[str] = ["ip", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NoNetworksError(f"`{' '.join(command)}`: {done.stderr.strip()}")
