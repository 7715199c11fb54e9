#include "ledger/bank/xml.h"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/LexicalHandler.h>
#include <Poco/SAX/SAXParser.h>

#include <algorithm>
#include <array>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_map>

#include "ledger/base/text.h"

namespace deodat::bank {

// Receives what the parser meets. It never throws into the parser: it notes why it has had enough,
// and the stream below then ends.
class TreeBuilder final : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
  public:
    using Text = Poco::XML::XMLString;

    TreeBuilder(const std::vector<std::string_view>& attributes, const XmlTree::Visitor& visitor)
        : kept_(attributes.begin(), attributes.end()), visitor_(visitor) {}

    // Why the visitor ended the reading.
    const std::optional<Refusal>& refusal() const { return refusal_; }
    const std::string& complaint() const { return complaint_; }
    XmlTree take() { return std::move(tree_); }
    bool empty() const { return tree_.nodes_.empty(); }

    void startElement(const Text& uri, const Text& local, const Text& /*qualified*/,
                      const Poco::XML::Attributes& attributes) override {
        if (!complaint_.empty()) return;
        if (open_.size() >= XmlTree::depth_max) {
            complaint_ = "les éléments y sont imbriqués sur plus de " +
                         std::to_string(XmlTree::depth_max) + " niveaux.";
            return;
        }
        if (tree_.nodes_.size() >= XmlTree::elements_max) {
            complaint_ =
                "il a plus de " + std::to_string(XmlTree::elements_max) + " éléments ; scindez-le.";
            return;
        }
        if (tree_.names_.size() > XmlTree::names_max) {
            complaint_ = "il emploie plus de noms d'éléments qu'aucun format connu.";
            return;
        }
        const auto index = static_cast<std::uint32_t>(tree_.nodes_.size());
        XmlTree::Node node{.name = interned(local)};
        const std::uint32_t name_space = interned(uri);
        if (open_.empty() || open_.back().name_space != name_space) node.name_space = name_space;
        const std::uint32_t previous = open_.empty() ? XmlTree::none : open_.back().last_child;
        const auto text_begin = static_cast<std::uint32_t>(tree_.text_.size());
        const auto attributes_begin = static_cast<std::uint32_t>(tree_.attributes_.size());
        keep_attributes(attributes, node);
        tree_.nodes_.push_back(node);
        if (!open_.empty()) link(index);
        open_.push_back({index, XmlTree::none, name_space, previous, text_begin, attributes_begin});
        value_.clear();
    }

    void endElement(const Text& /*uri*/, const Text& /*local*/,
                    const Text& /*qualified*/) override {
        if (!complaint_.empty()) return;
        DEODAT_ASSERT(!open_.empty(), "the parser closes what it opened");
        XmlTree::Node& node = tree_.nodes_[open_.back().index];
        if (node.first_child == XmlTree::none) {
            node.text_begin = static_cast<std::uint32_t>(tree_.text_.size());
            append_collapsed();
            node.text_bytes = static_cast<std::uint32_t>(tree_.text_.size()) - node.text_begin;
        }
        value_.clear();
        const Open closed = open_.back();
        open_.pop_back();
        if (visitor_ && !open_.empty()) show(closed);
    }

    void characters(const Poco::XML::XMLChar* chars, int start, int length) override {
        if (!complaint_.empty()) return;
        value_.append(chars + start, static_cast<std::size_t>(length));
    }

    void startDTD(const Text& /*name*/, const Text& /*public_id*/,
                  const Text& /*system_id*/) override {
        complaint_ = "il contient une DTD, ce qu'aucun relevé ni aucune facture ne doit contenir.";
    }
    void endDTD() override {}
    void startEntity(const Text& /*name*/) override {}
    void endEntity(const Text& /*name*/) override {}
    void startCDATA() override {}
    void endCDATA() override {}
    void comment(const Poco::XML::XMLChar* /*chars*/, int /*start*/, int /*length*/) override {}

  private:
    struct Open {
        std::uint32_t index;
        std::uint32_t last_child;
        std::uint32_t name_space;
        std::uint32_t previous;    // its sibling
        std::uint32_t text_begin;  // of all that it holds
        std::uint32_t attributes_begin;
    };

    void show(const Open& closed) {
        const auto shown = visitor_(tree_.root(), XmlElement(tree_, open_.back().index),
                                    XmlElement(tree_, closed.index));
        if (!shown) {
            refusal_ = shown.refusal();
            complaint_ = refusal_->message;
        } else if (*shown == XmlTree::Shown::taken) {
            forget(closed);
        }
    }

    // What an element holds stands behind it: cut off with it.
    void forget(const Open& closed) {
        tree_.nodes_.erase(tree_.nodes_.begin() + closed.index, tree_.nodes_.end());
        tree_.attributes_.resize(closed.attributes_begin);
        tree_.text_.resize(closed.text_begin);
        Open& parent = open_.back();
        parent.last_child = closed.previous;
        if (closed.previous == XmlTree::none) {
            tree_.nodes_[parent.index].first_child = XmlTree::none;
        } else {
            tree_.nodes_[closed.previous].next = XmlTree::none;
        }
    }

