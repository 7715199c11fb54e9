#!/usr/bin/env python3
"""Maps the vectors of batches (tests/data/batch/vectors.json) to `deodat batch allocate` and compares every
figure, to the cent. usage: batch_vectors.py PROGRAM VECTORS; prints what differs, and how much was compared."""
import json
import subprocess
import sys

CLASSES = {"TMO": "very_modest", "MO": "modest", "INT": "intermediate", "SUP": "upper"}
KEYS = {"egal": "equal", "surface": "surface", "montant": "amount", "usage": "use"}
FIELDS = {"remise": "discount_cents", "commun": "shared_cents", "ttc": "ttc_cents", "total": "total_aid_cents",
          "reste": "remaining_cost_cents", "gain_menage": "household_gain_cents",
          "gain_financeurs": "funder_gain_cents", "aide_liquidable": "payable_aid_cents",
          "reste_liquidation": "payable_remaining_cents"}


def by_class(values):
    return {CLASSES[name]: value for name, value in values.items()}


def parameters(scale):
    return {"rate_bp": by_class(scale["taux_bp"]), "cap_ht_cents": scale["plafond_ht"],
            "limit_bp": by_class(scale["ecretement_bp"]), "flat_local_cents": by_class(scale["local_forfait"]),
            "vat_bp": 550, "aid_rounding": "floor"}


def batch(source, ids, committed):
    lot = source["lot"]
    out = {"batch": {"tiers": [{"dwellings_min": t["min_logements"], "discount_bp": t["remise_bp"]}
                               for t in lot["paliers"]],
                     "shared_costs": [{"label": c["poste"], "key": KEYS[c["cle"]], "amount_ht_cents": c["ht"]}
                                      for c in lot["communs"]]},
           "members": [{"id": m["id"], "income_class": CLASSES[m["cat"]], "class_jump": m["saut"],
                        "amount_ht_cents": m["ht"], "facade_dm2": m["facade_dm2"],
                        "solo_shared_cents": m["commun_seul"]} for m in source["membres"] if m["id"] in ids],
           "parameters": parameters(source["bareme_test"])}
    if committed is not None:
        out["committed"] = committed
    return out


def shared(source, amount, weights):
    """A batch in which one shared cost is split by those façades."""
    out = batch(source, {m["id"] for m in source["membres"][:len(weights)]}, None)
    out["batch"]["tiers"] = [{"dwellings_min": 1, "discount_bp": 0}]
    out["batch"]["shared_costs"] = [{"label": "essai", "key": "surface", "amount_ht_cents": amount}]
    for member, weight in zip(out["members"], weights):
        member["facade_dm2"] = weight
    return out


def main(program, path):
    source = json.load(open(path, encoding="utf-8"))
    different, compared = [], 0

    def allocate(given):
        ran = subprocess.run([program, "batch", "allocate"], input=json.dumps(given), text=True, capture_output=True)
        answer = json.loads(ran.stdout)
        if (ran.returncode == 0) != (answer.get("refusal") is None):
            different.append(f"exit code {ran.returncode}: {ran.stdout[:200]}")
        return answer

    def compare(name, found, wanted):
        nonlocal compared
        compared += 1
        if found != wanted:
            different.append(f"{name}: {found}, not {wanted}")

    guaranteed = source["B_demande_au_palier_garanti"]["engagees"]
    best = {line["id"]: line["total"] for line in source["A_huit_logements"]["lignes"]}
    cases = {"A_huit_logements": None, "C_liquidation_a_8": guaranteed, "D_desistement_D05_avant_ordre": guaranteed,
             "E_effondrement_a_4": guaranteed, "F_piege_engage_au_meilleur_palier_puis_7": best}
    for name, committed in cases.items():
        case = source[name]
        answer = allocate(batch(source, {line["id"] for line in case["lignes"]}, committed))
        found = {member["id"]: member for member in answer["members"]}
        compare(name + " refusal", (answer["refusal"] or {}).get("code"),
                "batch_without_gain" if name.startswith("E") else None)
        compare(name + " corrected", answer["corrected"], False)
        for line in case["lignes"]:
            for french, field in FIELDS.items():
                if french in line:
                    compare(f"{name} {line['id']} {field}", found[line["id"]].get(field), line[french])
        for french, field in FIELDS.items():
            if french in case["totaux"]:
                compare(f"{name} totals {field}", answer["totals"][field], case["totaux"][french])

    # B: the aid filed at the guaranteed price is what the batch gives at its first tier.
    first = batch(source, best.keys(), None)
    first["batch"]["tiers"] = first["batch"]["tiers"][:1]
    for member in allocate(first)["members"]:
        compare("B " + member["id"], member["total_aid_cents"], guaranteed[member["id"]])

    # G: the splits that a shared cost can ask for.
    units = source["G_unitaires"]
    for name, amount, weights in (("repartir_100_sur_1_1_1", 100, [1, 1, 1]), ("repartir_1_sur_5", 1, [1, 5, 1, 1, 1]),
                                  ("repartir_poids_nuls", 7, [0, 0, 0])):
        answer = allocate(shared(source, amount, weights))
        compare(name, [member["shared_cents"] for member in answer["members"]], units[name])

    for line in different:
        print(line)
    print(f"compared {compared}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
