#!/usr/bin/env python3
"""All balances of 100,000 entries: ours, kept and recomputed, beside `ledger bal` and `hledger bal`.

    beside_ledger.py BENCH_LEDGER [PAIRS]

BENCH_LEDGER is the program build/tests/bench_ledger; it writes the journal that the two read. Runs are
interleaved, five times unless told; figures are medians. bean-check is timed on nothing: it reads
another format, which the export does not write yet. A program that is absent is said `skipped`.
"""
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def seconds_of(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def main():
    bench = sys.argv[1]
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    present = [name for name in ("ledger", "hledger") if shutil.which(name)]
    took = {name: [] for name in present}
    kept, recomputed = [], []
    with tempfile.TemporaryDirectory() as directory:
        journal = pathlib.Path(directory) / "journal.txt"
        for _ in range(pairs):
            out = subprocess.run([bench, "--export", str(journal)], check=True, text=True, stdout=subprocess.PIPE).stdout
            ours = next(line for line in map(json.loads, out.splitlines()) if line["name"] == "balances")
            kept.append(ours["kept_microseconds"] / 1e6)
            recomputed.append(ours["recomputed_microseconds"] / 1e6)
            for name in present:
                took[name].append(seconds_of([name, "-f", str(journal), "bal"]))
    for name in ("ledger", "hledger"):
        if name not in present:
            print(json.dumps({"name": f"balances_{name}", "skipped": "not installed"}))
        else:
            print(json.dumps({"name": f"balances_{name}", "seconds": round(statistics.median(took[name]), 3)}))
    if present:
        fastest = [min(times) for times in zip(*took.values())]
        for name, ours in (("balances_kept", kept), ("balances_recomputed", recomputed)):
            ratio = statistics.median(other / our for other, our in zip(fastest, ours))
            print(json.dumps({"name": name, "seconds": statistics.median(ours), "times_faster": round(ratio, 1)}))


if __name__ == "__main__":
    main()
