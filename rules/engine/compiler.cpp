#include "rules/engine/compiler.h"

#include <algorithm>
#include <functional>
#include <set>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "rules/engine/between.h"
#include "rules/engine/compile_expression.h"
#include "rules/engine/order.h"
#include "rules/engine/parser.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

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

// When a block holds; its own windows may not overlap.
Dating dating_of(const syntax::Dating& written, Place block) {
    Dating made;
    if (!written.by.id.empty()) {
        const std::optional<FactId> by = fact_named(written.by.id);
        if (!by || fact(*by).type != Type::date) {
            std::vector<std::string_view> known;
            for (const Fact& row : dictionary()) {
                if (row.type == Type::date) known.push_back(row.name);
            }
            throw CheckFailure{written.by.at, "« " + shown(written.by.id) +
                                                  " » n'est pas une date du dictionnaire." +
                                                  suggestion(written.by.id, known)};
        }
        made.by = *by;
    }
    made.windows = windows_of(written.windows);
    if (made.windows.empty()) throw CheckFailure{block, "Il manque « deposited » ou « dated »."};
    for (std::size_t i = 1; i < made.windows.size(); ++i) {
        const Dating before{
            made.by, {made.windows.begin(), made.windows.begin() + static_cast<std::ptrdiff_t>(i)}};
        if (before.meets({made.by, {made.windows[i]}})) {
            throw CheckFailure{written.windows[i].at, "Les périodes de ce bloc se chevauchent."};
        }
    }
    return made;
}

// Versions of one block: one date tells them apart, and they may not overlap.
template <class Block>
void check_version(const Block& made, const std::vector<Block>& others) {
    for (const Block& other : others) {
        if (other.id != made.id) continue;
        const std::string where =
            " celle de la ligne " + std::to_string(other.at.line) + " (" + other.file + ").";
        if (other.dating.by != made.dating.by) {
            throw CheckFailure{made.at, "Cette version ne suit pas la même date que" + where};
        }
        if (other.dating.meets(made.dating)) {
            throw CheckFailure{made.at, "Cette version chevauche" + where};
        }
    }
}

struct Cell {
    std::size_t zone;
    std::size_t level;
};

// The row of a scale, by its words.
Cell cell_of(const std::string& zone, const std::string& income_class, Place at) {
    const std::optional<std::int64_t> z = zones().index_of(zone);
    const std::optional<std::int64_t> c = income_classes().index_of(income_class);
    if (!z) throw CheckFailure{at, "La zone est idf ou other."};
    if (!c) {
        throw CheckFailure{at,
                           "« " + shown(income_class) + " » n'est pas une catégorie de revenus."};
    }
    return {static_cast<std::size_t>(*z), static_cast<std::size_t>(*c)};
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
        collect_names();
        each([&](const syntax::File& file) {
            for (const syntax::Scale& scale : file.scales) guarded(file, [&] { add(file, scale); });
            for (const syntax::Aid& aid : file.aids) guarded(file, [&] { add(file, aid); });
        });
        each([&](const syntax::File& file) {
            for (const syntax::Limit& limit : file.limits) guarded(file, [&] { add(file, limit); });
        });
        each([&](const syntax::File& file) {
            for (const syntax::Aid& aid : file.aids) guarded(file, [&] { count_in(aid); });
        });
        each([&](const syntax::File& file) {
            for (const syntax::Limit& limit : file.limits) {
                guarded(file, [&] { check_cuts(file, limit); });
            }
        });
        if (errors_.empty()) choose_general_scale();
        if (errors_.empty()) {
            if (std::optional<RuleError> error = put_in_order(*made_)) errors_.push_back(*error);
        }
        if (!errors_.empty()) return {nullptr, std::move(errors_)};
        make_sentences();
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

    // Indices follow the names, never the order of the files.
    void collect_names() {
        std::set<std::string> aids;
        std::set<std::string> scales;
        std::set<std::string> groups;
        each([&](const syntax::File& file) {
            for (const syntax::Aid& aid : file.aids) {
                aids.insert(aid.id);
                if (!aid.scheme.empty()) groups.insert(aid.scheme);
            }
            for (const syntax::Scale& scale : file.scales) scales.insert(scale.id);
        });
        made_->aid_ids.assign(aids.begin(), aids.end());
        made_->scale_families.assign(scales.begin(), scales.end());
        groups.erase(made_->scheme_groups[national_group]);
        made_->scheme_groups.insert(made_->scheme_groups.end(), groups.begin(), groups.end());
    }

    ScaleFamily family_of(const syntax::Reference& reference) const {
        const std::vector<std::string>& families = made_->scale_families;
        const auto at = std::ranges::find(families, reference.id);
        if (at != families.end()) return static_cast<ScaleFamily>(at - families.begin());
        throw CheckFailure{reference.at,
                           "Aucun barème ne s'appelle « " + shown(reference.id) + " »." +
                               suggestion(reference.id, {families.begin(), families.end()})};
    }

    void choose_general_scale();

    AidIndex index_of(const syntax::Reference& reference) const {
        if (const std::optional<AidIndex> index = made_->index_of(reference.id)) return *index;
        const std::vector<std::string_view> known(made_->aid_ids.begin(), made_->aid_ids.end());
        throw CheckFailure{reference.at, "Aucune aide ne s'appelle « " + shown(reference.id) +
                                             " »." + suggestion(reference.id, known)};
    }

    void add(const syntax::File& file, const syntax::Scale& written);
    void add(const syntax::File& file, const syntax::Aid& written);
    void add(const syntax::File& file, const syntax::Limit& written);
    static void check_examples(const Scale& scale,
                               const std::vector<syntax::ScaleExample>& examples);
    void count_in(const syntax::Aid& written);
    void check_cuts(const syntax::File& file, const syntax::Limit& written) const;
    void calculations(const syntax::Aid& written, Aid& aid, Scope& scope);
    void add_conditions(const syntax::Aid& written, Aid& aid, Scope& scope);
    NodeIndex money(const std::optional<syntax::Expression>& written, Scope& scope);
    void check_amount(NodeIndex index, Place at) const;
    void make_sentences();
    void index_communes();

    std::unique_ptr<RuleSet> made_;
    ExpressionCompiler expressions_{*made_};
    std::vector<syntax::File> files_;
    std::vector<RuleError> errors_;
};

