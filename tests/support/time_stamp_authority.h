// A time-stamp authority of the test's own, played by OpenSSL's command: RFC 3161 as others do it.
#pragma once
#include <fstream>
#include <string>

#include "tests/support/programs.h"

namespace deodat::testing_support {

class TimeStampAuthority {
  public:
    // Makes its certificates and keys in a new directory.
    explicit TimeStampAuthority(std::filesystem::path directory)
        : directory_(std::move(directory)) {
        std::filesystem::create_directories(directory_);
        std::ofstream(directory_ / "serial") << "01\n";
        std::ofstream(directory_ / "tsa.cnf")
            << "[req]\ndistinguished_name = dn\nprompt = no\n[dn]\nCN = Autorite d'essai\n"
               "[ca]\nbasicConstraints = critical,CA:true\n"
               "[stamping]\nextendedKeyUsage = critical,timeStamping\n"
               "[tsa]\ndefault_tsa = tsa1\n[tsa1]\ndir = .\nserial = ./serial\n"
               "crypto_device = builtin\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n"
               "digests = sha256\nordering = yes\ntsa_name = yes\ness_cert_id_chain = no\n"
               "ess_cert_id_alg = sha256\n";
        openssl(
            "req -x509 -newkey ed25519 -nodes -keyout ca.key -out ca.pem -days 3650"
            " -config tsa.cnf -extensions ca");
        openssl("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -config tsa.cnf");
        openssl(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem"
            " -days 3650 -extfile tsa.cnf -extensions stamping");
    }
    std::filesystem::path certificate() const { return directory_ / "ca.pem"; }

    // Answers the request in a file with a response in another.
    void answer(const std::filesystem::path& request, const std::filesystem::path& response) const {
        openssl("ts -reply -config tsa.cnf -queryfile '" + request.string() +
                "' -signer tsa.pem -inkey tsa.key -out '" + response.string() + "'");
    }
    // Runs openssl in the authority's directory.
    void openssl(const std::string& arguments) const {
        const auto ran =
            run("cd '" + directory_.string() + "' && openssl " + arguments + " 2>&1 </dev/null");
        EXPECT_EQ(ran.status, 0) << arguments << "\n" << ran.output;
    }

  private:
    std::filesystem::path directory_;
};

}  // namespace deodat::testing_support
