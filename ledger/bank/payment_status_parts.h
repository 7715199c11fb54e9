// The readers of payment statuses, one a format, and what they share. Included by
// payment_status.cpp and by them; nobody else.
#pragma once
#include <string>

#include "ledger/bank/payment_status.h"

namespace deodat::bank::status {

// A refusal of the whole file that says where.
Refusal damaged(const std::string& place, const std::string& why);
// Refuses the statement too many.
Result<Done> add(StatusReport& report, StatusItem item);
void remark(StatusReport& report, std::string field, std::string message);

inline std::string text_of(const XmlElement& element) {
    return std::string(element.text());
}

bool is_pain002(const XmlTree& tree);
Result<StatusReport> read_pain002(const XmlTree& tree);

bool is_acquit(const XmlTree& tree);
Result<StatusReport> read_acquit(const XmlTree& tree);
bool is_retour(const XmlTree& tree);
Result<StatusReport> read_retour(const XmlTree& tree);

}  // namespace deodat::bank::status
