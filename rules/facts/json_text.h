// An object written as JSON text, member by member. RapidJSON stays behind this header.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/money.h"

namespace deodat::rules {

class JsonText {
  public:
    JsonText();
    JsonText(const JsonText&) = delete;
    JsonText& operator=(const JsonText&) = delete;
    ~JsonText();

    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, std::int64_t value);
    void flag(std::string_view name, bool value);
    void money(std::string_view name, Money value) { number(name, value.cents()); }
    void null(std::string_view name);
    // A value that is JSON already.
    void raw(std::string_view name, std::string_view json);

    // A list of objects: write(row) writes the members of one.
    template <class Rows, class Write>
    void objects(std::string_view name, const Rows& rows, const Write& write) {
        begin_list(name);
        for (const auto& row : rows) {
            begin();
            write(row);
            end();
        }
        end_list();
    }
    // A list of texts.
    template <class Rows>
    void texts(std::string_view name, const Rows& rows) {
        begin_list(name);
        for (const std::string& row : rows) element(row);
        end_list();
    }

    // The text; the object is closed, nothing more is written.
    std::string take();

  private:
    struct Writing;
    void begin();
    void end();
    void begin_list(std::string_view name);
    void end_list();
    void element(std::string_view value);
    std::unique_ptr<Writing> writing_;
};

}  // namespace deodat::rules
