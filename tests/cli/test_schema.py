import json
import re

import msgspec
import pytest

from invented import invent_reading
from melian.records import from_json, json_schema, to_json


def test_the_schema_is_printed(run):
    outcome = run("schema")
    assert outcome.code == 0
    assert json.loads(outcome.out) == json.loads(msgspec.json.encode(json_schema()))


def check(value, schema, definitions):
    """The part of JSON Schema that the reading's schema uses."""
    if "$ref" in schema:
        return check(value, definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in schema:
        return any(check(value, part, definitions) for part in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    if schema.get("type") == "null":
        return value is None
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return False
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    if isinstance(value, list):
        firsts = schema.get("prefixItems", [])
        rest = schema.get("items")
        return all(
            check(item, firsts[n] if n < len(firsts) else rest, definitions)
            for n, item in enumerate(value)
            if n < len(firsts) or rest
        )
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return set(schema.get("required", [])) <= set(value) and all(
            name in properties and check(part, properties[name], definitions) for name, part in value.items()
        )
    return True


def test_a_reading_follows_the_schema():
    schema = json_schema()
    value = json.loads(to_json(invent_reading()))
    assert check(value, schema, schema["$defs"])
    value["events"][0]["type"] = "=DANCE()"
    assert not check(value, schema, schema["$defs"])


def test_a_type_is_plovers_or_names_the_one_near_it():
    value = json.loads(to_json(invent_reading()))
    value["events"][0]["type"] = "DANCE"
    with pytest.raises(msgspec.ValidationError, match="DANCE is none of PLOVER's"):
        from_json(json.dumps(value))
    value["events"][0] |= {"ontology": "dances/1.0", "plover": "CONSULT"}
    assert from_json(json.dumps(value)).events[0].type == "DANCE"