    std::uint32_t interned(const std::string& name) {
        const auto [at, fresh] =
            name_ids_.try_emplace(name, static_cast<std::uint32_t>(tree_.names_.size()));
        if (fresh) tree_.names_.push_back(name);
        return at->second;
    }

    void keep_attributes(const Poco::XML::Attributes& attributes, XmlTree::Node& node) {
        for (int i = attributes.getLength() - 1; i >= 0; --i) {
            const Text& name = attributes.getLocalName(i);
            if (std::find(kept_.begin(), kept_.end(), name) == kept_.end()) continue;
            const std::string_view value = trimmed(attributes.getValue(i));
            tree_.attributes_.push_back({interned(name), node.first_attribute,
                                         static_cast<std::uint32_t>(tree_.text_.size()),
                                         static_cast<std::uint32_t>(value.size())});
            node.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size() - 1);
            tree_.text_ += value;
        }
    }

    // Hangs the element below the one that is open.
    void link(std::uint32_t index) {
        Open& parent = open_.back();
        if (parent.last_child == XmlTree::none) {
            tree_.nodes_[parent.index].first_child = index;
        } else {
            tree_.nodes_[parent.last_child].next = index;
        }
        parent.last_child = index;
    }

    void append_collapsed() {
        bool gap = false;
        for (const char c : trimmed(value_)) {
            const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!blank) {
                if (gap) tree_.text_ += ' ';
                tree_.text_ += c;
            }
            gap = blank;
        }
    }

    XmlTree tree_;
    std::vector<std::string> kept_;  // names of attributes
    std::unordered_map<std::string, std::uint32_t> name_ids_;
    std::vector<Open> open_;
    std::string value_;
    std::string complaint_;
    const XmlTree::Visitor& visitor_;
    std::optional<Refusal> refusal_;
};

namespace {

// The text as a stream that ends as soon as the builder has had enough, so that a hostile file
// costs no more than what was read before its fault.
class WatchedText final : public std::streambuf {
  public:
    WatchedText(std::string_view text, const TreeBuilder& builder)
        : rest_(text), builder_(builder) {}
    std::size_t bytes_read() const { return bytes_read_; }

  protected:
    int_type underflow() override {
        constexpr std::size_t slice_bytes = 4096;
        if (rest_.empty() || !builder_.complaint().empty()) return traits_type::eof();
        const std::size_t size = rest_.copy(slice_.data(), slice_bytes);
        rest_.remove_prefix(size);
        bytes_read_ += size;
        setg(slice_.data(), slice_.data(), slice_.data() + size);
        return traits_type::to_int_type(slice_[0]);
    }

  private:
    std::array<char, 4096> slice_ = {};
    std::string_view rest_;
    std::size_t bytes_read_ = 0;
    const TreeBuilder& builder_;
};

// Where the markup that starts the text ends, one past its last character; npos when it does not
// end. Quotes count in a tag, since a value may hold a ">".
std::size_t markup_end(std::string_view text) {
    const auto after = [&](std::string_view closing, std::size_t from) {
        const std::size_t at = text.find(closing, from);
        return at == std::string_view::npos ? at : at + closing.size();
    };
    if (text.starts_with("<!--")) return after("-->", 4);
    if (text.starts_with("<?")) return after("?>", 2);
    std::size_t at = 0;
    while (true) {
        at = text.find_first_of(">\"'", at);
        if (at == std::string_view::npos) return at;
        if (text[at] == '>') return at + 1;
        at = text.find(text[at], at + 1);
        if (at == std::string_view::npos) return at;
        ++at;
    }
}

// The parser starts a tag or comment anew with each slice it is fed until it is whole: one of tens
// of megabytes would cost minutes. None of a real message comes near the limit.
bool has_overlong_markup(std::string_view xml) {
    constexpr std::string_view data_opening = "<![CDATA[";
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
        const std::string_view rest = xml.substr(at);
        if (rest.starts_with(data_opening)) {
            const std::size_t end = rest.find("]]>");
            if (end == std::string_view::npos) return false;
            at += end;
            continue;
        }
        const std::size_t end = markup_end(rest.substr(0, XmlTree::markup_bytes_max));
        if (end == std::string_view::npos) return rest.size() > XmlTree::markup_bytes_max;
        at += end;
    }
    return false;
}

// bytes_read: how far the parser went; 0 for what it was not even shown.
Refusal malformed(const std::string& why, std::size_t bytes_read = 0) {
    return Refusal{Code::xml_malformed,
                   "fichier",
                   "Le fichier XML est refusé : " + why,
                   {{"bytes_read", std::to_string(bytes_read)}}};
}

