"""Text as programs save it: in which encoding, and with which separator;
recognised, so that nobody need know.

Latin-1 and Windows-1252 can't be told from each other by what they have in common;
what only the latter has (curly quotes, dashes, the euro sign) tells.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# these stand for nothing in Windows-1252, and every byte stands for something in Latin-1
NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
PIECE = 1 << 20


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a text: utf-8, utf-16, windows-1252 or latin-1.
    The file is read from its beginning.
    """
    file.seek(0)
    if (encoding := MARKS.get(file.read(2))) is not None:
        return encoding
    decoder, is_utf_8, has_windows, has_others = (
        codecs.getincrementaldecoder("utf-8")(),
        True,
        False,
        False,
    )
    for piece in _pieces(file):
        has_windows = has_windows or bool(WINDOWS_ONLY.search(piece))
        has_others = has_others or bool(NOT_WINDOWS.search(piece))
        is_utf_8 = is_utf_8 and _decodes(decoder, piece)
    if is_utf_8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    return "windows-1252" if has_windows and not has_others else "latin-1"


def separator_of(file: BinaryIO, encoding: str) -> str:
    """Return which sign separates the cells of the header:
    the one of which it has most, outside quotation marks.
    """
    file.seek(0)
    beginning = file.read(PIECE).decode(encoding, "replace").removeprefix("\ufeff")
    if declared := re.match(r"sep=(.)\r?\n", beginning):
        return declared[1]
    header = re.sub(r'"[^"]*"', "", beginning).lstrip("\r\n").partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True
