// XmlTree: the elements of an XML file that others send (a bank's, an invoice), read once into flat
// arrays, within bounds.
//
// What others send is refused before it can hurt: a DTD or an entity of its own (nothing is ever
// expanded or fetched), UTF-16 and other encodings with NUL bytes, more than bytes_max bytes,
// markup_bytes_max in one tag or comment, depth_max levels or elements_max elements. Values are
// trimmed and their inner runs of blanks become one space, as ISO 20022 texts want. An element that
// holds elements has no text of its own. Of the attributes only those asked for are kept. Names are
// local: the namespace is kept for the elements that declare a change of it only, which is where a
// message says its type.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace deodat::bank {

class XmlTree;

// One element of a tree, borrowed from it; or none, for which every question has an empty answer.
class XmlElement {
  public:
    XmlElement() = default;

    explicit operator bool() const { return tree_ != nullptr; }
    std::string_view name() const;
    std::string_view text() const;
    // The value of the attribute of that local name, trimmed; empty when it has none or was not
    // asked for.
    std::string_view attribute(std::string_view name) const;
    // The value of the attribute Ccy, when it has three characters; else empty.
    std::string_view currency() const;
    // The namespace of the element, when it differs from its parent's; else empty.
    std::string_view declared_namespace() const;

    XmlElement first_child() const;
    XmlElement next() const;  // the next sibling
    // The first child of that name.
    XmlElement child(std::string_view name) const;
    // Down the first children of these names: at("Acct", "Id", "IBAN").
    template <class... Names>
    XmlElement at(std::string_view name, Names... names) const {
        const XmlElement found = child(name);
        if constexpr (sizeof...(names) == 0) {
            return found;
        } else {
            return found.at(names...);
        }
    }
    // All the children of that name, in order.
    std::vector<XmlElement> children(std::string_view name) const;

  private:
    friend class XmlTree;
    friend class TreeBuilder;
    XmlElement(const XmlTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}
    const XmlTree* tree_ = nullptr;
    std::uint32_t index_ = 0;
};

class XmlTree {
  public:
    static constexpr std::size_t bytes_max = std::size_t{64} << 20U;
    static constexpr std::size_t elements_max = 2'000'000;
    static constexpr std::size_t depth_max = 64;
    static constexpr std::size_t markup_bytes_max = std::size_t{64}
                                                    << 10U;  // of one tag or comment
    static constexpr std::size_t names_max = 10'000;  // distinct ones; a camt message has some 600

    static constexpr std::string_view currency_attribute = "Ccy";

    // Refuses with xml_malformed; facts say how many bytes the parser had been shown
    // ("bytes_read"), 0 for what was refused at sight. The tree keeps nothing of the text.
    // `attributes` are the local names of those to keep.
    static Result<XmlTree> parse(std::string_view xml,
                                 const std::vector<std::string_view>& attributes = {
                                     currency_attribute});

    // The same for a file too large to hold: each element is shown as it closes, with its parent
    // and the root; one that was taken is forgotten with all that it holds, and the tree keeps the
    // rest. The tree's limits then are of what it keeps, and streamed_bytes_max is the file's. A
    // refusal ends the reading.
    enum class Shown : std::uint8_t { kept, taken };
    using Visitor = std::function<Result<Shown>(const XmlElement& root, const XmlElement& parent,
                                                const XmlElement& element)>;
    static constexpr std::size_t streamed_bytes_max = std::size_t{512} << 20U;
    static Result<XmlTree> stream(std::string_view xml, const Visitor& visitor);

    XmlElement root() const { return XmlElement(*this, 0); }

  private:
    friend class XmlElement;
    friend class TreeBuilder;

    static Result<XmlTree> read(std::string_view xml, std::size_t most_bytes,
                                const std::vector<std::string_view>& attributes,
                                const Visitor& visitor);

    static constexpr std::uint32_t none = UINT32_MAX;
    struct Node {
        std::uint32_t name;
        std::uint32_t name_space = none;
        std::uint32_t first_child = none;
        std::uint32_t next = none;
        std::uint32_t text_begin = 0;
        std::uint32_t text_bytes = 0;
        std::uint32_t first_attribute = none;
    };
    struct Attribute {
        std::uint32_t name;
        std::uint32_t next;  // of the same element
        std::uint32_t text_begin;
        std::uint32_t text_bytes;
    };

    std::deque<Node> nodes_;  // the root first; a deque never holds two copies while it grows
    std::vector<Attribute> attributes_;
    std::vector<std::string> names_;  // of elements, namespaces and attributes, each once
    std::string text_;                // of all elements and attributes, end to end
};

}  // namespace deodat::bank
