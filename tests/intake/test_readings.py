import pytest

from invented import invent_reading
from melian.exports.json import indent_json, line_json
from melian.intake.readings import read_readings
from melian.intake.rejects import Reject


@pytest.fixture
def read(tmp_path):
    def call(content, **choices):
        path = tmp_path / "readings"
        path.write_bytes(content)
        return list(read_readings(str(path), **choices))

    return call


def test_lines_and_an_object(read):
    reading = invent_reading()
    assert read(line_json(reading) * 2) == [reading, reading]
    assert read(indent_json(reading)) == [reading]
    assert read(b"\xef\xbb\xbf" + line_json(reading).rstrip(b"\n")) == [reading]


def test_a_broken_line_is_named_and_the_others_are_read(read):
    line = line_json(invent_reading())
    found = read(line + b'{"schema": "melian.reading/2"}\n\n\xff\xfe\n' + line)
    assert [one.number if isinstance(one, Reject) else 0 for one in found] == [0, 2, 4, 0]
    assert found[1].reason == "no-reading"


def test_long_lines_are_passed_over(read):
    found = read(b"x" * 5_000 + b"\n{}\n", longest=1_000)
    assert [one.reason for one in found] == ["too-long", "no-reading"]


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b"\n\n", "empty"), (b"{\n", "no-reading")])
def test_files_without_readings(read, content, reason):
    (found,) = read(content)
    assert found.reason == reason


def test_no_such_file(tmp_path):
    (found,) = read_readings(str(tmp_path / "none"))
    assert found.reason == "unreadable"
