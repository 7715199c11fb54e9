// Where a parser stands in its tokens, and how it says what it expected. Used by the two parts of
// the parser only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/lexer.h"

namespace deodat::rules {

// Unwinds a parser to its block; never leaves parse().
struct ParseFailure {
    Place at;
    std::string message;
};

class Cursor {
  public:
    explicit Cursor(const std::vector<Token>& tokens) : tokens_(tokens) {}

    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    const Token& take() {
        const Token& token = peek();
        if (at_ + 1 < tokens_.size()) ++at_;
        return token;
    }
    bool at_end() const { return peek().kind == TokenKind::end; }
    bool at_kind(TokenKind kind) const { return peek().kind == kind; }

    bool at_word(std::string_view word, std::size_t ahead = 0) const {
        return peek(ahead).kind == TokenKind::word && peek(ahead).text == word;
    }
    bool at_symbol(std::string_view symbol) const {
        return peek().kind == TokenKind::symbol && peek().text == symbol;
    }
    bool accept_word(std::string_view word) { return at_word(word) && (take(), true); }
    bool accept_symbol(std::string_view symbol) { return at_symbol(symbol) && (take(), true); }

    [[noreturn]] void expected(std::string_view what) const {
        throw ParseFailure{peek().at,
                           "On attend " + std::string(what) + ", pas " + token_name(peek()) + "."};
    }
    void expect_symbol(std::string_view symbol) {
        if (!accept_symbol(symbol)) expected("« " + std::string(symbol) + " »");
    }
    void expect_word(std::string_view word) {
        if (!accept_word(word)) expected("« " + std::string(word) + " »");
    }
    Token expect(TokenKind kind, std::string_view what) {
        if (!at_kind(kind)) expected(what);
        return take();
    }
    void expect_line_end() {
        if (!at_kind(TokenKind::newline) && !at_end()) expected("la fin de la ligne");
        take();
    }
    void skip_line() {
        while (!at_kind(TokenKind::newline) && !at_end()) take();
        take();
    }

  private:
    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
};

}  // namespace deodat::rules
