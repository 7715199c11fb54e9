// The model: what somebody with pencil and paper would know of each dossier, in cents. It knows
// nothing of accounts, entries or SQL, and shares no code with the ledger.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>

namespace deodat::model {

struct ModelClaim {
    std::int64_t cents = 0;
    std::int64_t received = 0;
    std::int64_t reduced = 0;
    bool titled = false;
};
struct ModelGrant {
    std::int64_t notified = 0;
    std::map<std::int64_t, ModelClaim> claims;
    bool refused = false;
    std::int64_t given_up = 0;
    std::int64_t claimed() const {
        std::int64_t sum = 0;
        for (const auto& [id, claim] : claims) sum += claim.cents;
        return sum;
    }
};
struct ModelCall {
    std::int64_t cents = 0;
    std::int64_t received = 0;
};
struct ModelDossier {
    std::int64_t cash = 0;
    std::map<std::int64_t, ModelGrant> grants;
    std::map<std::int64_t, ModelCall> calls;
    std::int64_t early = 0;
    std::int64_t ordered = 0;   // and no payment of it approved
    std::int64_t approved = 0;  // and not taken in charge
    std::int64_t charged = 0;   // taken in charge and not paid, retention and returns included
    std::int64_t payable = 0;   // net, not paid, first time
    std::int64_t withheld = 0;  // retention
    std::int64_t returned = 0;  // paid, come back
    std::int64_t spent = 0;     // taken in charge
    std::int64_t lost = 0;      // reduced by a funder, borne by the PETR
    std::int64_t closed = 0;    // spent and received, equal, once the dossier is closed

    // The household pays a call, or money that named none is set against the oldest open one.
    void set_early_against_calls() {
        for (auto& [id, call] : calls) {
            const std::int64_t applied = std::min(early, call.cents - call.received);
            call.received += applied;
            early -= applied;
        }
    }
};

// What became of the amount of a works order.
struct ModelWorks {
    std::size_t dossier = 0;
    std::int64_t committed = 0;
    std::int64_t ordered = 0;
    std::int64_t paid = 0;
    std::int64_t returned = 0;
    bool finished = false;
};

struct ModelOrder {
    std::int64_t works = 0;
    std::int64_t invoice = 0;
    std::size_t dossier = 0;
    std::int64_t ttc = 0;
    std::int64_t net = 0;
    std::int64_t made_by = 0;
    std::int64_t approved_by = 0;
    bool came_back = false;  // a payment that was executed
    bool taken_in_charge = false;
    bool retention = false;  // of the retention, the year after
    bool final = false;      // the last invoice of its works
    bool ordered = false;    // its part of the works' amount is
    bool refused = false;    // or expired
};

}  // namespace deodat::model