// The scale that no aid names gives households their class. There must be just one, so that a class
// has one meaning in a plan.
void Compiler::choose_general_scale() {
    std::vector<bool> named(made_->scale_families.size(), false);
    each([&](const syntax::File& file) {
        for (const syntax::Aid& aid : file.aids) {
            if (!aid.incomes.id.empty()) named[family_of(aid.incomes)] = true;
        }
    });
    const auto general = std::ranges::find(named, false);
    if (general == named.end()) return;  // without one, no deposit can be planned
    const auto index = static_cast<ScaleFamily>(general - named.begin());
    made_->general_scale = index;
    for (Aid& aid : made_->aids) {
        if (aid.incomes == no_family) aid.incomes = index;
    }
    if (std::ranges::count(named, false) == 1) return;
    const auto second =
        static_cast<ScaleFamily>(std::find(general + 1, named.end(), false) - named.begin());
    const Scale& scale = *std::ranges::find(made_->scales, second, &Scale::family);
    errors_.push_back({scale.file, scale.at,
                       "« " + made_->scale_families[index] + " » et « " + scale.id +
                           " » : un seul barème est général, les autres sont nommés par une aide "
                           "(« incomes »)."});
}

void Compiler::add(const syntax::File& file, const syntax::Scale& written) {
    Scale scale{.id = written.id,
                .family = family_of({written.id, written.at}),
                .label = written.label,
                .source = written.source,
                .note = written.note,
                .file = file.name,
                .at = written.at,
                .dating = dating_of(written.dating, written.at),
                .rows = {}};
    scale.inclusive = written.inclusive;
    if (!written.reading_given)
        throw CheckFailure{written.at, "Il manque « reading <= » ou « reading < »."};
    std::array<std::array<bool, Scale::ceilings>, 2> given{};
    for (const syntax::ScaleRow& row : written.rows) {
        const auto [zone, level] = cell_of(row.zone, row.income_class, row.at);
        if (level >= Scale::ceilings) {
            throw CheckFailure{row.at, "La catégorie est very_modest, modest ou intermediate."};
        }
        if (given[zone][level]) {
            throw CheckFailure{row.at, "Cette ligne du barème est donnée deux fois."};
        }
        given[zone][level] = true;
        std::copy(row.cents.begin(), row.cents.end(), scale.rows[zone][level].cents.begin());
        scale.rows[zone][level].supplement_cents = row.supplement_cents;
        scale.rows[zone][level].at = row.at;
    }
    scale.has_intermediate = given[0].back() || given[1].back();
    for (auto& zone : given) {
        // Two ceilings until the intermediate class was made, three since: alike in both zones.
        if (!scale.has_intermediate) zone.back() = true;
        if (!std::ranges::all_of(zone, std::identity())) {
            throw CheckFailure{written.at,
                               "Un barème est entier : deux zones, les mêmes deux ou trois "
                               "plafonds chacune."};
        }
    }
    check_version(scale, made_->scales);
    check_examples(scale, written.examples);
    made_->scales.push_back(std::move(scale));
}

