#!/usr/bin/env python3
"""Sets our plans against the simulator's cases: compare.py DEODAT GOLDEN.jsonl. Fails on the first kind of difference."""
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from convert import DEPOSIT_DATES, ROOT, expected, facts

HERE = pathlib.Path(__file__).resolve().parent
MICRO_A_CENT = 10_000


def near(cents, micro, tolerance):
    return abs(cents * MICRO_A_CENT - micro) <= tolerance


def differences(case, plan):
    """The names of the values in which the plan is not the case's."""
    want = expected(case)
    national = next(aid for aid in plan["aids"] if aid["aid"] == "anah.mpr_accompagne")
    pairs = {
        "class": plan["income_class"] == want["class"],
        "jump": plan["class_jump"] == want["jump"],
        "eligible": national["eligible"] == want["eligible"],
    }
    if case["input"]["local_aid_forced_eur"] is None:
        locals_ = [aid["amount_cents"] for aid in plan["aids"] if aid["aid"].startswith("local.")]
        pairs["local"] = near(sum(locals_), want["local_micro"], MICRO_A_CENT // 2 * max(1, len(locals_)))
    if national["eligible"] and want["eligible"]:
        limit = plan["limits"][0]
        pairs |= {
            "rate": national["rate_bp"] == want["rate_bp"],
            "base": near(national["base_cents"], want["base_micro"], MICRO_A_CENT // 2),
            "aid": near(national["before_limit_cents"], want["aid_micro"], MICRO_A_CENT // 2),
            "limit_rate": limit["rate_bp"] == want["limit_rate_bp"],
            "ceiling": near(limit["ceiling_cents"], want["ceiling_micro"], MICRO_A_CENT),
            "after_cut": near(national["amount_cents"], want["after_cut_micro"], 2 * MICRO_A_CENT),
        }
    return [name for name, equal in pairs.items() if not equal]


def run(program, inputs):
    with tempfile.TemporaryDirectory() as rules:
        for name in ("anah.rules", "scales.rules"):
            shutil.copy(ROOT / "rules/data" / name, rules)
        shutil.copy(HERE / "angers_besancon.rules", rules)
        text = "\n".join(json.dumps(line) for line in inputs) + "\n"
        done = subprocess.run([program, "plan", "--jsonl", "--rules", rules], input=text, text=True,
                              capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    program, path = sys.argv[1], pathlib.Path(sys.argv[2])
    cases = [json.loads(line) for line in open(path, encoding="utf-8")]
    plans = run(program, [facts(case, DEPOSIT_DATES[path.stem]) for case in cases])
    assert len(plans) == len(cases), "one answer a line"
    found = collections.Counter()
    for case, plan in zip(cases, plans):
        for name in differences(case, plan):
            found[name] += 1
            if found[name] <= 3:
                print(case["id"], case["group"], name, file=sys.stderr)
    print(json.dumps({"cases": len(cases), "differences": dict(found)}))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
