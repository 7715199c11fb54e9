#include "rules/engine/compiler.h"

#include <algorithm>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "rules/engine/compile_expression.h"
#include "rules/engine/order.h"
#include "rules/engine/parser.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

// What an aid's amount may reach, in digits of cents, once rounded: far above Money's bound, within
// 64 bits.
constexpr int amount_digits_max = 17;

std::vector<Window> windows_of(const std::vector<syntax::Window>& written) {
    std::vector<Window> made;
    for (const syntax::Window& window : written) {
        const Window one{window.from, window.until.value_or(INT64_MAX)};
        if (one.from > one.until)
            throw CheckFailure{window.at, "Cette période finit avant de commencer."};
        made.push_back(one);
    }
    return made;
}

bool meet(const std::vector<Window>& a, const std::vector<Window>& b) {
    for (const Window& x : a) {
        for (const Window& y : b) {
            if (x.from <= y.until && y.from <= x.until) return true;
        }
    }
    return false;
}

class Compiler {
  public:
    explicit Compiler(std::span<const RuleFile> files) : made_(std::make_unique<RuleSet>()) {
        CanonicalBytes texts(std::string_view("DEODAT-RULES\x01", 13));
        for (const RuleFile& file : files) texts.text(file.name).text(file.text);
        made_->version = hexadecimal(sha256(texts.bytes()));
        for (const RuleFile& file : files) {
            files_.push_back(parse(file));
            errors_.insert(errors_.end(), files_.back().errors.begin(), files_.back().errors.end());
        }
    }

    Loading run() {
        each([&](const syntax::File& file) { collect_ids(file); });
        each([&](const syntax::File& file) {
            for (const syntax::Scale& scale : file.scales) guarded(file, [&] { add(scale); });
            for (const syntax::Aid& aid : file.aids) guarded(file, [&] { add(file, aid); });
        });
        each([&](const syntax::File& file) {
            for (const syntax::Limit& limit : file.limits) guarded(file, [&] { add(limit); });
        });
        each([&](const syntax::File& file) {
            for (const syntax::Aid& aid : file.aids) guarded(file, [&] { count_in(aid); });
        });
        if (errors_.empty()) {
            if (std::optional<RuleError> error = put_in_order(*made_)) errors_.push_back(*error);
        }
        if (!errors_.empty()) return {nullptr, std::move(errors_)};
        index_communes();
        return {std::move(made_), {}};
    }

  private:
    template <class Work>
    void each(const Work& work) {
        for (const syntax::File& file : files_) work(file);
    }

    template <class Work>
    void guarded(const syntax::File& file, const Work& work) {
        try {
            work();
        } catch (const CheckFailure& failure) {
            errors_.push_back({file.name, failure.at, failure.message});
        }
    }

    void collect_ids(const syntax::File& file) {
        for (const syntax::Aid& aid : file.aids) {
            if (!made_->index_of(aid.id)) made_->aid_ids.push_back(aid.id);
        }
    }

    AidIndex index_of(const syntax::Reference& reference) const {
        if (const std::optional<AidIndex> index = made_->index_of(reference.id)) return *index;
        const std::vector<std::string_view> known(made_->aid_ids.begin(), made_->aid_ids.end());
        throw CheckFailure{reference.at, "Aucune aide ne s'appelle « " + shown(reference.id) +
                                             " »." + suggestion(reference.id, known)};
    }

    void add(const syntax::Scale& written);
    void add(const syntax::File& file, const syntax::Aid& written);
    void add(const syntax::Limit& written);
    void count_in(const syntax::Aid& written);
    void calculations(const syntax::Aid& written, Aid& aid, Scope& scope);
    void add_conditions(const syntax::Aid& written, Aid& aid, Scope& scope);
    NodeIndex money(const std::optional<syntax::Expression>& written, Scope& scope);
    void check_amount(NodeIndex index, Place at) const;
    void index_communes();

    std::unique_ptr<RuleSet> made_;
    ExpressionCompiler expressions_{*made_};
    std::vector<syntax::File> files_;
    std::vector<RuleError> errors_;
};

