// Checks an expression and compiles it into nodes: every name known, every type right, every scale
// aligned, no number that could leave 128 bits. Throws CheckFailure, which compiler.cpp turns into
// the block's errors.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/program.h"
#include "rules/engine/syntax.h"

namespace deodat::rules {

struct CheckFailure {
    Place at;
    std::string message;
};

// What the names of an expression may mean besides facts.
struct Scope {
    std::map<std::string, NodeIndex, std::less<>> lets = {};
    NodeIndex base = no_node;  // `base`, once the aid's base is known
    NodeIndex rate = no_node;
    bool amount = false;     // `amount`: only in `advance`
    bool trade = false;      // `trade.ht`: only inside `each trade (…)`
    bool every_row = false;  // number tables need `others`: where no aid could be refused instead
    std::vector<AidIndex> reads = {};  // filled: the aids referred to
    bool reads_other_aids = false;
    bool open_table = false;  // noted: a table may have no row for its key
    std::set<std::string, std::less<>> open_lets = {};  // values that hold such a table
};

class ExpressionCompiler {
  public:
    explicit ExpressionCompiler(RuleSet& out) : out_(out) {}

    NodeIndex compile(const syntax::Expression& expression, Scope& scope);
    // The same, and the result must have this type.
    NodeIndex compile_as(const syntax::Expression& expression, Type type, Scope& scope);
    // The node at the same scale of money or a larger one.
    NodeIndex at_scale(NodeIndex node, int scale, Place at);
    NodeIndex add(NodeIndex left, NodeIndex right, Place at);
    // Nothing, as an amount.
    NodeIndex zero() { return push({.op = Op::constant, .type = Type::money}); }

    std::uint32_t territory(const std::vector<syntax::TerritoryItem>& items);

  private:
    const Node& node(NodeIndex index) const { return out_.nodes[index]; }
    NodeIndex push(Node made, const std::vector<NodeIndex>& parts = {});
    NodeIndex literal(const syntax::Expression& expression, Type type);
    NodeIndex name(const syntax::Expression& expression, Scope& scope);
    NodeIndex fact_node(FactId id);
    NodeIndex binary(const syntax::Expression& expression, Scope& scope);
    NodeIndex comparison(const syntax::Expression& expression, Scope& scope);
    NodeIndex product(NodeIndex left, NodeIndex right, Place at);
    NodeIndex several(const syntax::Expression& expression, Op op, Scope& scope);
    NodeIndex when(const syntax::Expression& expression, Scope& scope);
    NodeIndex table(const syntax::Expression& expression, Scope& scope);
    NodeIndex in_set(const syntax::Expression& expression, Scope& scope);
    NodeIndex ceiling_of(const syntax::Expression& expression);
    NodeIndex quoted(const syntax::Expression& expression, Node made);
    NodeIndex ht_at(const syntax::Expression& expression);
    NodeIndex to_the_euro(const syntax::Expression& expression, Scope& scope);
    NodeIndex each_trade(const syntax::Expression& expression, Scope& scope);
    NodeIndex of_aid(const syntax::Expression& expression, Scope& scope);
    NodeIndex compile_inner(const syntax::Expression& expression, Scope& scope);
    int align(std::vector<NodeIndex>& parts, Place at);
    TableRow patterns(const syntax::Row& row, const Node& key);
    std::int64_t bound(const syntax::Expression& expression, const Node& key);
    void check_rows(const std::vector<TableRow>& rows, const Node& key,
                    const syntax::Expression& expression, Scope& scope) const;

    RuleSet& out_;
    int depth_ = 0;
};

// « owner.statut » is unknown; did you mean « owner.status »? Empty when nothing is near.
std::string suggestion(std::string_view unknown, const std::vector<std::string_view>& known);
std::string_view type_name(Type type);

}  // namespace deodat::rules
