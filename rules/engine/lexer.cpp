#include "rules/engine/lexer.h"

#include <array>

#include "ledger/base/day.h"
#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr std::size_t line_bytes_max = 2'000;
constexpr std::string_view euro = "€";
constexpr auto gaps = std::to_array<std::string_view>({" ", "\u00a0", "\u202f"});
constexpr auto long_symbols = std::to_array<std::string_view>({"..", "<=", ">=", "!="});
constexpr std::string_view short_symbols = "{}()[],:+-*<>=";

// Unwinds the lexer to lex(), which makes it the error; never leaves this file.
struct Failure {
    Place at;
    std::string message;
};

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) {
            if (tokens_.size() >= tokens_max) {
                throw Failure{place(at_),
                              "Ce fichier de règles compte plus de " + std::to_string(tokens_max) +
                                  " mots et signes : à répartir en plusieurs fichiers."};
            }
            step();
        }
        if (!tokens_.empty() && tokens_.back().kind != TokenKind::newline) {
            push(TokenKind::newline, at_, at_);
        }
        push(TokenKind::end, at_, at_);
        return std::move(tokens_);
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    std::string_view rest() const { return text_.substr(at_); }

    // Columns count characters, as an editor shows them.
    Place place(std::size_t at) const {
        return {line_,
                1 + static_cast<int>(code_points(text_.substr(line_start_, at - line_start_)))};
    }

    void push(TokenKind kind, std::size_t from, std::size_t to, std::int64_t value = 0) {
        tokens_.push_back({kind, place(from), text_.substr(from, to - from), value});
    }

    std::size_t gap_length() const {
        for (const std::string_view gap : gaps) {
            if (rest().starts_with(gap)) return gap.size();
        }
        return 0;
    }

    void step() {
        if (at_ - line_start_ > line_bytes_max) {
            throw Failure{{line_, 1}, "Cette ligne est trop longue."};
        }
        const char c = peek();
        if (c == '\n') return newline();
        if (c == '\t' || c == '\r') return void(++at_);
        if (const std::size_t gap = gap_length(); gap > 0) return void(at_ += gap);
        if (c == '#') return comment();
        if (c == '"') return text();
        if (is_digit(c)) return number_or_date();
        if (is_letter(c)) return word();
        symbol();
    }

    void newline() {
        if (depth_ == 0 && !tokens_.empty() && tokens_.back().kind != TokenKind::newline) {
            push(TokenKind::newline, at_, at_);
        }
        ++at_;
        ++line_;
        line_start_ = at_;
    }

    void comment() {
        while (at_ < text_.size() && peek() != '\n') ++at_;
    }

    void text() {
        const std::size_t from = at_++;
        while (at_ < text_.size() && peek() != '"' && peek() != '\n') ++at_;
        if (peek() != '"')
            throw Failure{place(from), "Ce texte n'est pas fermé : il manque un guillemet."};
        tokens_.push_back(
            {TokenKind::text, place(from), text_.substr(from + 1, at_ - from - 1), 0});
        ++at_;
    }

    // A dot joins parts of a name only when a letter or digit follows: `E..G` is three tokens.
    void word() {
        const std::size_t from = at_;
        while (is_letter(peek()) || is_digit(peek()) ||
               (peek() == '.' && (is_letter(peek(1)) || is_digit(peek(1))))) {
            ++at_;
        }
        push(TokenKind::word, from, at_);
    }

    void symbol() {
        for (const std::string_view known : long_symbols) {
            if (!rest().starts_with(known)) continue;
            push(TokenKind::symbol, at_, at_ + known.size());
            at_ += known.size();
            return;
        }
        const char c = peek();
        if (short_symbols.find(c) == std::string_view::npos) {
            throw Failure{place(at_), "Le caractère « " + shown(rest().substr(0, 4)) +
                                          " » n'a pas de sens ici."};
        }
        if (c == '{' || c == '(' || c == '[') ++depth_;
        if ((c == '}' || c == ')' || c == ']') && depth_ > 0) --depth_;
        push(TokenKind::symbol, at_, at_ + 1);
        ++at_;
    }

    bool digits_ahead(std::size_t ahead, std::size_t count) const {
        for (std::size_t i = 0; i < count; ++i) {
            if (!is_digit(peek(ahead + i))) return false;
        }
        return true;
    }

    void number_or_date() {
        const std::size_t from = at_;
        if (digits_ahead(0, 4) && peek(4) == '-' && digits_ahead(5, 2) && peek(7) == '-' &&
            digits_ahead(8, 2)) {
            const Result<Day> day = Day::parse("", text_.substr(at_, 10));
            if (!day) throw Failure{place(from), day.refusal().message};
            at_ += 10;
            return push(TokenKind::date, from, at_, day->number());
        }
        const std::int64_t whole = grouped_digits(from);
        // Codes such as 2A004: letters glued to digits make a word.
        if (is_letter(peek())) {
            while (is_letter(peek()) || is_digit(peek())) ++at_;
            return push(TokenKind::word, from, at_);
        }
        with_unit(from, whole);
    }

    std::int64_t grouped_digits(std::size_t from) {
        std::int64_t whole = 0;
        const auto take = [&] {
            whole = whole * 10 + (peek() - '0');
            ++at_;
            if (whole > literal_max) throw Failure{place(from), "Ce nombre est trop grand."};
        };
        std::size_t digits = 0;
        for (; is_digit(peek()); ++digits) take();
        if (digits > 3) return whole;
        for (;;) {
            const std::size_t gap = gap_length();
            if (gap == 0 || !digits_ahead(gap, 3) || is_digit(peek(gap + 3))) return whole;
            at_ += gap;
            for (int i = 0; i < 3; ++i) take();
        }
    }

    // Euros and percents are both kept in hundredths: cents, basis points.
    void with_unit(std::size_t from, std::int64_t whole) {
        std::int64_t hundredths = whole * 100;
        const bool decimal = peek() == ',' && is_digit(peek(1));
        if (decimal) {
            ++at_;
            hundredths += (peek() - '0') * 10;
            ++at_;
            if (is_digit(peek())) hundredths += peek() - '0', ++at_;
            if (is_digit(peek())) throw Failure{place(from), "Deux décimales au plus."};
        }
        const std::size_t number_end = at_;
        at_ += gap_length();
        if (rest().starts_with(euro)) {
            at_ += euro.size();
            return push(TokenKind::money, from, at_, hundredths);
        }
        if (peek() == '%') {
            ++at_;
            return push(TokenKind::rate, from, at_, hundredths);
        }
        constexpr std::string_view points = "points";
        if (rest().starts_with(points) && !is_letter(peek(points.size()))) {
            at_ += points.size();
            return push(TokenKind::rate, from, at_, hundredths);
        }
        at_ = number_end;
        if (decimal) {
            throw Failure{place(from),
                          "Un nombre à virgule doit être suivi de € ou de %. Dans une liste, "
                          "mettez une espace après la virgule."};
        }
        push(TokenKind::number, from, at_, whole);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
    int depth_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::string RuleError::text() const {
    return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + message;
}

std::variant<std::vector<Token>, RuleError> lex(const RuleFile& file) {
    if (file.text.size() > rule_bytes_max) {
        return RuleError{file.name, {1, 1}, "Ce fichier de règles est trop grand."};
    }
    if (!is_utf8(file.text)) return RuleError{file.name, {1, 1}, "Ce fichier n'est pas en UTF-8."};
    try {
        return Lexer(file.text).run();
    } catch (const Failure& failure) {
        return RuleError{file.name, failure.at, failure.message};
    }
}

std::string token_name(const Token& token) {
    if (token.kind == TokenKind::newline) return "la fin de la ligne";
    if (token.kind == TokenKind::end) return "la fin du fichier";
    return "« " + shown(token.text) + " »";
}

}  // namespace deodat::rules
