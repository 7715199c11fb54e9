#include "rules/engine/parser.h"

#include <algorithm>
#include <array>
#include <span>

#include "rules/engine/parse_expression.h"

namespace deodat::rules {
namespace {

using namespace syntax;

constexpr auto block_words = std::to_array<std::string_view>({"aid", "limit", "scale"});
constexpr auto clause_words = std::to_array<std::string_view>(
    {"paid",  "deposited", "dated",    "territory", "source",      "note",  "scheme", "incomes",
     "lines", "kind",      "requires", "let",       "base",        "rate",  "amount", "plus",
     "at",    "rounded",   "grant",    "advance",   "instalments", "after", "counts"});

bool is_one_of(std::span<const std::string_view> words, const Token& token) {
    return token.kind == TokenKind::word &&
           std::find(words.begin(), words.end(), token.text) != words.end();
}

class Parser {
  public:
    Parser(const RuleFile& file, const std::vector<Token>& tokens) : cursor_(tokens) {
        out_.name = file.name;
    }

    File run() {
        while (!cursor_.at_end()) {
            if (cursor_.at_kind(TokenKind::newline)) {
                cursor_.take();
                continue;
            }
            try {
                block();
            } catch (const ParseFailure& failure) {
                out_.errors.push_back({out_.name, failure.at, failure.message});
                if (out_.errors.size() >= errors_max) break;
                skip_to_next_block();
            }
        }
        return std::move(out_);
    }

  private:
    bool at_block() const { return is_one_of(block_words, cursor_.peek()); }

    // `amount of`, `base of` start an expression, not a clause.
    bool at_clause() const {
        return is_one_of(clause_words, cursor_.peek()) && !cursor_.at_word("of", 1);
    }

    void skip_to_next_block() {
        do {
            cursor_.skip_line();
        } while (!cursor_.at_end() && !at_block());
    }

    void block() {
        if (out_.aids.size() + out_.limits.size() + out_.scales.size() >= blocks_max) {
            throw ParseFailure{cursor_.peek().at, "Ce fichier compte trop de blocs."};
        }
        if (cursor_.at_word("aid")) return aid();
        if (cursor_.at_word("limit")) return limit();
        if (cursor_.at_word("scale")) return scale();
        cursor_.expected("un bloc « aid », « limit » ou « scale »");
    }

    template <class Block>
    Block header() {
        Block made;
        made.at = cursor_.take().at;
        made.id = cursor_.expect(TokenKind::word, "le nom du bloc").text;
        made.label = cursor_.expect(TokenKind::text, "son libellé entre guillemets").text;
        cursor_.expect_line_end();
        return made;
    }

    std::string quoted() {
        return std::string(cursor_.expect(TokenKind::text, "un texte entre guillemets").text);
    }

    // `deposited WINDOWS`, or `dated FACT WINDOWS`.
    Dating dating(const Dating& before, std::string_view clause) {
        once(!before.windows.empty(), clause);
        Dating made;
        if (clause == "dated") made.by = reference("le nom d'une date du dictionnaire");
        made.windows = windows();
        return made;
    }

    Reference reference(std::string_view what) {
        const Token id = cursor_.expect(TokenKind::word, what);
        return {std::string(id.text), id.at};
    }

    std::vector<Window> windows() {
        std::vector<Window> out;
        do {
            Window window;
            const Token from = cursor_.expect(TokenKind::date, "une date comme 2025-09-30");
            window.from = from.value;
            window.at = from.at;
            cursor_.expect_symbol("..");
            if (cursor_.at_kind(TokenKind::date)) window.until = cursor_.take().value;
            out.push_back(window);
        } while (cursor_.accept_symbol(","));
        return out;
    }

    std::vector<Reference> references() {
        std::vector<Reference> out;
        do {
            out.push_back(reference("un nom"));
        } while (cursor_.accept_symbol(","));
        return out;
    }

    void once(bool already, std::string_view clause) const {
        if (already) {
            throw ParseFailure{cursor_.peek().at,
                               "La clause « " + std::string(clause) + " » est déjà donnée."};
        }
    }

    void only(std::optional<Expression>& slot, std::string_view clause) {
        once(slot.has_value(), clause);
        slot = parse_expression(cursor_);
    }

    void aid() {
        Aid made = header<Aid>();
        while (!cursor_.at_end() && !at_block()) {
            if (!at_clause())
                cursor_.expected("une clause de l'aide (paid by, deposited, amount…)");
            const std::string clause(cursor_.take().text);
            if (clause == "requires") {
                conditions(made);
                continue;
            }
            if (!description(made, clause)) calculation(made, clause);
            cursor_.expect_line_end();
        }
        out_.aids.push_back(std::move(made));
    }

