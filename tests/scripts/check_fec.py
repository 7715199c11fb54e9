#!/usr/bin/env python3
"""Checks a fichier des écritures comptables as the tax office's tool does, knowing nothing of our writer.

check_fec.py FILE YEAR   each anomaly on a line of the error output, exit 1 if there is one; on the output, the balance
of each account and auxiliary: "account<TAB>auxiliary<TAB>cents", debit above zero.
"""
import datetime
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


def check(content, year, say):
    if any(0x80 <= byte < 0xa0 or byte in (0x00, 0x7f) or (byte < 0x20 and byte not in (9, 10, 13)) for byte in content):
        say(0, "un octet n'est pas un signe de l'ISO-8859-15")
    text = content.decode("iso-8859-15")
    if not text.endswith("\r\n"):
        say(0, "le dernier enregistrement n'est pas terminé")
    records = text.split("\r\n")[:-1]
    if not records or records[0].split("\t") != NAMES:
        say(1, "la première ligne n'est pas celle des 18 noms")
    balances = {}
    entries = []  # number, date, journal, lines, sum
    for number, record in enumerate(records[1:], 2):
        if "\r" in record or "\n" in record:
            say(number, "fin de ligne dans un champ")
        fields = record.split("\t")
        if len(fields) != 18:
            say(number, f"{len(fields)} champs au lieu de 18")
            continue
        line = dict(zip(NAMES, fields))
        for name in MANDATORY:
            if not line[name].strip():
                say(number, f"{name} est vide")
        if any("|" in field for field in fields):
            say(number, "un champ contient le séparateur |")
        if bool(line["CompAuxNum"]) != bool(line["CompAuxLib"]):
            say(number, "CompAuxNum et CompAuxLib vont ensemble")
        if not re.match(r"[0-9]{3}", line["CompteNum"]):
            say(number, f"le compte {line['CompteNum']} ne commence pas par trois chiffres")
        for name in ("EcritureDate", "PieceDate", "ValidDate"):
            if day(line[name]) is None:
                say(number, f"{name} n'est pas une date : {line[name]}")
        if line["EcritureDate"][:4] != str(year):
            say(number, "date hors de l'exercice")
        debit, credit = cents(line["Debit"]), cents(line["Credit"])
        if debit is None or credit is None:
            say(number, "montant mal écrit")
            continue
        if (debit == 0) == (credit == 0):
            say(number, "débit et crédit tous deux nuls ou tous deux remplis")
        if not entries or entries[-1][0] != line["EcritureNum"]:
            entries.append([line["EcritureNum"], line["EcritureDate"], line["JournalCode"], 0, 0])
        entry = entries[-1]
        if entry[1:3] != [line["EcritureDate"], line["JournalCode"]]:
            say(number, "une écriture a deux dates ou deux journaux")
        entry[3] += 1
        entry[4] += debit - credit
        key = (line["CompteNum"], line["CompAuxNum"])
        balances[key] = balances.get(key, 0) + debit - credit
    for place, entry in enumerate(entries, 1):
        if entry[0] != str(place):
            say(0, f"l'écriture {entry[0]} est la {place}e : la numérotation n'est pas continue")
        if entry[3] < 2:
            say(0, f"l'écriture {entry[0]} n'a qu'une ligne")
        if entry[4] != 0:
            say(0, f"l'écriture {entry[0]} ne s'équilibre pas")
        if entry[2] == "AN" and any(earlier[2] != "AN" for earlier in entries[:place - 1]):
            say(0, f"l'écriture {entry[0]} d'à nouveau suit une écriture de l'exercice")
    return balances


def main(path, year):
    faults = []
    with open(path, "rb") as file:
        balances = check(file.read(), year, lambda line, why: faults.append(f"ligne {line} : {why}"))
    for (account, auxiliary), balance in sorted(balances.items()):
        print(account, auxiliary, balance, sep="\t")
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(sys.argv[1], int(sys.argv[2])))
