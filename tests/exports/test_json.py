from invented import invent_reading
from melian.exports.json import indent_json, line_json
from melian.records import from_json


def test_both_forms_lead_back_to_the_reading():
    reading = invent_reading()
    assert from_json(indent_json(reading)) == reading
    assert from_json(line_json(reading)) == reading
    assert line_json(reading).count(b"\n") == 1