    // Who, when, where, why. False when the clause is not of this kind.
    bool description(Aid& made, std::string_view clause) {
        if (clause == "paid") {
            cursor_.expect_word("by");
            once(!made.funder.empty(), "paid by");
            made.funder = cursor_.expect(TokenKind::word, "le nom du financeur").text;
        } else if (clause == "deposited" || clause == "dated") {
            made.dating = dating(made.dating, clause);
        } else if (clause == "territory") {
            once(!made.territory.empty(), clause);
            made.territory = parse_territory(cursor_);
        } else if (clause == "source") {
            made.source = quoted();
        } else if (clause == "note") {
            made.note += (made.note.empty() ? "" : " ") + quoted();
        } else if (clause == "scheme") {
            once(!made.scheme.empty(), clause);
            made.scheme =
                cursor_.expect(TokenKind::word, "« national », ou le nom d'un choix").text;
        } else if (clause == "incomes") {
            once(!made.incomes.id.empty(), clause);
            made.incomes = reference("le nom d'un barème");
        } else if (clause == "lines") {
            cursor_.expect_word("named");
            made.named_lines = true;
        } else if (clause == "kind") {
            made.kind = aid_kind();
        } else if (clause == "after") {
            made.after = references();
        } else if (clause == "counts") {
            cursor_.expect_word("in");
            made.counts_in_nothing = cursor_.accept_word("nothing");
            if (!made.counts_in_nothing) made.counts_in = references();
        } else {
            return false;
        }
        return true;
    }

    void calculation(Aid& made, std::string_view clause) {
        if (clause == "let") {
            const Token name = cursor_.expect(TokenKind::word, "le nom de la valeur");
            cursor_.expect_symbol("=");
            made.lets.push_back({std::string(name.text), parse_expression(cursor_), name.at});
        } else if (clause == "base") {
            only(made.base, clause);
        } else if (clause == "rate") {
            only(made.rate, clause);
        } else if (clause == "amount") {
            once(made.decided || !made.amount.empty(), clause);
            made.decided = cursor_.accept_word("decided");
            if (!made.decided) made.amount.push_back(parse_expression(cursor_));
        } else if (clause == "plus") {
            if (made.amount.empty()) cursor_.expected("« amount » avant « plus »");
            made.amount.push_back(parse_expression(cursor_));
        } else if (clause == "at") {
            const bool most = cursor_.accept_word("most");
            if (!most) cursor_.expect_word("least");
            only(most ? made.at_most : made.at_least, most ? "at most" : "at least");
        } else if (clause == "rounded") {
            rounding(made);
        } else if (clause == "grant") {
            cursor_.expect_word("equivalent");
            only(made.equivalent, "grant equivalent");
        } else if (clause == "instalments") {
            made.instalments = cursor_.expect(TokenKind::number, "un nombre d'acomptes").value;
            cursor_.expect_word("up");
            cursor_.expect_word("to");
            only(made.before_balance, clause);
        } else {
            only(made.advance, clause);
        }
    }

    AidKind aid_kind() {
        if (cursor_.accept_word("grant")) return AidKind::grant;
        if (cursor_.accept_word("loan")) return AidKind::loan;
        if (cursor_.accept_word("certificate")) return AidKind::certificate;
        cursor_.expected("grant, loan ou certificate");
    }

    void rounding(Aid& made) {
        if (cursor_.accept_word("cent")) return;
        if (!cursor_.accept_word("whole")) cursor_.expected("« cent » ou « whole euros »");
        cursor_.expect_word("euros");
        made.round_to = RoundTo::euro;
        if (cursor_.accept_word("down"))
            made.round_how = RoundHow::down;
        else if (cursor_.accept_word("up"))
            made.round_how = RoundHow::up;
    }

    void conditions(Aid& made) {
        do {
            Condition condition;
            condition.at = cursor_.peek().at;
            if (made.conditions.size() >= conditions_max) {
                throw ParseFailure{
                    condition.at,
                    "Une aide compte au plus " + std::to_string(conditions_max) + " conditions."};
            }
            condition.established = cursor_.accept_word("established");
            condition.test = parse_expression(cursor_);
            if (cursor_.accept_word("else")) {
                condition.code = cursor_.expect(TokenKind::word, "le code du motif").text;
                if (cursor_.at_kind(TokenKind::text)) condition.sentence = quoted();
            }
            made.conditions.push_back(std::move(condition));
            cursor_.expect_line_end();
        } while (!cursor_.at_end() && !at_block() && !at_clause());
    }

