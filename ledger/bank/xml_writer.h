// XmlWriter: the elements of an outgoing message (ISO 20022, PES), in the order they are written,
// texts escaped, nothing but a line end between elements. A leaf without text is not written: no
// schema of these admits an empty one.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deodat::bank {

class XmlWriter {
  public:
    // The encoding is declared, not made: another than UTF-8 is for texts that are ASCII.
    explicit XmlWriter(std::string_view encoding = "UTF-8");

    void open(std::string_view name);
    // The same with its namespace or other attributes, already written: xmlns="…".
    void open(std::string_view name, std::string_view attributes);
    void close(std::string_view name);
    void leaf(std::string_view name, std::string_view text);
    // Names from the outermost in, around one text.
    void nested(const std::vector<std::string_view>& names, std::string_view text);
    // <Name Ccy="EUR">12.34</Name>
    void euros(std::string_view name, std::string_view decimal);
    // <Name V="text"/>, as PES writes every value; nothing for an empty text.
    void value(std::string_view name, std::string_view text);

    // The whole text; the writer is then empty.
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

// The text as it may stand between two tags or in an attribute.
std::string xml_escaped(std::string_view text);

}  // namespace deodat::bank
