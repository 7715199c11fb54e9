#include "ledger/bank/xml_writer.h"

namespace deodat::bank {

XmlWriter::XmlWriter(std::string_view encoding)
    : out_("<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?>\n") {}

void XmlWriter::open(std::string_view name) {
    out_.append("<").append(name).append(">\n");
}

void XmlWriter::open(std::string_view name, std::string_view attributes) {
    out_.append("<").append(name).append(" ").append(attributes).append(">\n");
}

void XmlWriter::close(std::string_view name) {
    out_.append("</").append(name).append(">\n");
}

void XmlWriter::leaf(std::string_view name, std::string_view text) {
    nested({name}, text);
}

void XmlWriter::nested(const std::vector<std::string_view>& names, std::string_view text) {
    if (text.empty()) return;
    for (const std::string_view name : names) out_.append("<").append(name).append(">");
    out_ += xml_escaped(text);
    // clang 14 has no std::views::reverse of this library.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        out_.append("</").append(*name).append(">");
    }
    out_ += '\n';
}

void XmlWriter::euros(std::string_view name, std::string_view decimal) {
    out_.append("<").append(name).append(" Ccy=\"EUR\">").append(decimal);
    out_.append("</").append(name).append(">\n");
}

void XmlWriter::value(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_.append("<").append(name).append(" V=\"").append(xml_escaped(text)).append("\"/>\n");
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace deodat::bank
