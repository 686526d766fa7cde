import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from desktop_app import csv_import, paths
from desktop_app.csv_import.plan import refused
from desktop_app.csv_import.rows import REASONS
from desktop_app.csv_import.verdicts import as_record
from tests.csv_import.reading import imported, plan

DATA = Path(__file__).parents[1] / "data"
SAMPLE = (DATA / "wealthfolio_holdings.csv").read_bytes()
KEYS = [
    *("file", "outcome", "format", "kind", "detect", "columns", "counts", "holdings", "rewards", "rows"),
    *("rejected", "skipped", "questions", "warnings", "message"),
]


@cache
def validator() -> Draft202012Validator:
    schema = json.loads((paths.resources() / "schema" / "import.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate(record: dict[str, Any]) -> None:
    validator().validate(json.loads(json.dumps(record)))


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE,
        (DATA / "generic_positions.csv").read_bytes(),
        b"",
        b"name,age\nBob,42\n",
        b"Coin,Amount\nETH,1\n",
        b'asset,quantity,opened_on\nWOBBLE,"1,234",01/02/2024\n',
    ],
)
def test_every_answer_has_the_promised_shape(data: bytes) -> None:
    record = as_record(plan(data))
    validate(record)
    assert list(record) == KEYS


def test_a_refusal_and_a_second_import_have_it_too() -> None:
    validate(as_record(refused("folder", "“folder” is a folder.")))
    validate(as_record(plan(SAMPLE, imported(SAMPLE))))


def test_amounts_are_exact_decimal_text() -> None:
    record = as_record(plan("asset,quantity\nETH,12.750000000000000001\nSOL,1E3\n"))
    assert record["holdings"] == {"ETH": "12.750000000000000001", "SOL": "1000"}
    assert [row["quantity"] for row in record["rows"]] == ["12.750000000000000001", "1000"]


def test_a_rejected_row_says_where_and_why() -> None:
    record = as_record(plan("asset,quantity\nETH,1\n\nSOL,five\n"))
    assert record["rejected"] == [
        {
            "line": 4,
            "row": 3,
            "column": "quantity",
            "value": "five",
            "code": "quantity_invalid",
            "reason": "“five” in “quantity” is not a number.",
        }
    ]


def test_the_columns_say_what_they_were_read_as() -> None:
    record = as_record(plan("asset;quantity;opened_on\nETH;1,5;13/02/2024\n"))
    assert record["columns"]["quantity"] == {"field": "quantity", "decimal": ",", "date_format": None}
    assert record["detect"] == {
        "encoding": "utf-8",
        "delimiter": ";",
        "decimal": ",",
        "date_format": "dmy",
        "header_line": 1,
    }


def test_money_is_counted_and_no_holding() -> None:
    record = as_record(plan(SAMPLE))
    assert record["counts"]["accepted"] == 12
    assert len(record["rows"]) == 11


def test_the_codes_of_an_import_are_a_closed_list() -> None:
    schema = json.loads((paths.resources() / "schema/import.json").read_text("utf-8"))
    listed = schema["$defs"]["left"]["properties"]["code"]["enum"]
    assert sorted(listed) == sorted(REASONS)


def test_the_codes_of_questions_are_a_closed_list() -> None:
    schema = json.loads((paths.resources() / "schema/import.json").read_text("utf-8"))
    pattern = schema["properties"]["questions"]["items"]["properties"]["code"]["pattern"]
    listed = re.findall(r"[a-z_]+", pattern.partition(")")[0])
    package = Path(csv_import.__file__).parent
    written = (re.findall(r'Question\(\s*f?"([a-z_]+)', p.read_text("utf-8")) for p in package.rglob("*.py"))
    assert {code for found in written for code in found} <= set(listed)
