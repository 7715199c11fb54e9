// Facts from JSON, strictly: no repeated key, no unknown field, no fraction, nothing required left
// out.
//
// A refusal names the field by its dotted path (works.lines[0].vat_bp), the value, and what would
// be right.
#pragma once
#include <string_view>

#include "ledger/base/result.h"
#include "rules/facts/facts.h"
#include "rules/facts/strict_json.h"

namespace deodat::rules {

// The facts with everything derived but the income class.
Result<Facts> facts_from_json(std::string_view json);
// The same, of a part of a document; refusals name fields as if it stood alone.
Result<Facts> facts_from_value(const JsonValue& value);

// One fact by its JSON path, read into the facts as the document's reader would; null clears an
// optional one. Refuses a path that names no fact. Nothing is derived.
Trouble read_fact(const JsonValue& value, Facts& facts);
// A line of works, {trade, amount_ht_cents, vat_bp, eligible}; a list of them.
WorksLine read_works_line(JsonValue value, Trouble& trouble);
Trouble read_works_lines(const JsonValue& list, std::vector<WorksLine>& out);

}  // namespace deodat::rules
