"""Connections that keep no thread waiting, and the bounded number of those that may."""

import errno
import fcntl
import os
import re
import select
import socket
import sys
import termios
from contextlib import suppress
from enum import Enum, auto
from threading import Semaphore
from time import monotonic
from typing import Any

SECONDS = 10.0  # for a head, and for each piece of a body or of an answer
SLOWEST = 4096  # bytes a second, on average, of those who are waited for
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
    """Return what a request lacks of which so much was received;
    what is no HTTP lacks nothing to be refused.
    """
    end = received.find(b"\r\n\r\n")
    size = len(received) if end < 0 else end
    is_large = size > LARGEST_HEAD
    if end < 0 or is_large:
        is_hopeless = received.count(b"\n", 0, size) != received.count(b"\r\n", 0, size) or (
            size > longest_line + 4 and received.find(b"\r\n", 2, longest_line + 4) < 0
        )
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
    """The socket of a connection.
    What its reader doesn't take at once stays in `unsent`, for the loop to send.

    Who has one of the slots waits instead. A client has SECONDS `left`: less by as long as it is
    waited for, more by what it sends or takes in, at SLOWEST; so one that stops has as long again,
    and one that trickles hasn't.
    """

    def __init__(self, accepted: socket.socket, slots: Semaphore) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        super().setblocking(False)
        self.unsent = bytearray()
        self.slots, self.has_slot, self.is_late = slots, False, False
        self.left, self.since = SECONDS, 0.0
        self.received, self.sent, self.moved = 0, 0, 0

    def setblocking(self, flag: bool) -> None:
        """Stay as it is, whatever gunicorn wants."""

    def take_slot(self) -> bool:
        """Tell whether it has a slot now."""
        if not self.has_slot and self.slots.acquire(blocking=False):
            self.has_slot, self.left = True, SECONDS
        return self.has_slot

    def give_slot_back(self) -> None:
        """Leave its slot, if it has one, to others."""
        if self.has_slot:
            self.has_slot = False
            self.slots.release()

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what a thread reads of a long body;
        nothing if it comes too late, and nothing ever after.
        """
        while not self.is_late:
            try:
                piece = super().recv(size, flags)
                self.received += len(piece)
                return piece
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
            number = self.send(self.unsent)
            self.sent += number
            del self.unsent[:number]

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a file, which is one of the site's small ones."""
        file.seek(offset)
        content = file.read(count)
        self.sendall(content)
        return len(content)

    def look(self, now: float) -> float:
        """Return how many seconds are left, now that it has been waited for since the last look.

        What is in the kernel's queue isn't taken in.
        Linux tells that there is room only once a third of it is, which may be 1 MB.
        """
        queued = bytes(4)
        with suppress(OSError):  # not known of this socket, or not on this system
            queued = fcntl.ioctl(self, termios.TIOCOUTQ, queued)
        moved = self.received + self.sent - int.from_bytes(queued, sys.byteorder)
        self.left = min(SECONDS, self.left + (moved - self.moved) / SLOWEST - (now - self.since))
        self.moved, self.since = moved, now
        return self.left

    def _becomes(self, event: int) -> bool:
        poll = select.poll()
        poll.register(self, event)
        self.since = monotonic()
        while self.look(monotonic()) > 0:
            if poll.poll(self.left * 1000):
                self.look(monotonic())
                return True
        return False
