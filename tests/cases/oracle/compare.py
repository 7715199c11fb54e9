#!/usr/bin/env python3
"""Sets our plans against the simulator's cases: compare.py DEODAT GOLDEN.jsonl. Fails on the first kind of difference."""
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from convert import ADVANCES_BP, DEPOSIT_DATES, ROOT, expected, facts

HERE = pathlib.Path(__file__).resolve().parent
MICRO_A_CENT = 10_000


def near(cents, micro, tolerance):
    return abs(cents * MICRO_A_CENT - micro) <= tolerance


def differences(case, want, plan):
    """The names of the values in which the plan is not what it must be."""
    aids = {aid["aid"]: aid for aid in plan["aids"]}
    national = aids["anah.mpr_accompagne"]
    pairs = {
        "class": plan["income_class"] == want["class"],
        "jump": plan["class_jump"] == want["jump"],
        "eligible": national["eligible"] == want["eligible"],
    }
    if case["input"]["local_aid_forced_eur"] is None:
        locals_ = [aid["amount_cents"] for name, aid in aids.items() if name.startswith("local.")]
        pairs["local"] = near(sum(locals_), want["local_micro"], MICRO_A_CENT // 2 * max(1, len(locals_)))
    if want["eligible"] and national["eligible"]:
        limit = plan["limits"][0]
        pairs |= {
            "rate": national["rate_bp"] == want["rate_bp"],
            "base": near(national["base_cents"], want["base_micro"], MICRO_A_CENT // 2),
            "aid": near(national["before_limit_cents"], want["aid_micro"], MICRO_A_CENT // 2),
            "limit_rate": limit["rate_bp"] == want["limit_rate_bp"],
            "ceiling": near(limit["ceiling_cents"], want["ceiling_micro"], MICRO_A_CENT),
            "after_cut": near(national["amount_cents"], want["after_cut_micro"], 2 * MICRO_A_CENT),
            "advance": near(national["advance_cents"], want["advance_micro"], 2 * MICRO_A_CENT),
        }
    if "mpld" in want:
        decent = aids["anah.logement_decent"]
        pairs["mpld_eligible"] = decent["eligible"] == want["mpld"]["eligible"]
        if decent["eligible"] and want["mpld"]["eligible"]:
            pairs["mpld_rate"] = decent["rate_bp"] == want["mpld"]["rate_bp"]
            pairs["mpld_aid"] = near(decent["before_limit_cents"], want["mpld"]["aid_micro"], MICRO_A_CENT // 2)
    return [name for name, equal in pairs.items() if not equal]


def local_rules(year):
    """Angers' and Besançon's aids: in 2024 those of the program, in 2025 as the simulator keeps them open."""
    if year != "2024":
        return (HERE / "angers_besancon.rules").read_text(encoding="utf-8")
    blocks = (ROOT / "rules/data/local_aids.rules").read_text(encoding="utf-8").split("\naid ")
    wanted = ("local.l01_", "local.l06_", "local.l07_")
    return "".join(f"aid {block}\n" for block in blocks if block.startswith(wanted))


def run(program, inputs, year):
    with tempfile.TemporaryDirectory() as rules:
        for path in (ROOT / "rules/data").glob("*.rules"):
            if path.name != "local_aids.rules":
                shutil.copy(path, rules)
        pathlib.Path(rules, "local_aids.rules").write_text(local_rules(year), encoding="utf-8")
        text = "\n".join(json.dumps(line) for line in inputs) + "\n"
        done = subprocess.run([program, "plan", "--jsonl", "--rules", rules], input=text, text=True,
                              capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    program, path = sys.argv[1], pathlib.Path(sys.argv[2])
    cases = [json.loads(line) for line in open(path, encoding="utf-8")]
    date = DEPOSIT_DATES[path.stem]
    plans = run(program, [facts(case, date) for case in cases], date[:4])
    assert len(plans) == len(cases), "one answer a line"
    found = collections.Counter()
    left_behind = collections.Counter()
    for case, plan in zip(cases, plans):
        want, deviations = expected(case, ADVANCES_BP[path.stem])
        left_behind.update(deviations)
        for name in differences(case, want, plan):
            found[name] += 1
            if found[name] <= 3:
                print(case["id"], case["group"], name, file=sys.stderr)
    print(json.dumps({"cases": len(cases), "differences": dict(found), "deviations": dict(left_behind)}))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