void run_parser(WatchedText& watched, TreeBuilder& builder) {
    using Poco::XML::SAXParser;
    SAXParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, true);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setContentHandler(&builder);
    parser.setProperty(Poco::XML::XMLReader::PROPERTY_LEXICAL_HANDLER,
                       static_cast<Poco::XML::LexicalHandler*>(&builder));
    std::istream stream(&watched);
    Poco::XML::InputSource source(stream);
    parser.parse(&source);
}

}  // namespace

Result<XmlTree> XmlTree::parse(std::string_view xml,
                               const std::vector<std::string_view>& attributes) {
    return read(xml, bytes_max, attributes, nullptr);
}

Result<XmlTree> XmlTree::stream(std::string_view xml, const Visitor& visitor) {
    return read(xml, streamed_bytes_max, {currency_attribute}, visitor);
}

Result<XmlTree> XmlTree::read(std::string_view xml, std::size_t most_bytes,
                              const std::vector<std::string_view>& attributes,
                              const Visitor& visitor) {
    if (xml.size() > most_bytes) {
        return malformed("il pèse " + std::to_string(xml.size() >> 20U) +
                         " Mio, la limite est de " + std::to_string(most_bytes >> 20U) + " Mio.");
    }
    if (xml.find('\0') != std::string_view::npos) {
        return malformed("il contient des octets nuls ; il doit être en UTF-8.");
    }
    // Seen here as well as by the handler: the parser would have read the declarations before it
    // told.
    if (xml.find("<!DOCTYPE") != std::string_view::npos ||
        xml.find("<!ENTITY") != std::string_view::npos) {
        return malformed(
            "il contient une DTD ou des entités, ce qu'aucun relevé ni aucune facture ne doit "
            "contenir.");
    }
    if (has_overlong_markup(xml)) {
        return malformed("une balise ou un commentaire y dépasse " +
                         std::to_string(markup_bytes_max >> 10U) + " Kio.");
    }
    TreeBuilder builder(attributes, visitor);
    WatchedText watched(xml, builder);
    std::string fault;
    try {
        run_parser(watched, builder);
    } catch (const Poco::Exception& e) {
        fault = e.message().empty() ? e.name() : e.message();
    }
    if (builder.refusal()) return *builder.refusal();
    if (!builder.complaint().empty()) return malformed(builder.complaint(), watched.bytes_read());
    if (!fault.empty()) {
        return malformed(
            "il n'est pas bien formé (" + shown(fault) + ") ; redemandez-le à qui l'a émis.",
            watched.bytes_read());
    }
    if (builder.empty()) return malformed("il est vide.");
    return builder.take();
}

std::string_view XmlElement::name() const {
    return tree_ != nullptr ? std::string_view(tree_->names_[tree_->nodes_[index_].name]) : "";
}

std::string_view XmlElement::text() const {
    if (tree_ == nullptr) return {};
    const auto& node = tree_->nodes_[index_];
    return std::string_view(tree_->text_).substr(node.text_begin, node.text_bytes);
}

std::string_view XmlElement::attribute(std::string_view name) const {
    if (tree_ == nullptr) return {};
    std::uint32_t at = tree_->nodes_[index_].first_attribute;
    while (at != XmlTree::none) {
        const auto& attribute = tree_->attributes_[at];
        if (tree_->names_[attribute.name] == name) {
            return std::string_view(tree_->text_)
                .substr(attribute.text_begin, attribute.text_bytes);
        }
        at = attribute.next;
    }
    return {};
}

std::string_view XmlElement::currency() const {
    const std::string_view value = attribute(XmlTree::currency_attribute);
    return value.size() == 3 ? value : std::string_view();
}

std::string_view XmlElement::declared_namespace() const {
    if (tree_ == nullptr) return {};
    const std::uint32_t id = tree_->nodes_[index_].name_space;
    return id == XmlTree::none ? std::string_view() : std::string_view(tree_->names_[id]);
}

XmlElement XmlElement::first_child() const {
    if (tree_ == nullptr) return {};
    const std::uint32_t index = tree_->nodes_[index_].first_child;
    return index == XmlTree::none ? XmlElement() : XmlElement(*tree_, index);
}

XmlElement XmlElement::next() const {
    if (tree_ == nullptr) return {};
    const std::uint32_t index = tree_->nodes_[index_].next;
    return index == XmlTree::none ? XmlElement() : XmlElement(*tree_, index);
}

XmlElement XmlElement::child(std::string_view name) const {
    XmlElement at = first_child();
    while (at && at.name() != name) at = at.next();
    return at;
}

std::vector<XmlElement> XmlElement::children(std::string_view name) const {
    std::vector<XmlElement> found;
    for (XmlElement at = first_child(); at; at = at.next()) {
        if (at.name() == name) found.push_back(at);
    }
    return found;
}

}  // namespace deodat::bank
