"""To say something never waits and never fails (FAULTS P6)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

from litindex.watch.line_writer import Voice
from tests.watch.program import wait_until


@pytest.fixture
def pipe() -> Iterator[tuple[int, TextIO]]:
    reader, writer = os.pipe()
    stream = os.fdopen(writer, "w")
    yield reader, stream
    with suppress(OSError):
        os.close(reader)
    with suppress(OSError):
        stream.close()


def test_lines_come_out_whole_and_in_order(pipe: tuple[int, TextIO]) -> None:
    reader, stream = pipe
    voice = Voice(stream)
    for number in range(100):
        voice.say(f"line {number}")
    voice.close()
    assert os.read(reader, 65_536).decode().splitlines() == [f"line {number}" for number in range(100)]


def test_a_reader_that_does_not_read_holds_nobody_up(pipe: tuple[int, TextIO]) -> None:
    reader, stream = pipe
    voice = Voice(stream)
    began = time.monotonic()
    for _ in range(3_000):
        voice.say("x" * 1_000)
    voice.close()
    assert time.monotonic() - began < 20.0
    assert os.read(reader, 2_000).startswith(b"x" * 1_000 + b"\n")
    os.close(reader)


def test_a_reader_that_went_away_is_told_of_once(pipe: tuple[int, TextIO]) -> None:
    reader, stream = pipe
    gone: list[bool] = []
    os.close(reader)
    voice = Voice(stream, on_deaf=lambda: gone.append(True))
    for _ in range(3):
        voice.say("nobody hears it")
    voice.close()
    assert gone == [True]


def test_a_stream_that_was_closed_before_the_beginning_has_no_reader() -> None:
    gone: list[bool] = []
    voice = Voice(None, on_deaf=lambda: gone.append(True))
    voice.say("nobody hears it")
    voice.close()
    assert gone == [True]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_is_no_reader_that_went_away() -> None:
    gone: list[bool] = []
    with open("/dev/full", "w") as full:
        voice = Voice(full, on_deaf=lambda: gone.append(True))
        for _ in range(3):
            voice.say("there is no room for it")
        voice.close()
    assert not gone


def test_a_line_that_was_cut_off_is_ended_before_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, room = os.write, [5]

    def narrow(descriptor: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(28, "No space left on device")
        written = write(descriptor, data[: room[0]])
        room[0] -= written
        return written

    log = tmp_path / "log"
    with log.open("w") as stream:
        voice = Voice(stream)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", narrow)
            voice.say("too long")
            voice.say("lost")
            voice.say("a sign")
            wait_until(voice._lines.empty, "all were tried")
            time.sleep(0.1)
        voice.say("whole")
        voice.close()
    assert log.read_text().splitlines() == ["too l", "whole"]
