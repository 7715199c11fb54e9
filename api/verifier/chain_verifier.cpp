// deodat-verify-chain: proves an exported chain to somebody who trusts neither us nor the database.
//
//   deodat-verify-chain CHAIN [--anchor FILE]… [--public-key KEY.pem] [--authority TSA.pem]
//
// It shares no code with the ledger: one file, its own parser, OpenSSL. Recomputed are every hash
// of both chains, their order and number, the sum of each entry; each anchor's statement is
// compared with the chain; signatures are checked with the public key given, time stamps (RFC 3161)
// with the authority's certificate given. The forms are described in reports/chain_export.h and,
// byte by byte, in ledger/journal/chain.h, ledger/store/records.h and ledger/audit/statement.h.
// Ends with the first thing that is wrong (exit code 1); 2 for a wrong call.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ts.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Bytes = std::string;

struct Wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void require(bool holds, const std::string& otherwise) {
    if (!holds) throw Wrong(otherwise);
}

Bytes from_hex(const std::string& text) {
    require(text.size() % 2 == 0, "hexadécimal incomplet");
    Bytes out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::string digits = text.substr(i, 2);
        require(digits.find_first_not_of("0123456789abcdef") == Bytes::npos,
                "hexadécimal invalide");
        out += static_cast<char>(std::stoi(digits, nullptr, 16));
    }
    return out;
}

const unsigned char* data(const Bytes& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Bytes sha256(const Bytes& bytes) {
    Bytes out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(data(bytes), bytes.size(), reinterpret_cast<unsigned char*>(out.data()));
    return out;
}

const Bytes nothing(SHA256_DIGEST_LENGTH, '\0');

// Reads canonical bytes from the front; whatever is missing or left over is wrong.
class Fields {
  public:
    Fields(Bytes bytes, const Bytes& mark) : bytes_(std::move(bytes)) {
        require(raw(mark.size()) == mark, "forme ou version inconnue");
    }
    Bytes raw(std::size_t size) {
        require(bytes_.size() - at_ >= size, "octets manquants");
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const char c : raw(size)) value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }
    std::int64_t int64() { return static_cast<std::int64_t>(number(8)); }
    Bytes text() { return raw(number(4)); }
    void end() const { require(at_ == bytes_.size(), "octets en trop"); }

  private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

struct Chain {
    Bytes ledger;
    std::uint64_t entries_said = 0, records_said = 0;
    Bytes entry_head, record_head;
    std::vector<Bytes> entries = {nothing};  // hashes, by number
    std::vector<Bytes> records = {nothing};
    std::uint64_t postings = 0;
};

// What both chains have in common: number, previous hash, hash; then the rest of the fields.
Fields link(std::vector<Bytes>& hashes, std::istream& words, const Bytes& mark) {
    std::uint64_t number = 0;
    std::string previous;
    std::string hash;
    std::string canonical;
    words >> number >> previous >> hash >> canonical;
    require(number == hashes.size(),
            "trou ou doublon : attendu le n° " + std::to_string(hashes.size()));
    const Bytes bytes = from_hex(canonical);
    Fields fields(bytes, mark);
    require(from_hex(previous) == hashes.back(), "ne suit pas l'empreinte précédente");
    require(fields.raw(nothing.size()) == hashes.back(), "ne scelle pas l'empreinte précédente");
    require(sha256(bytes) == from_hex(hash), "empreinte fausse");
    require(fields.number(8) == number, "numéro scellé différent");
    hashes.push_back(from_hex(hash));
    return fields;
}

void read_entry(Chain& chain, std::istream& words) {
    Fields fields = link(chain.entries, words, Bytes("DEODAT\x01", 7));
    fields.text();                               // day
    fields.int64();                              // recorded at
    for (int i = 0; i < 4; ++i) fields.text();   // journal, event, label, piece
    for (int i = 0; i < 3; ++i) fields.int64();  // programme, person, reverses
    const Bytes digest = fields.text();
    require(digest.empty() || digest.size() == nothing.size(), "empreinte de décision mal formée");
    std::int64_t sum = 0;
    for (std::uint64_t left = fields.number(4); left > 0; --left, ++chain.postings) {
        fields.text();                               // role
        fields.text();                               // account
        for (int i = 0; i < 4; ++i) fields.int64();  // dossier, funder, contractor, batch
        const std::int64_t cents = fields.int64();
        require(cents >= -10'000'000'000'000 && cents <= 10'000'000'000'000, "montant hors bornes");
        require(!__builtin_add_overflow(sum, cents, &sum), "somme hors bornes");
    }
    fields.end();
    require(sum == 0, "ne s'équilibre pas : " + std::to_string(sum) + " centimes");
}

void read_record(Chain& chain, std::istream& words) {
    Fields fields = link(chain.records, words, Bytes("DEODATR\x01", 8));
    fields.int64();  // recorded at
    const std::uint64_t entry = fields.number(8);
    require(entry < chain.entries.size(), "nomme une écriture qui n'existe pas");
    require(fields.raw(nothing.size()) == chain.entries[entry], "nomme une autre écriture");
    fields.text();  // table
    fields.text();  // key
    require(fields.number(8) < chain.records.size() - 1, "suit un enregistrement à venir");
    fields.number(4);  // columns
    fields.text();     // digest
    fields.end();
}

// A word of the file as it may be shown: the file is anybody's, and a terminal obeys some signs.
std::string shown(const std::string& word) {
    const std::string start = word.substr(0, 20);
    const bool plain = std::all_of(start.begin(), start.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == ':' ||
               c == 'T' || c == 'Z';
    });
    return plain ? start : "(illisible)";
}

