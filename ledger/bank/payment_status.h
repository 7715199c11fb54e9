// What the bank, or the public accountant's software, says became of a payment file: one form for
// three sources.
//
//   pain.002     the bank's report on a pain.001: of the file, of a block, of a transfer
//   PES Acquit   whether a flow was taken in, down to the line and the attachment
//   PES Retour   visa, rejection and payment of each mandat
//
// None of them is a payment. The best that they say is that one is announced; the money is booked
// when the account's statement shows it.
//
// Read strictly: XML within the bounds of XmlTree, a known root, the identifiers that tie a report
// to what it is about, at most items_max statements. Read tolerantly: codes that no list holds
// (stage unknown, which changes nothing), texts of any length, a namespace that the bank forgot;
// each leaves a remark.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/xml.h"
#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::bank {

inline constexpr std::size_t status_items_max = 100'000;  // in one report

// In the order of a payment's life. A later report counts when it is further on; a rejection ends
// it and nothing comes after.
enum class Stage : std::uint8_t {
    unknown,               // a code of no list
    received,              // the bank has the file
    technically_accepted,  // its form is right
    accepted,              // the customer's account and rights are right
    taken_in_charge,       // being executed; of a mandat: the accountant's visa
    announced_paid,        // said to be executed: the statement decides
    rejected,
};
inline constexpr std::size_t stage_count = 7;
std::string_view stage_name(Stage stage);   // stored and in JSON: "rejected"
std::string_view stage_label(Stage stage);  // « rejeté »
std::optional<Stage> stage_of(std::string_view name);

struct StatusReason {
    std::string code;    // as written: AC01, ERREUR_DOUBLON_PJ, 09
    std::string french;  // what the code says, then what the sender adds
};

enum class StatusLevel : std::uint8_t { file, block, line, attachment };
std::string_view status_level_name(StatusLevel level);

// One statement of a report.
struct StatusItem {
    StatusLevel level = StatusLevel::file;
    std::string block = {};        // PmtInfId; of PES the bordereau: "2026/12"
    std::string id = {};           // EndToEndId; number of the mandat; unique id of the attachment
    std::string instruction = {};  // InstrId; of PES the line of the mandat
    std::string code = {};         // as written
    Stage stage = Stage::unknown;
    std::vector<StatusReason> reasons = {};
    std::optional<Day> day = {};       // of visa, rejection or payment
    std::optional<Money> amount = {};  // of the line
};

struct StatusReport {
    std::string format;           // pain.002.001.03, PES_Acquit, PES_Retour
    std::string id;               // MsgId, NomFic
    std::string created;          // as written
    std::string original_file;    // OrgnlMsgId; of an Acquit, the NomFic it answers
    std::string original_format;  // pain.001.001.09
    std::string collectivity;     // SIRET, of PES
    std::vector<StatusItem> items;
    std::vector<Refusal> remarks;  // what the sender did against its format, tolerated
};

// The tree of a payment file or status: of attributes it keeps currencies, and V, where PES has
// every value. Refuses with xml_malformed.
Result<XmlTree> payment_tree(std::string_view xml);

// Whether the root is of one of the three formats.
bool is_payment_status(const XmlTree& tree);

// Refuses with not_a_payment_file what is none of the three (the sentence says what it is), with
// payment_file_damaged one that lacks what ties it to a payment, or holds too much.
Result<StatusReport> read_payment_status(const XmlTree& tree);
// The same from bytes; refuses with xml_malformed also.
Result<StatusReport> read_payment_status(std::string_view xml);

}  // namespace deodat::bank
