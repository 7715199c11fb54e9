// The text of a bank's flat file, whatever bytes it came in: UTF-8 when it is all valid UTF-8, else
// Windows-1252, which holds all that ISO-8859-1 prints. UTF-16 and EBCDIC show as control
// characters and are refused, not guessed.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat::bank {

// The text in UTF-8, without a byte order mark nor the end-of-file sign (0x1A) of old systems.
// Refuses (statement_damaged, "ligne 12") a control character other than tab, CR and LF, and a byte
// that is no character.
Result<std::string> text_from_bytes(std::string_view bytes);

}  // namespace deodat::bank
