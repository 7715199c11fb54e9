#!/usr/bin/env python3
"""Turns cases of the State's simulator into our facts (README.md says how): convert.py GOLDEN.jsonl [--slim].

Without --slim: one JSON of facts a line, in the order of the cases. With it: facts and the values that our plan must
give, as committed in tests/data; where the simulator says of itself that it is wrong, the right value, and the
deviation by its name.
"""
import csv
import json
import pathlib
import sys
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[3]
ANGERS, BESANCON = "244900015", "242500361"
DEPOSIT_DATES = {"golden_2025": "2025-12-01", "golden_2025H1": "2025-02-15", "golden_2024": "2024-11-28"}
ADVANCES_BP = {"golden_2025": 3000, "golden_2025H1": 3000, "golden_2024": 7000}
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


# The simulator of 2024 takes the zone from the household's home, even when the owner will live in the dwelling. What
# the dwelling's zone gives is worked out here from that year's published figures: the ceilings of very modest, modest
# and intermediate households of one to five persons, the supplement of a person more.
CEILINGS_2024 = {
    "other": ([17009, 24875, 29917, 34948, 40002, 5045], [21805, 31889, 38349, 44802, 51281, 6462],
              [30549, 44907, 54071, 63235, 72400, 9165]),
    "idf": ([23541, 34551, 41493, 48447, 55427, 6970], [28657, 42058, 50513, 58981, 67473, 8486],
            [40018, 58827, 70382, 82839, 94844, 12006]),
}
CLASSES = ("very_modest", "modest", "intermediate", "upper")
LIMITS_BP_2024 = {"very_modest": 10000, "modest": 8000, "intermediate": 6000, "upper": 4000}


def class_2024(zone, persons, income):
    for name, row in zip(CLASSES, CEILINGS_2024[zone]):
        if income <= row[min(persons, 5) - 1] + max(0, persons - 5) * row[5]:
            return name
    return "upper"


def rate_bp_2024(income_class, jump, bonus):
    more = jump >= 3
    base = {"very_modest": 8000, "modest": 6000, "intermediate": 5000 if more else 4500, "upper": 3500 if more else 3000}
    return base[income_class] + (1000 if bonus else 0)


def put_zone_right(case, right):
    given, want = case["input"], case["expected"]
    zone = "idf" if given["home_region_code"] == "11" else "other"
    right["class"] = class_2024(zone, given["household_size"], given["reference_income_eur"])
    if not right["eligible"]:
        return
    bonus = given["dpe_before"] in "FG" and given["dpe_after"] <= "D"
    right["rate_bp"] = rate_bp_2024(right["class"], want["dpe_jump"], bonus)
    right["aid_micro"] = right["base_micro"] * right["rate_bp"] // 10_000
    right["limit_rate_bp"] = LIMITS_BP_2024[right["class"]]
    right["ceiling_micro"] = micro(want["works_ttc_eur"]) * right["limit_rate_bp"] // 10_000
    right["after_cut_micro"] = max(0, min(right["aid_micro"], right["ceiling_micro"] - right["local_micro"]))


# Angers' own lowest class: 80 % of the ceiling of very modest households, to the euro, as its deliberation prints it.
ANGERS_LOWEST = [13607, 19900, 23934, 27958, 32002, 4036]


def angers_2024(case, right):
    """Angers by its deliberation of 2024: on top of the national aid, 20, 15 or 10 % of 20,000 euros, and a flat bonus."""
    given = case["input"]
    if given["home_epci_siren"] != ANGERS or not given["owner_occupier"] or not right["eligible"]:
        return 0
    if right["class"] == "upper":
        return 0
    persons = given["household_size"]
    lowest = ANGERS_LOWEST[min(persons, 5) - 1] + max(0, persons - 5) * ANGERS_LOWEST[5]
    percent = 20 if given["reference_income_eur"] <= lowest else 15 if right["class"] == "very_modest" else 10
    bonus = 1_500_000_000 if given["dpe_after"] <= "B" and given["dpe_before"] >= "C" else 0
    return micro(min(given["works_ht_eur"], 20_000)) * percent // 100 + bonus


