// A file of SEPA credit transfers: what we order, how it is written (pain.001.001.03 or .09), and
// how any such file is read back and checked.
//
// The schema accepts a null amount, an IBAN with wrong digits or an address of seven free lines;
// banks do not. All that a bank would refuse is refused here first, by name, before a byte leaves.
// What is written is then read back by the reader below and compared with what was asked, so that
// count and control sums are those of the lines in the file itself.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/xml.h"
#include "ledger/base/day.h"
#include "ledger/base/iban.h"
#include "ledger/base/money.h"
#include "ledger/payments/payment_channel.h"

namespace deodat::reports {

inline constexpr std::size_t transfers_max = 10'000;  // in one file
inline constexpr Money transfer_amount_min = Money::cents(1);
inline constexpr Money transfer_amount_max = Money::cents(99'999'999'999);

// Structured, or absent: free lines alone are refused by banks since 15 November 2026, so none is
// ever written.
struct PostalAddress {
    std::string street = {};
    std::string building = {};
    std::string post_code = {};
    std::string town = {};
    std::string country = {};    // two capitals
    std::string free_line = {};  // made by the writer, in a hybrid address only
};

using payments::AddressForm;
using payments::FileFormat;

struct Transfer {
    std::string end_to_end_id;
    std::string instruction_id = {};  // optional
    Money amount;
    std::string creditor_name;
    Iban creditor_iban;
    std::optional<PostalAddress> address = {};
    std::string remittance = {};  // optional, at most 140 once spelled
};

struct TransferFile {
    std::string message_id;  // unique for ever; also the id of its one block
    Instant created;
    std::string initiator_name;
    std::string debtor_name;
    Iban debtor_iban;
    std::optional<std::string> debtor_bic = {};
    Day execution_day;
    FileFormat format = FileFormat::pain001_09;
    AddressForm address_form = AddressForm::town_and_country;
    std::vector<Transfer> transfers;
};

// A text that leaves otherwise than it was given: spelled, cut, or left out. For the person who
// releases the file.
struct SentText {
    std::string field;
    std::string original;
    std::string sent;  // empty when left out
};

struct WrittenTransfers {
    std::string xml;
    std::size_t count = 0;
    Money control_sum;
    std::vector<SentText> changes;
};

// Writes the file in pain.001.001.03 or .09: one block, one debit per transfer (BtchBookg false),
// SEPA, charges shared. Refuses with transfer_invalid (a format that is not one of the two also),
// text_invalid, bic_invalid, amount_out_of_range or duplicate, naming the transfer by its rank from
// 1 ("transfers[3].creditor_name").
Result<WrittenTransfers> write_pain001(const TransferFile& file);

// One transfer as found in a file.
struct ReadTransfer {
    std::string block_id;
    std::string end_to_end_id;
    std::string instruction_id;
    std::optional<Money> amount;
    std::string currency;
    std::string creditor_name;
    std::string creditor_account;  // as written
    std::string remittance;
    std::string execution_day;  // as written
};

inline constexpr std::size_t faults_max = 1'000;

struct ReadTransfers {
    std::string format;  // pain.001.001.09
    std::string message_id;
    std::string created;  // as written
    std::string debtor_name;
    std::string debtor_account;
    std::string announced_count;  // as written, of the whole file
    std::string announced_sum;
    bool is_signed = false;  // holds a signature, which is not verified here
    std::vector<ReadTransfer> transfers;
    std::optional<Money> sum;     // of the lines; none when one is unreadable
    std::vector<Refusal> faults;  // what a bank would refuse: the first faults_max
};

// Reads a pain.001 of anybody's, versions .03 to .12, and lists its faults. Refuses what is not one
// with not_a_payment_file, one without header or lines with payment_file_damaged, and more than
// transfers_max transfers (out_of_range).
bool is_pain001(const bank::XmlTree& tree);
Result<ReadTransfers> read_pain001(const bank::XmlTree& tree);
Result<ReadTransfers> read_pain001(std::string_view xml);

// The same of a PES Aller dépense: a transfer is a line of a mandat, its block the bordereau
// ("2026/12"), its identifiers the numbers of mandat and line, its debtor the collectivity (name
// and SIRET). Refuses (not_a_payment_file) a flow without expenditure, and more than transfers_max
// lines (out_of_range).
bool is_pes_aller(const bank::XmlTree& tree);
Result<ReadTransfers> read_pes_aller(const bank::XmlTree& tree);

}  // namespace deodat::reports
