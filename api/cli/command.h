// The commands of the program: one row of a table each, one file each.
//
// A command reads its own arguments (after its name) and answers an exit code. A refusal is for
// people, on the error output, in French; what a program reads goes to the standard output and
// nothing else does.
#pragma once
#include <span>
#include <string_view>

namespace deodat::cli {

enum class Exit : int { done = 0, refused = 1, usage = 2, broken_invariant = 70, environment = 74 };

using Arguments = std::span<const std::string_view>;

struct Command {
    std::string_view name;
    std::string_view usage;    // its arguments
    std::string_view summary;  // in French, one line
    Exit (*run)(Arguments);
};

Exit anchor(Arguments arguments);
Exit backup(Arguments arguments);
Exit batch(Arguments arguments);
Exit close_period(Arguments arguments);
Exit demo(Arguments arguments);
Exit document(Arguments arguments);
Exit erase(Arguments arguments);
Exit export_journal(Arguments arguments);
Exit import(Arguments arguments);
Exit invoice(Arguments arguments);
Exit limit(Arguments arguments);
Exit plan(Arguments arguments);
Exit report(Arguments arguments);
Exit restore(Arguments arguments);
Exit rules(Arguments arguments);
Exit statement(Arguments arguments);
Exit transfers(Arguments arguments);
Exit verify(Arguments arguments);

}  // namespace deodat::cli
