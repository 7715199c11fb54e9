#!/usr/bin/env python3
"""Turns cases of the State's simulator into our facts (README.md says how): convert.py GOLDEN.jsonl [--slim].

Without --slim: one JSON of facts a line, in the order of the cases. With it: facts and the expected values compared,
as committed in tests/data.
"""
import csv
import json
import pathlib
import sys
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[3]
ANGERS, BESANCON = "244900015", "242500361"
DEPOSIT_DATES = {"golden_2025": "2025-12-01", "golden_2025H1": "2025-02-15", "golden_2024": "2024-11-28"}
AGES = {">=15": 40, "10-15": 12, "2-10": 5, "<2": 1}


def communes_by_region():
    first = {}
    with open(ROOT / "ledger/data/communes.csv", encoding="utf-8") as table:
        next(table)
        for row in csv.DictReader(table, delimiter=";"):
            if row["epci"] not in (ANGERS, BESANCON):
                first.setdefault(row["region"], row["code"])
    return first


COMMUNES = communes_by_region()


def commune(region, epci):
    return {ANGERS: "49007", BESANCON: "25056"}.get(epci) or COMMUNES[region]


def scaled(value, unit):
    """A value as a whole number of units; the cases never hold anything finer."""
    exact = Decimal(str(value)) * unit
    assert exact == exact.to_integral_value(), value
    return int(exact)


def facts(case, deposit_date):
    given = case["input"]
    status = "tenant" if given["owner_status"] == "tenant" else "owner_occupier" if given["owner_occupier"] else "landlord"
    made = {
        "deposit_date": deposit_date,
        "household": {
            "persons": given["household_size"],
            "reference_income_eur": scaled(given["reference_income_eur"], 1),
            "commune_insee": commune(given["household_region_code"], given["household_epci_siren"]),
        },
        "owner": {"status": status},
        "dwelling": {
            "commune_insee": commune(given["home_region_code"], given["home_epci_siren"]),
            "type": given["dwelling_type"],
            "age_years": AGES[given["construction_age_band"]],
            "main_residence": given["main_residence"],
            "living_area_m2": given["living_area_m2"],
            "dpe_before": given["dpe_before"],
        },
        "works": {
            "dpe_after": given["dpe_after"],
            "energy_gain_pct": given["energy_gain_pct"],
            "bbc_renovation": given["bbc_renovation_label"],
            "bbc_new": given["bbc_new_build_label"],
            "lines": [{"trade": "travaux", "amount_ht_cents": scaled(given["works_ht_eur"], 100), "vat_bp": 550,
                       "eligible": True}],
        },
    }
    if given["local_aid_forced_eur"] is not None:
        cents = scaled(given["local_aid_forced_eur"], 100)
        made["given_aids"] = [{"aid": "local.forced", "funder": "commune", "amount_cents": cents}]
    return made


def micro(value):
    """Millionths of a euro, half up."""
    return int((Decimal(str(value)) * 1_000_000).to_integral_value(rounding="ROUND_HALF_UP"))


def expected(case):
    want = case["expected"]
    return {
        "class": {"higher": "upper"}.get(want["class"], want["class"]),
        "jump": want["dpe_jump"],
        "eligible": want["eligible"],
        "rate_bp": scaled(want["rate"], 10_000),
        "base_micro": micro(want["works_capped_eur"]),
        "aid_micro": micro(want["aid_before_cap_eur"]),
        "limit_rate_bp": scaled(want["public_aid_cap_rate"], 10_000),
        "ceiling_micro": micro(want["public_aid_cap_eur"]),
        "local_micro": micro(want["local_aid_eur"]),
        "after_cut_micro": micro(case["derived"]["mpr_if_mpr_absorbs_excess_eur"]),
        "simulator_after_cut_micro": micro(want["aid_after_cap_eur"]),
    }


def main():
    path = pathlib.Path(sys.argv[1])
    slim = "--slim" in sys.argv[2:]
    with open(path, encoding="utf-8") as cases:
        for line in cases:
            case = json.loads(line)
            made = facts(case, DEPOSIT_DATES[path.stem])
            if slim:
                made = {"id": case["id"], "facts": made, "expected": expected(case)}
            print(json.dumps(made, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
