// What notified grants become on the real invoices, explained line by line.
//
// The facts are those of the notification: deposit date, household, classes stay frozen, and with
// them the version of every rule; only works.lines are the invoices'. The order is this one:
//   1 each aid is computed anew on the invoices;
//   2 it is at most what was notified: min(recomputed, notified);
//   3 the cumulation limits are tested on the new cost including VAT, with the amounts of step 2,
//     and cut in their own order. Testing before taking the minimum would cut one funder for money
//     that another never granted.
// An aid that completes the others completes what they were left with in step 2. Aids decided
// outside the rules, or by hand in their place, stay as they were given. An aid whose amount is
// decided case by case keeps the one notified, within the rule's maximum. What was computed and
// never notified is not granted.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rules/plan/plan.h"

namespace deodat::rules {

struct NotifiedAid {
    std::string aid;
    Money amount;
    Money received;  // advance and instalments paid by the funder so far
};

struct Notification {
    std::vector<NotifiedAid> aids;
    std::vector<WorksLine> quoted_lines;  // the lines notified on; empty when they are not known
};

// What decided the amount retained.
enum class Decision : std::uint8_t {
    as_notified,        // recomputed and notified are equal
    notified_lower,     // the notified amount bounds
    recomputed_lower,   // the recomputed amount replaces it
    limit_cut,          // a cumulation limit cut what was left
    no_longer_granted,  // a condition, a table or its minimum refuses it now
    not_open,           // no version of the aid takes this dossier
    given,              // decided outside the rules: it stays
    never_notified      // computed only: nothing is granted
};
std::string_view decision_name(Decision decision);

struct RecomputedAid {
    std::string aid;
    std::string label;
    std::string funder;
    Money notified;
    Money recomputed;  // on the invoices, before limits; of a given aid, as given
    Money limit_cut;
    Money retained;
    Money received;
    Decision decision = Decision::as_notified;
    std::string text;  // the whole line of reasoning, in French

    // What the funder still owes; below zero, what is to be repaid to it.
    Money balance() const { return retained - received; }
};

// A trade's works, as quoted and as invoiced.
struct LotDifference {
    std::string trade;
    Money quoted_ht;
    Money quoted_ttc;
    Money invoiced_ht;
    Money invoiced_ttc;
    std::string text;
};

struct Recomputation {
    Plan plan;  // amounts are the retained ones
    std::vector<RecomputedAid> aids;
    std::vector<LotDifference> lots;  // empty when the quoted lines are not known
    std::vector<std::string> limits;  // one sentence a limit tested
    std::string total;                // cost, aids and remaining cost in one sentence
};

// Refuses what plan() refuses, a notified aid that neither the rules nor the given aids hold
// (aid_unknown) or that is listed twice (duplicate), and a negative amount (out_of_range).
Result<Recomputation> recompute(const RuleSet& rules, const Facts& facts,
                                const Notification& notification);

// For people: one line an aid, a lot, a limit, and the total.
std::string recomputation_text(const Recomputation& recomputation);

}  // namespace deodat::rules