void Compiler::add(const syntax::Scale& written) {
    Scale scale{.id = written.id,
                .label = written.label,
                .source = written.source,
                .note = written.note,
                .windows = windows_of(written.windows),
                .rows = {}};
    scale.inclusive = written.inclusive;
    if (written.windows.empty()) throw CheckFailure{written.at, "Il manque « deposited »."};
    if (!written.reading_given)
        throw CheckFailure{written.at, "Il manque « reading <= » ou « reading < »."};
    std::array<std::array<bool, Scale::ceilings>, 2> given{};
    for (const syntax::ScaleRow& row : written.rows) {
        const std::optional<std::int64_t> zone = zones().index_of(row.zone);
        const std::optional<std::int64_t> level = income_classes().index_of(row.income_class);
        if (!zone) throw CheckFailure{row.at, "La zone est idf ou other."};
        if (!level || *level >= static_cast<std::int64_t>(Scale::ceilings)) {
            throw CheckFailure{row.at, "La catégorie est very_modest, modest ou intermediate."};
        }
        bool& seen = given[static_cast<std::size_t>(*zone)][static_cast<std::size_t>(*level)];
        if (seen) throw CheckFailure{row.at, "Cette ligne du barème est donnée deux fois."};
        seen = true;
        Scale::Row& out =
            scale.rows[static_cast<std::size_t>(*zone)][static_cast<std::size_t>(*level)];
        std::copy(row.cents.begin(), row.cents.end(), out.cents.begin());
        out.supplement_cents = row.supplement_cents;
    }
    for (const auto& zone : given) {
        if (!std::all_of(zone.begin(), zone.end(), [](bool seen) { return seen; })) {
            throw CheckFailure{written.at,
                               "Un barème est entier : deux zones, trois plafonds chacune."};
        }
    }
    for (const Scale& other : made_->scales) {
        if (meet(other.windows, scale.windows)) {
            throw CheckFailure{written.at, "Ce barème chevauche « " + other.id + " »."};
        }
    }
    made_->scales.push_back(std::move(scale));
}

void Compiler::add(const syntax::File& file, const syntax::Aid& written) {
    Aid aid;
    aid.id = written.id;
    aid.index = *made_->index_of(written.id);
    aid.label = written.label;
    aid.funder = written.funder;
    aid.source = written.source;
    aid.note = written.note;
    aid.file = file.name;
    aid.at = written.at;
    aid.windows = windows_of(written.windows);
    aid.local = written.id.starts_with("local.");
    aid.national_scheme = written.national_scheme;
    aid.kind = written.kind;
    aid.round_to = written.round_to;
    aid.round_how = written.round_how;
    if (aid.funder.empty()) throw CheckFailure{written.at, "Il manque « paid by »."};
    if (aid.windows.empty()) throw CheckFailure{written.at, "Il manque « deposited »."};
    if (written.amount.empty()) throw CheckFailure{written.at, "Il manque « amount »."};
    for (std::size_t i = 0; i < aid.windows.size(); ++i) {
        const std::vector<Window> later(aid.windows.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                        aid.windows.end());
        if (meet({aid.windows[i]}, later)) {
            throw CheckFailure{written.at, "Les périodes de cette aide se chevauchent."};
        }
    }
    for (const Aid& other : made_->aids) {
        if (other.index == aid.index && meet(other.windows, aid.windows)) {
            throw CheckFailure{written.at, "Cette version chevauche celle de la ligne " +
                                               std::to_string(other.at.line) + " (" + other.file +
                                               ")."};
        }
    }
    if (!written.territory.empty()) {
        aid.territory = expressions_.territory(written.territory);
        aid.territory_french = made_->territories[*aid.territory].french;
    }
    Scope scope;
    calculations(written, aid, scope);
    made_->aids.push_back(std::move(aid));
}

void Compiler::calculations(const syntax::Aid& written, Aid& aid, Scope& scope) {
    for (const syntax::Named& let : written.lets) {
        if (fact_named(let.name) || scope.lets.contains(let.name)) {
            throw CheckFailure{let.at, "« " + let.name + " » a déjà un sens."};
        }
        scope.lets[let.name] = expressions_.compile(let.value, scope);
    }
    add_conditions(written, aid, scope);
    if (written.base) {
        aid.base = expressions_.compile_as(*written.base, Type::money, scope);
        if (made_->nodes[aid.base].scale > base_scale) {
            throw CheckFailure{written.base->at, "La base applique trop de taux l'un sur l'autre."};
        }
        if (made_->nodes[aid.base].op == Op::up_to) {
            aid.base_cap = made_->links[made_->nodes[aid.base].first + 1];
        }
        scope.base = aid.base;
    }
    if (written.rate) {
        aid.rate = expressions_.compile_as(*written.rate, Type::rate, scope);
        scope.rate = aid.rate;
    }
    for (const syntax::Expression& part : written.amount) {
        const NodeIndex node = expressions_.compile_as(part, Type::money, scope);
        aid.amount = aid.amount == no_node ? node : expressions_.add(aid.amount, node, part.at);
    }
    check_amount(aid.amount, written.amount.front().at);
    aid.at_most = money(written.at_most, scope);
    aid.at_least = money(written.at_least, scope);
    aid.reads_other_aids = scope.reads_other_aids;
    aid.reads = scope.reads;
    for (const syntax::Reference& after : written.after) aid.reads.push_back(index_of(after));
    scope.amount = true;
    scope.every_row = true;
    aid.advance = money(written.advance, scope);
}

NodeIndex Compiler::money(const std::optional<syntax::Expression>& written, Scope& scope) {
    if (!written) return no_node;
    const NodeIndex node = expressions_.compile_as(*written, Type::money, scope);
    check_amount(node, written->at);
    return node;
}

