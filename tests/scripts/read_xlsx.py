#!/usr/bin/env python3
"""Prints the cells of a workbook, one a line: sheet, cell, type, value, formula (tab-separated).

Reads the file with nothing but the standard library, so that what our writer wrote is judged by another reader.
Values are as stored (the cached one of a formula); tab, line feed and backslash are escaped. `--parts DIR` also
unpacks every part into DIR.
"""
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def unescaped_ooxml(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match.group(1), 16)), text)


def text_of(element):
    return unescaped_ooxml("".join(part.text or "" for part in element.iter(MAIN + "t")))


def value_of(cell, shared):
    kind = cell.get("t", "n")
    value = cell.find(MAIN + "v")
    if kind == "inlineStr":
        return kind, text_of(cell)
    if value is None:
        return "blank", ""
    if kind == "s":
        return kind, shared[int(value.text)]
    return kind, value.text or ""


def main():
    archive = zipfile.ZipFile(sys.argv[1])
    if archive.testzip() is not None:
        sys.exit("damaged archive")
    for name in archive.namelist():
        tree.fromstring(archive.read(name))  # every part is XML
    if "--parts" in sys.argv:
        archive.extractall(sys.argv[sys.argv.index("--parts") + 1])
    shared = []
    if "xl/sharedStrings.xml" in archive.namelist():
        root = tree.fromstring(archive.read("xl/sharedStrings.xml"))
        shared = [text_of(item) for item in root.findall(MAIN + "si")]
    targets = {
        item.get("Id"): item.get("Target")
        for item in tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in tree.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet"):
        target = targets[sheet.get(RELATIONSHIP)].lstrip("/")
        part = target if target.startswith("xl/") else "xl/" + target
        for cell in tree.fromstring(archive.read(part)).iter(MAIN + "c"):
            kind, value = value_of(cell, shared)
            if kind == "blank":
                continue
            formula = cell.find(MAIN + "f")
            print(sheet.get("name"), cell.get("r"), kind, escaped(value),
                  escaped(formula.text or "") if formula is not None else "", sep="\t")


if __name__ == "__main__":
    main()
