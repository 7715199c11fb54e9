"""Reads ctest's JUnit file and prints the closing line of all suites together."""
import sys
import xml.etree.ElementTree as tree

suite = tree.parse(sys.argv[1]).getroot()
cases = suite.findall("testcase")
failed = [c.get("name") for c in cases if c.find("failure") is not None]
skipped = [c.get("name") for c in cases if c.find("skipped") is not None]
for name in skipped:
    print("skipped:", name)
for name in failed:
    print("failed:", name)
print(f"{len(cases) - len(failed) - len(skipped)} passed, {len(failed)} failed, {len(skipped)} skipped")
sys.exit(1 if failed or not cases else 0)
