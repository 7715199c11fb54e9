#include "reports/documents/sheet.h"

#include "ledger/base/invariant.h"

namespace deodat::reports {
namespace {

constexpr std::string_view style =
    "@page{size:A4;margin:15mm 16mm}"
    "body{font:10pt/1.35 'Liberation Sans',Arial,sans-serif;color:#111;margin:0 auto;"
    "max-width:178mm;padding:8mm 0}"
    "@media print{body{padding:0;max-width:none}}"
    "h1{font-size:16pt;margin:0 0 1mm}h2{font-size:12pt;margin:6mm 0 2mm}"
    ".made{color:#444;margin:0 0 6mm}"
    ".parties{display:flex;gap:8mm;margin:0 0 4mm}"
    ".parties div{flex:1;border:.3mm solid #999;padding:3mm}"
    ".parties h2{margin:0 0 1mm;font-size:9pt;text-transform:uppercase;color:#444}"
    ".parties p{margin:0}"
    "table{border-collapse:collapse;width:100%;margin:2mm 0}"
    "th,td{border-bottom:.2mm solid #bbb;padding:1.2mm 1.5mm;text-align:left;vertical-align:top}"
    "thead th{border-bottom:.4mm solid #111}tr{break-inside:avoid}"
    ".n{text-align:right;white-space:nowrap}.total>*{font-weight:bold}"
    "dl{display:grid;grid-template-columns:62mm 1fr;gap:.8mm 4mm;margin:2mm 0}"
    "dl{break-inside:avoid}h2{break-after:avoid}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}"
    ".signatures{display:flex;gap:8mm;margin:8mm 0 0;break-inside:avoid}"
    ".signatures div{flex:1;border:.3mm solid #999;height:30mm;padding:2mm;color:#444}";

std::string element(std::string_view name, std::string_view text) {
    const std::string tag(name);
    return "<" + tag + ">" + html_text(text) + "</" + tag + ">";
}

std::string cell(std::string_view open, std::string_view close, const std::string& text,
                 bool figure) {
    return std::string(open) + (figure ? " class=\"n\">" : ">") + html_text(text) +
           std::string(close);
}

}  // namespace

std::string html_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

Sheet::Sheet(std::string_view title, std::string_view reference, Day day)
    : title_(std::string(title) + " " + std::string(reference)) {
    body_ = element("h1", title_) + "<p class=\"made\">Établi le " + day.french() + "</p>";
}

void Sheet::parties(const std::vector<Party>& parties) {
    body_ += "<section class=\"parties\">";
    for (const Party& party : parties) {
        body_ += "<div>" + element("h2", party.role);
        for (const std::string& line : party.lines) body_ += element("p", line);
        body_ += "</div>";
    }
    body_ += "</section>";
}

void Sheet::heading(std::string_view text) {
    body_ += element("h2", text);
}

void Sheet::paragraph(std::string_view text) {
    body_ += element("p", text);
}

void Sheet::facts(const std::vector<std::pair<std::string, std::string>>& facts) {
    body_ += "<dl>";
    for (const auto& [label, value] : facts) body_ += element("dt", label) + element("dd", value);
    body_ += "</dl>";
}

void Sheet::table(const Table& table) {
    body_ += "<table><thead><tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        body_ += cell("<th scope=\"col\"", "</th>", table.columns[i], i >= table.figures);
    }
    body_ += "</tr></thead><tbody>";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto& cells = table.rows[row];
        DEODAT_ASSERT(cells.size() == table.columns.size(), "a row has a cell for each column");
        body_ += row + table.totals >= table.rows.size() ? "<tr class=\"total\">" : "<tr>";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            body_ += cell("<td", "</td>", cells[i], i >= table.figures);
        }
        body_ += "</tr>";
    }
    body_ += "</tbody></table>";
}

void Sheet::signatures(const std::vector<std::string>& who) {
    body_ += "<section class=\"signatures\">";
    for (const std::string& one : who) body_ += element("div", one + ", le");
    body_ += "</section>";
}

std::string Sheet::html() const {
    return "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
           html_text(title_) + "</title><style>" + std::string(style) + "</style></head><body>\n" +
           body_ + "\n</body></html>\n";
}

}  // namespace deodat::reports