void Compiler::check_examples(const Scale& scale,
                              const std::vector<syntax::ScaleExample>& examples) {
    constexpr std::int64_t persons_most = 99;
    for (const syntax::ScaleExample& example : examples) {
        const auto [zone, level] = cell_of(example.zone, example.income_class, example.at);
        if (example.persons < 1 || example.persons > persons_most) {
            throw CheckFailure{example.at, "Un ménage compte de 1 à 99 personnes."};
        }
        const IncomeClass found =
            scale.class_of(static_cast<Zone>(zone), example.persons, example.income_cents);
        if (static_cast<std::size_t>(found) == level) continue;
        throw CheckFailure{
            example.at,
            "Ce barème ne donne pas ce que dit son exemple : le ménage est « " +
                std::string(income_classes().values[static_cast<std::size_t>(found)].name) +
                " », pas « " + example.income_class + " »."};
    }
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
    aid.dating = dating_of(written.dating, written.at);
    aid.local = written.id.starts_with("local.");
    aid.incomes = written.incomes.id.empty() ? no_family : family_of(written.incomes);
    aid.named_lines = written.named_lines;
    aid.decided = written.decided;
    aid.kind = written.kind;
    aid.round_to = written.round_to;
    aid.round_how = written.round_how;
    if (!written.scheme.empty()) {
        const auto group = std::ranges::find(made_->scheme_groups, written.scheme);
        aid.group = static_cast<SchemeGroup>(group - made_->scheme_groups.begin());
        if (aid.group >= scheme_groups_max) {
            throw CheckFailure{written.at, "Trop de choix d'aides qui s'excluent : au plus 8."};
        }
    }
    if (aid.funder.empty()) throw CheckFailure{written.at, "Il manque « paid by »."};
    if (written.amount.empty() && !written.decided) {
        throw CheckFailure{written.at, "Il manque « amount »."};
    }
    if (written.equivalent && aid.kind != syntax::AidKind::loan) {
        throw CheckFailure{written.equivalent->at,
                           "Seul un prêt a un équivalent-subvention (« kind loan »)."};
    }
    check_version(aid, made_->aids);
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
        scope.open_table = false;
        scope.lets[let.name] = expressions_.compile(let.value, scope);
        if (scope.open_table) scope.open_lets.insert(let.name);
    }
    add_conditions(written, aid, scope);
    if (written.base) {
        aid.base = expressions_.compile_as(*written.base, Type::money, scope);
        check_amount(aid.base, written.base->at);
        if (made_->nodes[aid.base].scale > base_scale) {
            throw CheckFailure{written.base->at, "La base applique trop de taux l'un sur l'autre."};
        }
        if (made_->nodes[aid.base].op == Op::up_to) {
            aid.base_cap = made_->links[made_->nodes[aid.base].first + 1];
            check_amount(aid.base_cap, written.base->at);
        }
        scope.base = aid.base;
    }
    if (written.rate) {
        aid.rate = expressions_.compile_as(*written.rate, Type::rate, scope);
        check_amount(aid.rate, written.rate->at);
        scope.rate = aid.rate;
    }
    for (const syntax::Expression& part : written.amount) {
        const NodeIndex node = expressions_.compile_as(part, Type::money, scope);
        aid.amount = aid.amount == no_node ? node : expressions_.add(aid.amount, node, part.at);
    }
    if (aid.decided) aid.amount = expressions_.zero();
    check_amount(aid.amount, written.at);
    aid.at_most = money(written.at_most, scope);
    aid.at_least = money(written.at_least, scope);
    aid.equivalent = money(written.equivalent, scope);
    scope.amount = true;
    scope.every_row = true;
    aid.advance = money(written.advance, scope);
    aid.instalments = written.instalments;
    aid.before_balance = money(written.before_balance, scope);
    aid.reads_other_aids = scope.reads_other_aids;
    aid.reads = scope.reads;
    for (const syntax::Reference& after : written.after) aid.reads.push_back(index_of(after));
}

