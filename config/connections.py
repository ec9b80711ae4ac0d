"""Connections that keep no thread waiting, and the bounded number of those that may."""

import errno
import os
import re
import select
import socket
from contextlib import suppress
from enum import Enum, auto
from threading import Semaphore
from typing import Any

SECONDS = 10.0  # for a head, and for each piece of a body or of an answer
LARGEST_HEAD = 65_536  # bytes
LARGEST_BODY = 262_144  # bytes of one that is awaited before a thread is taken
FRAMING = re.compile(rb"\r\n(?:content-length|transfer-encoding|expect)[ \t]*:", re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*\r\n", re.IGNORECASE)
UNKNOWN_END = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)


class Need(Enum):
    """What is missing before a thread is taken for a request."""

    NOTHING = auto()
    HEAD = auto()
    BODY = auto()
    SLOT = auto()  # its body is long, has no known end, or is sent only once it is asked for
    SMALLER_HEAD = auto()


def need(received: bytearray, longest_line: int) -> Need:
    """Return what a request lacks of which so much was received; what is no HTTP lacks nothing to be refused."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        is_hopeless = received.count(b"\n") != received.count(b"\r\n") or (
            len(received) > longest_line + 4 and received.find(b"\r\n", 2, longest_line + 4) < 0
        )
        is_large = len(received) > LARGEST_HEAD
        return Need.NOTHING if is_hopeless else Need.SMALLER_HEAD if is_large else Need.HEAD
    if not FRAMING.search(received, 0, end):
        return Need.NOTHING
    length = LENGTH.search(received, 0, end + 2)
    until = end + 4 + int(length[1]) if length else end + 4
    if UNKNOWN_END.search(received, 0, end):
        return Need.SLOT
    if len(received) >= until:
        return Need.NOTHING
    is_awaited = until - end <= LARGEST_BODY and b"100-continue" not in received[:end].lower()
    return Need.BODY if is_awaited else Need.SLOT


class Client(socket.socket):
    """The socket of a connection. What its reader doesn't take at once stays in `unsent`, for the loop to send.

    Who has one of the slots waits instead, SECONDS for each piece of a body or an answer.
    """

    def __init__(self, accepted: socket.socket, slots: Semaphore) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        super().setblocking(False)
        self.unsent = bytearray()
        self.slots, self.has_slot, self.is_late = slots, False, False

    def setblocking(self, flag: bool) -> None:
        """Stay as it is, whatever gunicorn wants."""

    def take_slot(self) -> bool:
        """Tell whether it has a slot now."""
        self.has_slot = self.has_slot or self.slots.acquire(blocking=False)
        return self.has_slot

    def give_slot_back(self) -> None:
        """Leave its slot, if it has one, to others."""
        if self.has_slot:
            self.has_slot = False
            self.slots.release()

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what a thread reads of a long body; nothing if it comes too late, and nothing ever after."""
        while not self.is_late:
            try:
                return super().recv(size, flags)
            except BlockingIOError:
                self.is_late = not (self.has_slot and self._becomes(select.POLLIN))
        return b""

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send, now or later."""
        self.unsent += data
        self.send_rest()
        while self.unsent and self.has_slot:
            if not self._becomes(select.POLLOUT):
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
            self.send_rest()

    def send_rest(self) -> None:
        """Send what the kernel takes now."""
        with suppress(BlockingIOError):
            del self.unsent[: self.send(self.unsent)]

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a file, which is one of the site's small ones."""
        file.seek(offset)
        content = file.read(count)
        self.sendall(content)
        return len(content)

    def _becomes(self, event: int) -> bool:
        poll = select.poll()
        poll.register(self, event)
        return bool(poll.poll(SECONDS * 1000))
