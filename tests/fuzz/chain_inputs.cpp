#include <iostream>
#include <sstream>

#include "tests/fuzz/inputs.h"

// The verifier is one file that shares nothing: what it reads with is reached from inside it.
#define main run_chain_verifier
#include "api/verifier/chain_verifier.cpp"
#undef main

namespace deodat::fuzz {
namespace {

// What the verifier prints goes nowhere while one of these stands.
class Silence {
  public:
    Silence() : kept_(std::cout.rdbuf(nullptr)) {}
    ~Silence() { std::cout.rdbuf(kept_); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    std::streambuf* kept_;
};

std::string hex(const Bytes& bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

Bytes eight_bytes(std::uint64_t number) {
    Bytes out;
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        out += static_cast<char>(number >> (shift - 8U) & 255U);
    }
    return out;
}

// One of the two chains, each link made around bytes of anybody's.
struct Forged {
    std::string kind;
    Bytes mark;
    Bytes head = nothing;
    std::uint64_t number = 0;

    std::string seal(std::string_view content) {
        const Bytes canonical = mark + head + eight_bytes(++number) + Bytes(content);
        const Bytes hash = sha256(canonical);
        std::string line = kind + " " + std::to_string(number) + " " + hex(head) + " " + hex(hash) +
                           " " + hex(canonical) + "\n";
        head = hash;
        return line;
    }
};

// Each link's content is a length (two bytes, the first one's highest bit telling an entry from a
// record) and so many bytes.
std::string chained(std::string_view bytes) {
    Forged entries{"entry", Bytes("DEODAT\x01", 7)};
    Forged records{"record", Bytes("DEODATR\x01", 8)};
    std::string links;
    Bytes identity = nothing;
    while (bytes.size() > 2) {
        const unsigned first = static_cast<unsigned char>(bytes[0]);
        const std::size_t size = (first & 127U) << 8U | static_cast<unsigned char>(bytes[1]);
        const std::string_view content = bytes.substr(2, size);
        bytes.remove_prefix(2 + content.size());
        links += ((first & 128U) != 0 ? records : entries).seal(content);
        if (records.number == 1) identity = records.head;
    }
    return "deodat-chain 1\nledger " + hex(identity) + "\nentries " +
           std::to_string(entries.number) + " " + hex(entries.head) + "\nrecords " +
           std::to_string(records.number) + " " + hex(records.head) + "\n" + links;
}

}  // namespace

bool is_chain(const std::string& file) {
    const Silence silence;
    try {
        Chain chain;
        std::istringstream in(file);
        read_lines(chain, {}, in, "deodat-chain 1");
        require_whole(chain);
        return true;
    } catch (const std::exception& wrong) {
        promise(wrong.what()[0] != '\0', "what is wrong is said");
        return false;
    }
}

std::string chain_of_bare_entries(std::size_t count) {
    // Five texts and the digest of no bytes, three numbers, a time, no postings; what a record
    // seals begins with a time, the entry before it (none), and names no table, key or earlier
    // record.
    const Bytes entry(8 + 4 * 6 + 3 * 8 + 4, '\0');
    const Bytes record(8 + 8 + 32 + 4 + 4 + 8 + 4 + 4, '\0');
    Bytes links;
    const auto add = [&](char kind, const Bytes& content) {
        links += kind;
        links += static_cast<char>(content.size());
        links += content;
    };
    add('\x80', record);
    for (std::size_t i = 0; i < count; ++i) add('\0', entry);
    return chained(links);
}

void try_chain(std::string_view bytes) {
    is_chain(std::string(bytes));
    std::string whole = chained(bytes);
    if (!is_chain(whole)) return;
    // The last sealed byte of the last link.
    char& digit = whole[whole.size() - 2];
    digit = digit == '0' ? '1' : '0';
    promise(!is_chain(whole), "a changed byte is found");
}

}  // namespace deodat::fuzz