void Compiler::check_amount(NodeIndex index, Place at) const {
    const Node& node = made_->nodes[index];
    if (node.digits - 4 * node.scale > amount_digits_max) {
        throw CheckFailure{at, "Ce montant pourrait dépasser les bornes admises."};
    }
}

void Compiler::add_conditions(const syntax::Aid& written, Aid& aid, Scope& scope) {
    if (written.conditions.size() > conditions_max) {
        throw CheckFailure{written.at, "Une aide compte au plus 64 conditions."};
    }
    for (const syntax::Condition& condition : written.conditions) {
        Condition made{expressions_.compile_as(condition.test, Type::boolean, scope),
                       condition.code, condition.sentence};
        if (made.code.empty()) made.code = first_fact_code(*made_, made.test);
        if (made.sentence.empty()) {
            made.sentence = requirement(*made_, made.test);
        }
        for (const Condition& other : aid.conditions) {
            if (other.code == made.code) {
                throw CheckFailure{condition.at, "Deux conditions portent le motif « " + made.code +
                                                     " » : nommez-les par « else »."};
            }
        }
        aid.conditions.push_back(std::move(made));
    }
}

void Compiler::add(const syntax::Limit& written) {
    Limit limit;
    limit.id = written.id;
    limit.label = written.label;
    limit.source = written.source;
    limit.note = written.note;
    limit.windows = windows_of(written.windows);
    if (limit.windows.empty()) throw CheckFailure{written.at, "Il manque « deposited »."};
    if (!written.ceiling) throw CheckFailure{written.at, "Il manque « ceiling »."};
    for (const Limit& other : made_->limits) {
        if (other.id == limit.id && meet(other.windows, limit.windows)) {
            throw CheckFailure{written.at, "Deux versions de ce plafond se chevauchent."};
        }
    }
    limit.counted.assign(made_->aid_ids.size(), false);
    limit.counts_given_aids = written.counts_every_local_aid;
    for (const syntax::Reference& id : written.counts) limit.counted[index_of(id)] = true;
    for (const Aid& aid : made_->aids) {
        const bool grant = aid.kind == syntax::AidKind::grant;
        if (written.counts_every_local_aid && aid.local && grant) limit.counted[aid.index] = true;
    }
    for (const syntax::Reference& id : written.cuts) {
        const AidIndex index = index_of(id);
        if (!limit.counted[index]) {
            throw CheckFailure{id.at,
                               "« " + id.id + " » n'est pas comptée : elle ne peut être réduite."};
        }
        limit.cuts.push_back(index);
    }
    Scope scope{.every_row = true};
    limit.ceiling = expressions_.compile_as(*written.ceiling, Type::money, scope);
    check_amount(limit.ceiling, written.ceiling->at);
    if (!scope.reads.empty() || scope.reads_other_aids) {
        throw CheckFailure{written.ceiling->at, "Un plafond ne dépend d'aucune aide."};
    }
    const Node& ceiling = made_->nodes[limit.ceiling];
    if (ceiling.op == Op::multiply) {
        const NodeIndex left = made_->links[ceiling.first];
        if (made_->nodes[left].type == Type::rate) limit.rate = left;
    }
    made_->limits.push_back(std::move(limit));
}

// What the aid says of itself goes before what the limits say of all local aids.
void Compiler::count_in(const syntax::Aid& written) {
    const std::optional<AidIndex> index = made_->index_of(written.id);
    for (Limit& limit : made_->limits) {
        if (written.counts_in_nothing && limit.counted.size() > *index)
            limit.counted[*index] = false;
    }
    for (const syntax::Reference& reference : written.counts_in) {
        bool found = false;
        for (Limit& limit : made_->limits) {
            if (limit.id != reference.id) continue;
            limit.counted[*index] = true;
            found = true;
        }
        if (!found) {
            throw CheckFailure{reference.at,
                               "Aucun plafond ne s'appelle « " + shown(reference.id) + " »."};
        }
    }
}

void Compiler::index_communes() {
    const std::size_t count = communes().size();
    made_->commune_starts.reserve(count + 1);
    for (std::size_t rank = 0; rank < count; ++rank) {
        made_->commune_starts.push_back(static_cast<std::uint32_t>(made_->commune_aids.size()));
        for (std::uint32_t i = 0; i < made_->aids.size(); ++i) {
            const Aid& aid = made_->aids[i];
            if (!aid.territory || made_->territories[*aid.territory].contains(rank)) {
                made_->commune_aids.push_back(i);
            }
        }
    }
    made_->commune_starts.push_back(static_cast<std::uint32_t>(made_->commune_aids.size()));
}

}  // namespace

Loading compile(std::span<const RuleFile> files) {
    return Compiler(files).run();
}

}  // namespace deodat::rules
