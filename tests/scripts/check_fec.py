#!/usr/bin/env python3
"""Checks a fichier des écritures comptables as the tax office's tool does, knowing nothing of our writer.

check_fec.py FILE YEAR   each anomaly on a line of the error output, after the number of the rule that it breaks; exit 1
if there is one; on the output, the balance of each account and auxiliary: "account<TAB>auxiliary<TAB>cents", debit above
zero. The rules, numbered as in the specification of the formats, section 8:

  8.1  18 fields in the order of the list
  8.2  a flat file: the names first, one separator, CR LF after each record, ISO-8859-15, dates AAAAMMJJ, a decimal comma
       and no thousands separator, named SIRENFECAAAAMMJJ.txt after the closing date, its description beside it
  8.3  accounts of three digits first, two lines an entry or more, mandatory fields filled, no "|" inside a text
  8.4  what the tool complains of: debit and credit both filled or both nil, dates outside the year, blank lines, another
       number of fields; entries numbered without holes, opening entries first, the others in order of validation; and
       each entry balances, on one date and in one journal
"""
import datetime
import pathlib
import re
import sys

NAMES = ("JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
         "EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise").split()
MANDATORY = ("JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib PieceRef PieceDate EcritureLib Debit "
             "Credit ValidDate").split()


def day(text):
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def cents(text):
    return int(text.replace(",", "")) if re.fullmatch(r"[0-9]+,[0-9]{2}", text) else None


def is_siren(text):
    """Nine digits and Luhn's key; no exception applies to an organism that keeps a FEC."""
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    doubled = [int(c) * (1 + place % 2) for place, c in enumerate(text)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def check_name(path, year, say):
    named = re.fullmatch(r"(.{9})FEC([0-9]{8})\.txt", path.name)
    if not named or not is_siren(named[1]) or named[2] != f"{year}1231":
        say("8.2", f"le nom {path.name} n'est pas SIRENFEC{year}1231.txt")
    description = path.with_name(path.stem + "-description.txt")
    if not description.exists():
        say("8.2", "aucune description n'accompagne le fichier")
        return
    words = description.read_text(encoding="utf-8")
    missing = [name for name in NAMES if name not in words]
    if missing or str(year) not in words:
        say("8.2", f"la description ne dit rien de {', '.join(missing) or year}")


def check_line(line, year, say):
    for name in MANDATORY:
        if not line[name].strip():
            say("8.3", f"{name} est vide")
    if any("|" in field for field in line.values()):
        say("8.3", "un champ contient le séparateur |")
    if bool(line["CompAuxNum"]) != bool(line["CompAuxLib"]):
        say("8.3", "CompAuxNum et CompAuxLib vont ensemble")
    if not re.match(r"[0-9]{3}", line["CompteNum"]):
        say("8.3", f"le compte {line['CompteNum']} ne commence pas par trois chiffres")
    for name in ("EcritureDate", "PieceDate", "ValidDate"):
        if day(line[name]) is None:
            say("8.2", f"{name} n'est pas une date : {line[name]}")
    if line["EcritureDate"][:4] != str(year):
        say("8.4", "date hors de l'exercice")
    debit, credit = cents(line["Debit"]), cents(line["Credit"])
    if debit is None or credit is None:
        say("8.2", "montant mal écrit")
        return None
    if (debit == 0) == (credit == 0):
        say("8.4", "débit et crédit tous deux nuls ou tous deux remplis")
    return debit - credit


def check_entries(entries, say):
    for place, entry in enumerate(entries, 1):
        if entry["number"] != str(place):
            say("8.4", f"l'écriture {entry['number']} est la {place}e : la numérotation n'est pas continue")
        if entry["lines"] < 2:
            say("8.3", f"l'écriture {entry['number']} n'a qu'une ligne")
        if entry["readable"] and entry["sum"] != 0:
            say("8.4", f"l'écriture {entry['number']} ne s'équilibre pas")
        if place == 1:
            continue
        before = entries[place - 2]
        if entry["journal"] == "AN" and before["journal"] != "AN":
            say("8.4", f"l'écriture {entry['number']} d'à nouveau suit une écriture de l'exercice")
        if before["journal"] != "AN" and entry["validated"] < before["validated"]:
            say("8.4", f"l'écriture {entry['number']} est validée avant celle qui la précède")


def check(content, year, say):
    if any(0x80 <= byte < 0xa0 or byte in (0x00, 0x7f) or (byte < 0x20 and byte not in (9, 10, 13)) for byte in content):
        say("8.2", "un octet n'est pas un signe de l'ISO-8859-15")
    text = content.decode("iso-8859-15")
    if not text.endswith("\r\n"):
        say("8.2", "le dernier enregistrement n'est pas terminé")
    records = text.split("\r\n")[:-1]
    if not records or records[0].split("\t") != NAMES:
        say("8.1", "la première ligne n'est pas celle des 18 noms")
    balances = {}
    entries = []
    for number, record in enumerate(records[1:], 2):
        def say_here(rule, why, number=number):
            say(rule, f"ligne {number} : {why}")
        if "\r" in record or "\n" in record:
            say_here("8.2", "fin de ligne dans un champ")
        fields = record.split("\t")
        if not record.strip():
            say_here("8.4", "ligne vide")
            continue
        if len(fields) != 18:
            say_here("8.4", f"{len(fields)} champs au lieu de 18")
            continue
        line = dict(zip(NAMES, fields))
        amount = check_line(line, year, say_here)
        if not entries or entries[-1]["number"] != line["EcritureNum"]:
            entries.append({"number": line["EcritureNum"], "date": line["EcritureDate"], "journal": line["JournalCode"],
                            "validated": line["ValidDate"], "lines": 0, "sum": 0, "readable": True})
        entry = entries[-1]
        if [entry["date"], entry["journal"], entry["validated"]] != [
                line["EcritureDate"], line["JournalCode"], line["ValidDate"]]:
            say_here("8.4", "une écriture a deux dates ou deux journaux")
        entry["lines"] += 1
        if amount is None:
            entry["readable"] = False
            continue
        entry["sum"] += amount
        key = (line["CompteNum"], line["CompAuxNum"])
        balances[key] = balances.get(key, 0) + amount
    check_entries(entries, say)
    return balances


def main(path, year):
    faults = []

    def say(rule, why):
        faults.append(f"{rule} {why}")
    check_name(path, year, say)
    balances = check(path.read_bytes(), year, say)
    for (account, auxiliary), balance in sorted(balances.items()):
        print(account, auxiliary, balance, sep="\t")
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
