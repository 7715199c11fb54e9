#!/usr/bin/env python3
"""All balances of 100,000 entries: ours, kept and recomputed, beside `ledger bal`, `hledger bal` and `bean-check`.

    beside_ledger.py BENCH_LEDGER [PAIRS]

BENCH_LEDGER is the program build/tests/bench_ledger; it writes the journal that the others read. Runs are
interleaved, five times unless told; figures are medians, `range` their spread. times_faster is the median, over
the pairs, of the faster of `ledger` and `hledger` beside ours; bean-check, which also proves every entry, is
said but not compared. Their sums must be ours. A program that is absent is said `skipped`.
"""
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

COMPARED = ("ledger", "hledger")


def seconds_of(command):
    begin = time.monotonic()
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    return time.monotonic() - begin, done.stdout


def accounts_of(report):
    """Account to cents of a flat `bal`: lines of "  -1234.50 EUR  4:4581"."""
    found = re.findall(r"^\s*(-?[\d.]+) EUR\s+(\S+)$", report, re.MULTILINE)
    return {account: round(float(amount) * 100) for amount, account in found}


def say(name, seconds, **more):
    spread = [round(min(seconds), 6), round(max(seconds), 6)]
    print(json.dumps({"name": name, "seconds": round(statistics.median(seconds), 6), "range": spread, **more}))


def main():
    bench = sys.argv[1]
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    present = [name for name in (*COMPARED, "bean-check") if shutil.which(name)]
    took = {name: [] for name in present}
    kept, recomputed, sums = [], [], []
    with tempfile.TemporaryDirectory() as directory:
        hledger = pathlib.Path(directory) / "journal.hledger"
        beancount = pathlib.Path(directory) / "journal.beancount"
        commands = {
            "ledger": ["ledger", "-f", hledger, "bal", "--flat"],
            "hledger": ["hledger", "-f", hledger, "bal", "--flat"],
            # Without its cache: it is timed on reading the journal, as the others are.
            "bean-check": ["bean-check", "--no-cache", beancount],
        }
        for _ in range(pairs):
            out = subprocess.run([bench, "--export", directory], check=True, text=True, stdout=subprocess.PIPE).stdout
            ours = next(line for line in map(json.loads, out.splitlines()) if line["name"] == "balances")
            kept.append(ours["kept_microseconds"] / 1e6)
            recomputed.append(ours["recomputed_microseconds"] / 1e6)
            for name in present:
                seconds, report = seconds_of(commands[name])
                took[name].append(seconds)
                if name in COMPARED:
                    sums.append(accounts_of(report))
            sums.append(ours["sums_cents"])
    for name in (*COMPARED, "bean-check"):
        if name in present:
            say(f"balances_{name}", took[name])
        else:
            print(json.dumps({"name": f"balances_{name}", "skipped": "not installed"}))
    same = all(one == sums[0] for one in sums) and bool(sums[0])
    compared = [took[name] for name in COMPARED if name in present]
    if compared:
        fastest = [min(times) for times in zip(*compared)]
        for name, ours in (("balances_kept", kept), ("balances_recomputed", recomputed)):
            ratios = [other / our for other, our in zip(fastest, ours)]
            say(name, ours, times_faster=round(statistics.median(ratios), 1), proven=same)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
