#include "api/demo/rules.h"

#include "embedded/api_demo.h"
#include "rules/engine/rule_files.h"

namespace deodat::demo {

const rules::RuleSet& rule_set() {
    static const rules::Loading loading = [] {
        std::vector<rules::RuleFile> files = rules::embedded_rule_files();
        files.push_back({"example_aids.rules", std::string(embedded::example_aids_rules())});
        rules::Loading loaded = rules::compile(files);
        DEODAT_ASSERT(loaded.rules != nullptr, "the rule texts of the demonstration are in order");
        return loaded;
    }();
    return *loading.rules;
}

}  // namespace deodat::demo