// Compares a statement with the chain; its bytes.
Bytes read_statement(const Chain& chain, const std::string& hex) {
    const Bytes bytes = from_hex(hex);
    Fields fields(bytes, Bytes("DEODATS\x01", 8));
    require(fields.raw(nothing.size()) == chain.ledger, "est d'un autre grand livre");
    for (const auto* hashes : {&chain.entries, &chain.records}) {
        const std::uint64_t number = fields.number(8);
        require(number < hashes->size(), "prouve un n° " + std::to_string(number) +
                                             " que la chaîne n'a pas : la fin a été coupée");
        require(
            fields.raw(nothing.size()) == (*hashes)[number],
            "contredit la chaîne au n° " + std::to_string(number) + " : le passé a été réécrit");
    }
    std::cout << "  ancre du " << shown(fields.text());
    fields.end();
    return bytes;
}

template <class T>
std::shared_ptr<T> owned(T* pointer, void (*free)(T*)) {
    require(pointer != nullptr, "OpenSSL ne peut lire l'un des éléments");
    return {pointer, free};
}

std::shared_ptr<BIO> file(const std::string& path) {
    return owned<BIO>(BIO_new_file(path.c_str(), "rb"), [](BIO* b) { BIO_free(b); });
}

void check_signature(const std::string& key_path, const Bytes& statement, const Bytes& raw_key,
                     const Bytes& signature) {
    const auto key = owned<EVP_PKEY>(
        PEM_read_bio_PUBKEY(file(key_path).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    Bytes trusted(32, '\0');
    std::size_t size = trusted.size();
    EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(trusted.data()), &size);
    require(trusted == raw_key, "est signée d'une autre clé que celle donnée");
    const auto context = owned<EVP_MD_CTX>(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                EVP_DigestVerify(context.get(), data(signature), signature.size(), data(statement),
                                 statement.size()) == 1,
            "porte une signature fausse");
}

void check_time_stamp(const std::string& authority, const Bytes& statement,
                      const Bytes& request_der, const Bytes& response_der) {
    const unsigned char* at = data(request_der);
    const auto request =
        owned<TS_REQ>(d2i_TS_REQ(nullptr, &at, static_cast<long>(request_der.size())), TS_REQ_free);
    at = data(response_der);
    const auto response = owned<TS_RESP>(
        d2i_TS_RESP(nullptr, &at, static_cast<long>(response_der.size())), TS_RESP_free);
    const ASN1_OCTET_STRING* asked = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(request.get()));
    require(Bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(asked)),
                  static_cast<std::size_t>(ASN1_STRING_length(asked))) == sha256(statement),
            "est horodatée pour un autre état");
    TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
    std::tm stamped = {};
    require(info != nullptr && ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &stamped) == 1,
            "n'a pas d'horodatage accordé");
    const auto bio = file(authority);
    X509_STORE* store = X509_STORE_new();  // the context's, once set
    const auto context =
        owned<TS_VERIFY_CTX>(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr), TS_VERIFY_CTX_free);
    TS_VERIFY_CTX_set_store(context.get(), store);
    TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
    while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), timegm(&stamped));
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    require(TS_RESP_verify_response(context.get(), response.get()) == 1,
            "porte un horodatage qui n'est pas de cette autorité, ou pour une autre demande");
    std::array<char, 32> text = {};
    const std::size_t size =
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &stamped);
    std::cout << ", horodatée le " << std::string(text.data(), size);
}