def put_local_right(case, right, deviations):
    """The local aids of 2024 by their own texts, where the simulator says that it is not at them."""
    given = case["input"]
    if given["local_aid_forced_eur"] is not None:
        return
    local = right["local_micro"]
    if ANGERS in (given["home_epci_siren"], given["household_epci_siren"]):
        local = angers_2024(case, right)
        name = "angers_not_its_deliberation"
    elif given["home_epci_siren"] == BESANCON and not given["owner_occupier"]:
        local = 0
        name = "besancon_without_occupancy"
    if local == right["local_micro"]:
        return
    deviations.append(name)
    right["local_micro"] = local
    if right["eligible"]:
        right["after_cut_micro"] = max(0, min(right["aid_micro"], right["ceiling_micro"] - local))


def decent(case, right, deviations):
    """Ma Prime Logement Décent: for those who own the dwelling and live in it, on a base that has a cap."""
    given, want = case["input"], case["expected"]
    lives_there = given["owner_occupier"] and given["owner_status"] != "tenant" and given["main_residence"]
    right["mpld"] = {"eligible": want["mpld_eligible"] and lives_there}
    if want["mpld_eligible"] and not lives_there:
        deviations.append("mpld_without_occupancy")
    if not right["mpld"]["eligible"]:
        return
    rate_bp = scaled(want["mpld_rate"], 10_000)
    cap = 50_000 if given["dpe_after"] in "FG" else 70_000
    amount = micro(min(given["works_ht_eur"], cap)) * rate_bp // 10_000
    right["mpld"] |= {"rate_bp": rate_bp, "aid_micro": amount}
    if amount != micro(want["mpld_owner_occupier_eur"]):
        deviations.append("mpld_without_cap")


def expected(case, advance_bp):
    """What our plan must give, and the names of the simulator's deviations that it leaves behind."""
    given, want = case["input"], case["expected"]
    deviations = []
    right = {
        "class": {"higher": "upper"}.get(want["class"], want["class"]),
        "jump": want["dpe_jump"],
        "eligible": want["eligible"],
        "local_micro": micro(want["local_aid_eur"]),
    }
    if want["eligible"]:
        right |= {
            "rate_bp": scaled(want["rate"], 10_000),
            "base_micro": micro(want["works_capped_eur"]),
            "aid_micro": micro(want["aid_before_cap_eur"]),
            "limit_rate_bp": scaled(want["public_aid_cap_rate"], 10_000),
            "ceiling_micro": micro(want["public_aid_cap_eur"]),
            "after_cut_micro": micro(case["derived"]["mpr_if_mpr_absorbs_excess_eur"]),
        }
    of_2024 = case["id"].startswith("2024-")
    home_decides = given["owner_occupier"] and of_2024
    if home_decides and (given["home_region_code"] == "11") != (given["household_region_code"] == "11"):
        before = right["class"]
        put_zone_right(case, right)
        if right["class"] != before:
            deviations.append("zone_of_the_household")
    if of_2024:
        put_local_right(case, right, deviations)
    if want["eligible"]:
        same = not deviations  # what else differs follows from the deviation named
        if same and right["after_cut_micro"] != micro(want["aid_after_cap_eur"]):
            deviations.append("local_aid_does_not_cut")
        share = advance_bp if right["class"] in ("very_modest", "modest") else 0
        right["advance_micro"] = right["after_cut_micro"] * share // 10_000
        if same and right["advance_micro"] != micro(want["advance_eur"]):
            deviations.append("advance_before_the_cut")
    if "mpld_eligible" in want:
        decent(case, right, deviations)
    return right, deviations


def main():
    path = pathlib.Path(sys.argv[1])
    slim = "--slim" in sys.argv[2:]
    with open(path, encoding="utf-8") as cases:
        for line in cases:
            case = json.loads(line)
            made = facts(case, DEPOSIT_DATES[path.stem])
            if slim:
                right, deviations = expected(case, ADVANCES_BP[path.stem])
                made = {"id": case["id"], "facts": made, "expected": right, "deviations": deviations}
            print(json.dumps(made, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