NodeIndex Compiler::money(const std::optional<syntax::Expression>& written, Scope& scope) {
    if (!written) return no_node;
    const NodeIndex node = expressions_.compile_as(*written, Type::money, scope);
    check_amount(node, written->at);
    return node;
}

void Compiler::check_amount(NodeIndex index, Place at) const {
    const Node& node = made_->nodes[index];
    if (node.digits - 4 * node.scale > cents_digits_max) {
        throw CheckFailure{at, "Ce montant pourrait dépasser les bornes admises."};
    }
}

void Compiler::add_conditions(const syntax::Aid& written, Aid& aid, Scope& scope) {
    for (const syntax::Condition& condition : written.conditions) {
        const NodeIndex test = expressions_.compile_as(condition.test, Type::boolean, scope);
        Condition made{.test = test,
                       .between = between_of(*made_, test),
                       .of_facts = asks_facts_alone(*made_, test),
                       .established = condition.established,
                       .code = condition.code,
                       .sentence = condition.sentence,
                       .at = condition.at};
        if (made.established) aid.established |= std::uint64_t{1} << aid.conditions.size();
        if (made.code.empty()) made.code = first_fact_code(*made_, made.test);
        for (const Condition& other : aid.conditions) {
            if (other.code == made.code) {
                throw CheckFailure{condition.at, "Deux conditions portent le motif « " + made.code +
                                                     " » : nommez-les par « else »."};
            }
        }
        aid.conditions.push_back(std::move(made));
    }
}

void Compiler::add(const syntax::File& file, const syntax::Limit& written) {
    Limit limit;
    limit.id = written.id;
    limit.label = written.label;
    limit.source = written.source;
    limit.note = written.note;
    limit.file = file.name;
    limit.at = written.at;
    limit.dating = dating_of(written.dating, written.at);
    if (!written.ceiling) throw CheckFailure{written.at, "Il manque « ceiling »."};
    check_version(limit, made_->limits);
    if (!written.territory.empty()) limit.territory = expressions_.territory(written.territory);
    for (const syntax::Reference& before : written.after) limit.after.push_back(before.id);
    for (const syntax::Reference& id : written.when_granted) {
        limit.when_granted.push_back(index_of(id));
    }
    limit.counted.assign(made_->aid_ids.size(), false);
    limit.counts_given_aids = written.counts_every_local_aid;
    for (const syntax::Reference& id : written.counts) limit.counted[index_of(id)] = true;
    for (const Aid& aid : made_->aids) {
        const bool grant = aid.kind == syntax::AidKind::grant;
        if (written.counts_every_local_aid && aid.local && grant) limit.counted[aid.index] = true;
    }
    for (const syntax::Reference& id : written.cuts) limit.cuts.push_back(index_of(id));
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
        check_amount(left, written.ceiling->at);
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

// What a limit cuts counts in it, for as much as is cut.
void Compiler::check_cuts(const syntax::File& file, const syntax::Limit& written) const {
    const auto made = std::ranges::find_if(made_->limits, [&](const Limit& limit) {
        return limit.file == file.name && limit.at.line == written.at.line;
    });
    if (made == made_->limits.end()) return;  // it has an error of its own
    for (const syntax::Reference& id : written.cuts) {
        const AidIndex index = index_of(id);
        if (!made->counted[index]) {
            throw CheckFailure{id.at,
                               "« " + id.id + " » n'est pas comptée : elle ne peut être réduite."};
        }
        for (const Aid& aid : made_->aids) {
            if (aid.index != index || aid.equivalent == no_node) continue;
            throw CheckFailure{id.at, "« " + id.id +
                                          " » compte pour son équivalent-subvention : elle ne peut "
                                          "être réduite."};
        }
    }
}

// A sentence made from its condition speaks of other aids by their labels: it waits until all are
// there, in their order.
void Compiler::make_sentences() {
    for (Aid& aid : made_->aids) {
        for (Condition& condition : aid.conditions) {
            if (!condition.sentence.empty()) continue;
            condition.sentence = requirement(*made_, condition.test);
        }
    }
}

// From the first day of its windows to the last; any day when another date chooses.
Window deposits_of(const Dating& dating) {
    if (dating.by != FactId::deposit_date) return {INT64_MIN, INT64_MAX};
    const auto [first, last] = std::ranges::minmax(dating.windows, {}, &Window::from);
    return {first.from, last.until};
}

void Compiler::index_communes() {
    for (const Aid& aid : made_->aids) made_->deposits.push_back(deposits_of(aid.dating));
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
