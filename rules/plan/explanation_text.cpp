#include "rules/plan/explanation_text.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t column_max = 80;  // of code points: beyond, an amount stays by its sentence

// A line that says a name and its amount. Formulas stay as they are.
struct Columns {
    std::string head;
    std::string amount;

    std::size_t width() const { return code_points(head) + code_points(amount); }
};

std::optional<Columns> columns(const Step& step) {
    if (!step.amount) return std::nullopt;
    const std::string amount = french(*step.amount);
    if (!step.text.ends_with(" : " + amount)) return std::nullopt;
    return Columns{step.text.substr(0, step.text.size() - amount.size()), amount};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
}

// French sets a no-break space before colons and their like, and inside its quotation marks.
std::string with_gaps(std::string text) {
    for (const std::string_view mark : {":", ";", "»", "?", "!"}) {
        replace_all(text, " " + std::string(mark), "\u00a0" + std::string(mark));
    }
    replace_all(text, "« ", "«\u00a0");
    return text;
}

class Letter {
  public:
    void write(std::span<const Step> steps, std::size_t depth) {
        std::size_t width = 0;
        for (const Step& step : steps) {
            const std::optional<Columns> split = columns(step);
            if (split && split->width() <= column_max) width = std::max(width, split->width());
        }
        for (const Step& step : steps) {
            if (depth == 0 && !out_.empty()) out_ += "\n";
            line(depth, aligned(step, width));
            write(step.parts, depth + 1);
            if (!step.source.empty()) line(depth + 1, "Source : " + step.source);
            if (!step.note.empty()) line(depth + 1, "À noter : " + step.note);
        }
    }

    std::string take() { return std::move(out_); }

  private:
    static std::string aligned(const Step& step, std::size_t width) {
        const std::optional<Columns> split = columns(step);
        if (!split || split->width() > width) return step.text;
        return split->head + std::string(width - split->width(), ' ') + split->amount;
    }

    void line(std::size_t depth, const std::string& text) {
        out_.append(depth * indent, ' ');
        out_ += with_gaps(text) + "\n";
    }

    std::string out_;
};

}  // namespace

std::string explanation_text(std::span<const Step> steps) {
    Letter letter;
    letter.write(steps, 0);
    return letter.take();
}

}  // namespace deodat::rules
