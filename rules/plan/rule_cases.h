// Cases beside the rules: facts and what their plan must say, written by the person who signs the
// rules.
//
// One JSON object a line; blank lines and lines that begin with # are skipped.
//
//   {"defaults": {facts}}                     first, if at all: what every case is merged onto
//   {"name": "…", "given": {facts}, "expect": {part of a plan}}
//
// `given` is merged onto the defaults member by member; lists are replaced whole, and null takes a
// default away. `expect` names only what matters:
//
//   - members of an object by their keys; numbers and texts are equal to the plan's;
//   - rows of a list by their names: {"aids": {"local.x": {"amount_cents": 1000}}}. An aid is named
//     by its id, a limit by its id, a reason or notice by its code, an entry of to_verify by
//     itself. true: it is there; null: it is not;
//   - {"error": {"code": "…"}}: no plan is made.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "rules/engine/program.h"

namespace deodat::rules {

// What a plan says otherwise than expected: where, both sides as JSON.
struct Mismatch {
    std::string path;
    std::string expected;
    std::string found;
};

struct CaseOutcome {
    std::size_t line = 0;
    std::string name;
    std::vector<Mismatch> mismatches;  // none: as expected
};

// Every case, in order. A file that is not in the form above is refused whole, with its line.
Result<std::vector<CaseOutcome>> run_cases(const RuleSet& rules, std::string_view text);

}  // namespace deodat::rules
