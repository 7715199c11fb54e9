// Which houses to group: batches proposed to the coordinator, with why each house is in one or in
// none.
//
// A pure function of the request; the order of what it lists changes nothing, the same request
// gives the same bytes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rules/grouping/readiness.h"

namespace deodat::rules::grouping {

struct ProposedMember {
    std::string id;
    std::int64_t distance_m = 0;  // to the central house
    std::int64_t likeness = 0;    // mean with the others, of 100, downwards
    Month first_start;
    Month last_start;
};

struct ProposedBatch {
    std::string programme;
    std::string trade;
    std::vector<std::string> neighbourhoods;
    int wave = 1;
    Month start;
    Month end;                    // of the longest works
    std::int64_t needs_more = 0;  // houses; above 0 the batch waits for them
    bool on_target = false;       // its size is one that firms price best
    std::string central;          // the house whose farthest neighbour is nearest
    std::int64_t diameter_m = 0;
    std::int64_t likeness = 0;  // mean over all pairs
    bool variants = false;      // to be priced by variants of dwelling
    // By prices alone; none where the trade's expected prices are not given, or those of `unpriced`
    // are not known.
    std::optional<Money> value;
    std::optional<std::size_t> houses_min;  // with which nobody loses
    std::vector<std::string> unpriced;
    std::vector<ProposedMember> members;  // by id

    bool waits() const { return needs_more > 0; }
};

struct Rejection {
    std::string id;
    std::string programme;
    std::string trade;
    std::vector<Obstacle> obstacles;
};

struct Proposal {
    ProposalParameters parameters;
    std::string input_sha256;  // hexadecimal, of the request's canonical bytes (proposal_input.h)
    // Those that may go on, then those that wait; by value, size, narrowness, first id.
    std::vector<ProposedBatch> batches;
    std::vector<Rejection> rejections;  // by id
};

// Refuses, with the field of the request's JSON: a size, a distance, a share out of bounds
// (out_of_range); a neighbourhood or a dossier and trade given twice (duplicate); a period that
// ends before it begins (malformed); expected prices of a trade given twice (duplicate), of no
// trade (not_found), or that check(Agreement) refuses; a neighbourhood with too many candidates of
// a trade (out_of_range).
Result<Proposal> propose(ProposalRequest request);

}  // namespace deodat::rules::grouping
