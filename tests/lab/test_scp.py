"""The SCP protocol, whatever pieces its bytes come in."""

from hypothesis import given
from hypothesis import strategies as st

from controller.lab.devices.cisco_ios.scp import ScpSink, ScpSource


@given(st.binary(max_size=200), st.integers(1, 50))
def test_a_file_arrives_in_whatever_pieces(content: bytes, piece: int) -> None:
    stored: list[bytes] = []
    sink = ScpSink(stored.append)
    sent = 2 * (b"C0644 %d merge_config.txt\n" % len(content) + content + b"\0")
    answers = b"".join(sink.feed(sent[i : i + piece]) for i in range(0, len(sent), piece))
    assert stored == [content, content]
    assert answers == b"\0\0\0\0"


def test_times_are_acknowledged_and_folders_refused() -> None:
    stored: list[bytes] = []
    sink = ScpSink(stored.append)
    assert sink.feed(b"T1700000000 0 1700000000 0\n") == b"\0"
    assert sink.feed(b"D0755 0 folder\n").startswith(b"\x01")
    assert sink.feed(b"C0644 99999999 huge\n").startswith(b"\x01")
    assert stored == []


def test_a_file_is_sent_step_by_step() -> None:
    source = ScpSource("flash:/dir/backup.cfg", b"hostname x\n")
    assert source.feed(b"\0") == b"C0644 11 backup.cfg\n"
    assert source.feed(b"\0") == b"hostname x\n\0"
    assert source.feed(b"\0") == b""