    void limit() {
        Limit made = header<Limit>();
        while (!cursor_.at_end() && !at_block()) {
            const Token clause = cursor_.expect(TokenKind::word, "une clause du plafond");
            if (clause.text == "deposited" || clause.text == "dated")
                made.dating = dating(made.dating, clause.text);
            else if (clause.text == "source")
                made.source = quoted();
            else if (clause.text == "note")
                made.note = quoted();
            else if (clause.text == "territory")
                made.territory = parse_territory(cursor_);
            else if (clause.text == "after")
                made.after = references();
            else if (clause.text == "when")
                made.when_granted = when_granted();
            else if (clause.text == "counts")
                counts(made);
            else if (clause.text == "ceiling")
                only(made.ceiling, clause.text);
            else if (clause.text == "cuts")
                cuts(made);
            else
                throw ParseFailure{clause.at,
                                   "On attend deposited, territory, source, note, counts, ceiling, "
                                   "cuts, after ou when, pas " +
                                       token_name(clause) + "."};
            cursor_.expect_line_end();
        }
        out_.limits.push_back(std::move(made));
    }

    // `when granted a, b`
    std::vector<Reference> when_granted() {
        cursor_.expect_word("granted");
        return references();
    }

    void counts(Limit& made) {
        do {
            if (cursor_.accept_word("every")) {
                cursor_.expect_word("local");
                cursor_.expect_word("aid");
                made.counts_every_local_aid = true;
                continue;
            }
            const Token id = cursor_.expect(TokenKind::word, "le nom d'une aide");
            made.counts.push_back({std::string(id.text), id.at});
        } while (cursor_.accept_symbol(","));
    }

    // `cuts a first, then b`
    void cuts(Limit& made) {
        do {
            if (!made.cuts.empty()) cursor_.accept_word("then");
            const Token id = cursor_.expect(TokenKind::word, "le nom de l'aide à réduire");
            made.cuts.push_back({std::string(id.text), id.at});
            if (made.cuts.size() == 1) cursor_.accept_word("first");
        } while (cursor_.accept_symbol(","));
    }

    void scale() {
        Scale made = header<Scale>();
        while (!cursor_.at_end() && !at_block()) {
            const Token clause = cursor_.expect(TokenKind::word, "une clause du barème");
            if (clause.text == "deposited" || clause.text == "dated")
                made.dating = dating(made.dating, clause.text);
            else if (clause.text == "source")
                made.source = quoted();
            else if (clause.text == "note")
                made.note = quoted();
            else if (clause.text == "reading")
                reading(made);
            else if (clause.text == "example")
                made.examples.push_back(scale_example(clause.at));
            else if (clause.text == "zone")
                made.rows.push_back(scale_row(clause.at));
            else
                throw ParseFailure{clause.at,
                                   "On attend deposited, source, note, reading, zone ou "
                                   "example, pas " +
                                       token_name(clause) + "."};
            cursor_.expect_line_end();
        }
        out_.scales.push_back(std::move(made));
    }

    void reading(Scale& made) {
        made.reading_given = true;
        if (cursor_.accept_symbol("<="))
            made.inclusive = true;
        else if (!cursor_.accept_symbol("<"))
            cursor_.expected("« <= » ou « < »");
    }

    // `zone idf very_modest: 23 768 €, 34 884 €, 41 893 €, 48 914 €, 55 961 €, + 7 038 €`
    ScaleRow scale_row(Place at) {
        constexpr std::size_t persons = 5;
        ScaleRow row;
        row.at = at;
        row.zone = cursor_.expect(TokenKind::word, "idf ou other").text;
        row.income_class = cursor_.expect(TokenKind::word, "une catégorie de revenus").text;
        cursor_.expect_symbol(":");
        for (std::size_t i = 0; i < persons; ++i) {
            row.cents.push_back(cursor_.expect(TokenKind::money, "un plafond en €").value);
            cursor_.expect_symbol(",");
        }
        cursor_.expect_symbol("+");
        row.supplement_cents = cursor_.expect(TokenKind::money, "le supplément par personne").value;
        return row;
    }

    // `example other, 2 persons, 25 115 €: very_modest`
    ScaleExample scale_example(Place at) {
        ScaleExample made;
        made.at = at;
        made.zone = cursor_.expect(TokenKind::word, "idf ou other").text;
        cursor_.expect_symbol(",");
        made.persons = cursor_.expect(TokenKind::number, "un nombre de personnes").value;
        if (!cursor_.accept_word("person")) cursor_.expect_word("persons");
        cursor_.expect_symbol(",");
        made.income_cents = cursor_.expect(TokenKind::money, "un revenu en €").value;
        cursor_.expect_symbol(":");
        made.income_class = cursor_.expect(TokenKind::word, "une catégorie de revenus").text;
        return made;
    }

    Cursor cursor_;
    File out_;
};

}  // namespace

syntax::File parse(const RuleFile& file) {
    const std::variant<std::vector<Token>, RuleError> tokens = lex(file);
    if (const auto* error = std::get_if<RuleError>(&tokens)) {
        syntax::File broken;
        broken.name = file.name;
        broken.errors.push_back(*error);
        return broken;
    }
    return Parser(file, *std::get_if<std::vector<Token>>(&tokens)).run();
}

}  // namespace deodat::rules
