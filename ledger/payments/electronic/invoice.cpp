#include "ledger/payments/electronic/invoice.h"

#include <algorithm>
#include <array>

namespace deodat::payments::electronic {
namespace {

struct TypeCode {
    std::string_view code;
    Kind kind;
};

// UNTDID 1001, those that EN 16931 and the French specifications admit.
constexpr std::array type_codes = {
    TypeCode{"380", Kind::invoice},     TypeCode{"389", Kind::invoice},
    TypeCode{"393", Kind::invoice},     TypeCode{"501", Kind::invoice},
    TypeCode{"381", Kind::credit_note}, TypeCode{"261", Kind::credit_note},
    TypeCode{"396", Kind::credit_note}, TypeCode{"502", Kind::credit_note},
    TypeCode{"503", Kind::credit_note}, TypeCode{"384", Kind::corrective},
    TypeCode{"471", Kind::corrective},  TypeCode{"472", Kind::corrective},
    TypeCode{"386", Kind::deposit},     TypeCode{"500", Kind::deposit},
    TypeCode{"326", Kind::progress},    TypeCode{"875", Kind::progress},
    TypeCode{"876", Kind::progress},    TypeCode{"877", Kind::final},
};

struct KindWords {
    std::string_view name;
    std::string_view label;
};

// In the order of the enum.
constexpr std::array<KindWords, 7> kinds = {{
    {"invoice", "facture"},
    {"credit_note", "avoir"},
    {"corrective", "facture rectificative"},
    {"deposit", "facture d'acompte"},
    {"progress", "facture de situation"},
    {"final", "facture de solde"},
    {"other", "document d'un type inconnu"},
}};
static_assert(static_cast<std::size_t>(Kind::other) + 1 == kinds.size());

}  // namespace

std::string_view syntax_name(Syntax syntax) {
    switch (syntax) {
        case Syntax::cii:
            return "cii";
        case Syntax::ubl_invoice:
            return "ubl_invoice";
        case Syntax::ubl_credit_note:
            return "ubl_credit_note";
    }
    return "";
}

Kind kind_of(std::string_view type_code) {
    const auto* found = std::find_if(type_codes.begin(), type_codes.end(),
                                     [&](const TypeCode& type) { return type.code == type_code; });
    return found == type_codes.end() ? Kind::other : found->kind;
}

std::string_view kind_name(Kind kind) {
    return kinds[static_cast<std::size_t>(kind)].name;
}

std::string_view kind_label(Kind kind) {
    return kinds[static_cast<std::size_t>(kind)].label;
}

}  // namespace deodat::payments::electronic
