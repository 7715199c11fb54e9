#!/usr/bin/env python3
"""Do the tests notice? Turns one comparison at a time and lists the turned programs that every test passes.

    python3 tests/mutation/run.py [--build DIR] [FILE ...]

FILE is a source of ledger/ or rules/ (all of both when none is named: a night's work). In each, one comparison
after another becomes its neighbour (< and <=, > and >=, == and !=); what depends on it is built in DIR (default
build, configured before), and the test programs of its room run, cheapest first, until one fails. A survivor is a
comparison that could be wrong unnoticed: a test to write, or a comparison that makes no difference, which is worth
a look too. Prints a line per survivor and a last line with the counts; exits 0 whatever it finds.

The sources are changed in place and put back, also when interrupted; a file with uncommitted changes is refused.
Commit nothing while it runs: a worktree of its own is the best place.
"""
import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TURNED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
# clang-format puts blanks around a comparison and none around a template's brackets.
COMPARISON = re.compile(r"(?<= )(<=|>=|==|!=|<|>)(?= )")
NOT_CODE = re.compile(r'//.*|R"\w*\(.*|"(?:\\.|[^"\\])*"|^\s*#.*|\btemplate <.*')
TESTS = {
    "ledger/base": ["unit_ledger_base", "unit_ledger_identifiers", "unit_bank", "unit_ledger_dossiers"],
    "ledger/store": ["unit_ledger_store", "cases_all_or_nothing", "faults_ledger"],
    "ledger/journal": ["unit_ledger_journal", "unit_ledger_dossiers", "property_ledger"],
    "ledger/audit": ["unit_ledger_dossiers", "property_canonical", "cases_anchor", "faults_tamper"],
    "ledger/bank": ["unit_bank", "cases_all_or_nothing"],
    "ledger/": ["unit_ledger_dossiers", "cases_all_or_nothing", "property_ledger"],
    "rules/": ["unit_rules", "property_rules"],
}
TEST_SECONDS_MAX = 300


def comparisons(text):
    """(line number, first column, operator) of each comparison in code, outside strings and comments."""
    for number, line in enumerate(text.split("\n")):
        code = NOT_CODE.sub(lambda found: "·" * len(found.group()), line)
        for found in COMPARISON.finditer(code):
            yield number, found.start(), found.group()


def turn(text, number, column, operator):
    lines = text.split("\n")
    line = lines[number]
    lines[number] = line[:column] + TURNED[operator] + line[column + len(operator):]
    return "\n".join(lines)


def tests_of(file):
    return next(tests for room, tests in TESTS.items() if file.startswith(room))


def noticed(build, tests):
    """The first test program that fails, "does not build" for none, None for a survivor."""
    for test in tests:
        built = subprocess.run(["cmake", "--build", build, "--target", test], capture_output=True)
        if built.returncode != 0:
            return "does not build"
        try:
            ran = subprocess.run(
                [f"{build}/tests/{test}", "--gtest_brief=1", "--gtest_fail_fast"],
                capture_output=True, timeout=TEST_SECONDS_MAX, env={**os.environ, "DEODAT_SEED": "1"})
        except subprocess.TimeoutExpired:
            return test
        if ran.returncode != 0:
            return test
    return None


def try_file(build, file, counts):
    path = ROOT / file
    original = path.read_text(encoding="utf-8")
    try:
        for number, column, operator in comparisons(original):
            path.write_text(turn(original, number, column, operator), encoding="utf-8")
            by = noticed(build, tests_of(file))
            kind = "unbuilt" if by == "does not build" else "noticed" if by else "survived"
            counts[kind] += 1
            if by is None:
                line = original.split("\n")[number].strip()
                print(f"survived: {file}:{number + 1}:{column + 1}: {operator} -> {TURNED[operator]}: {line}",
                      flush=True)
    finally:
        path.write_text(original, encoding="utf-8")


def sources():
    listed = subprocess.run(["git", "ls-files", "ledger/*.cpp", "rules/*.cpp", "ledger/*.h", "rules/*.h"],
                            cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return listed.split()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", default="build")
    arguments.add_argument("files", nargs="*", metavar="FILE")
    given = arguments.parse_args()
    build = str((ROOT / given.build).resolve())
    files = given.files or sources()
    known = set(sources())
    for file in files:
        if file not in known:
            sys.exit(f"{file}: not a source of ledger/ or rules/, named from the root of the tree")
        if subprocess.run(["git", "diff", "--quiet", "HEAD", "--", file], cwd=ROOT).returncode != 0:
            sys.exit(f"{file}: has uncommitted changes")
    for test in sorted({test for file in files for test in tests_of(file)}):
        if noticed(build, [test]) is not None:
            sys.exit(f"{test}: does not pass, or build, before anything is turned")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    counts = {"noticed": 0, "survived": 0, "unbuilt": 0}
    for file in files:
        try_file(build, file, counts)
    print(f"{counts['noticed']} noticed, {counts['survived']} survived, {counts['unbuilt']} do not build")


if __name__ == "__main__":
    main()