struct Trust {
    // Paths; empty: not checked.
    std::string public_key;
    std::string authority;
};

void read_line(Chain& chain, const Trust& trust, const std::string& line) {
    std::istringstream words(line);
    std::string kind;
    std::string a;
    std::string b;
    std::string c;
    words >> kind;
    if (kind == "entry") return read_entry(chain, words);
    if (kind == "record") return read_record(chain, words);
    if (kind == "ledger" && words >> a) {
        chain.ledger = from_hex(a);
    } else if (kind == "entries" && words >> chain.entries_said >> a) {
        chain.entry_head = from_hex(a);
    } else if (kind == "records" && words >> chain.records_said >> a) {
        chain.record_head = from_hex(a);
    } else if (kind == "signature" && words >> a >> b >> c) {
        const Bytes statement = read_statement(chain, a);
        if (!trust.public_key.empty()) {
            check_signature(trust.public_key, statement, from_hex(b), from_hex(c));
        }
        std::cout << (trust.public_key.empty() ? ", signature non vérifiée\n"
                                               : ", signature vérifiée\n");
    } else if (kind == "time-stamp" && words >> a >> b >> c) {
        const Bytes statement = read_statement(chain, a);
        if (!trust.authority.empty()) {
            check_time_stamp(trust.authority, statement, from_hex(b), from_hex(c));
        }
        std::cout << (trust.authority.empty() ? ", horodatage non vérifié\n" : "\n");
    } else {
        throw Wrong("ligne inconnue ou incomplète");
    }
}

void read_lines(Chain& chain, const Trust& trust, std::istream& in, const std::string& form) {
    std::string line;
    require(static_cast<bool>(std::getline(in, line)) && line == form, "« " + form + " » attendu");
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::string name;
        std::string number;
        words >> name >> number;
        try {
            read_line(chain, trust, line);
        } catch (const std::exception& wrong) {
            const bool anchor = name == "signature" || name == "time-stamp";
            throw Wrong(anchor ? "une ancre " + std::string(wrong.what())
                               : shown(name) + " " + shown(number) + " : " + wrong.what());
        }
    }
}

void read_file(Chain& chain, const Trust& trust, const std::string& path, const std::string& form) {
    std::ifstream in(path);
    require(static_cast<bool>(in), path + " : illisible");
    read_lines(chain, trust, in, form);
}

void require_whole(const Chain& chain) {
    require(chain.entries.size() == chain.entries_said + 1 &&
                chain.entries.back() == chain.entry_head &&
                chain.records.size() == chain.records_said + 1 &&
                chain.records.back() == chain.record_head,
            "la chaîne ne finit pas où elle l'annonce");
    require(chain.records.size() > 1 && chain.ledger == chain.records[1], "identité fausse");
}

}  // namespace

int main(int count, char** values) {
    Trust trust;
    std::vector<std::string> chains;
    std::vector<std::string> anchors;
    for (int i = 1; i < count; ++i) {
        const std::string word = values[i];
        if (word.rfind("--", 0) != 0) {
            chains.push_back(word);
            continue;
        }
        const std::string value = i + 1 < count ? values[++i] : "";
        if (word == "--anchor") anchors.push_back(value);
        if (word == "--public-key") trust.public_key = value;
        if (word == "--authority") trust.authority = value;
        if (value.empty() ||
            (word != "--anchor" && word != "--public-key" && word != "--authority")) {
            chains.clear();
            break;
        }
    }
    if (chains.size() != 1) {
        std::cerr << "Usage : deodat-verify-chain CHAÎNE [--anchor FICHIER]… [--public-key CLÉ.pem]"
                     " [--authority CERTIFICAT.pem]\n";
        return 2;
    }
    try {
        Chain chain;
        read_file(chain, trust, chains[0], "deodat-chain 1");
        require_whole(chain);
        for (const std::string& path : anchors) read_file(chain, trust, path, "deodat-anchor 1");
        std::cout << "✔ " << chain.entries_said << " écritures, " << chain.postings << " lignes, "
                  << chain.records_said << " enregistrements\n";
        return 0;
    } catch (const std::exception& wrong) {
        std::cout << "\n✘ " << wrong.what() << "\n";
        return 1;
    }
}
