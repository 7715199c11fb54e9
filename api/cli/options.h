// Named options of a command: `--facts FILE`, `--explain`; what remains are the positional
// arguments.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/cli/command.h"
#include "ledger/base/result.h"

namespace deodat::cli {

class Options {
  public:
    // Refuses (usage) an option that is not listed, given twice, or without its value.
    static Result<Options> read(Arguments arguments, const std::vector<std::string_view>& flags,
                                const std::vector<std::string_view>& with_value);

    bool has(std::string_view name) const { return values_.contains(name); }
    std::string value(std::string_view name) const;
    // The value as a whole number; refuses (malformed) what is none or lies outside the bounds.
    Result<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most) const;
    const std::vector<std::string>& positional() const { return positional_; }

  private:
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> positional_;
};

// The text as a whole number, `name` being the option or the argument that it was given for;
// refuses (malformed) what is none or lies outside the bounds.
Result<std::int64_t> whole_number(std::string_view name, const std::string& text,
                                  std::int64_t least, std::int64_t most);

// Says the refusal on the error output; the exit code that goes with it.
Exit refuse(const Refusal& refusal);
// The same, and {"error": {"code", "field", "message"}} on the standard output where the answer was
// to be JSON.
Exit refuse(const Refusal& refusal, bool as_json);

// A file's bytes, or the standard input's when there is no path. Refuses (out_of_range) more than
// input_bytes_max, which no file that we read needs.
inline constexpr std::size_t input_bytes_max = std::size_t{512} << 20U;
Result<std::string> read_input(const std::string& path);

}  // namespace deodat::cli
