#pragma once
// Certificates made for one test. Everything here throws std::runtime_error when OpenSSL does not play along.

#include <openssl/types.h>

#include <memory>
#include <string>

#include "support/child_process.hpp"

namespace cachify::test {

struct CertificateWishes {
  std::string alternativeNames = "DNS:localhost,IP:127.0.0.1";  ///< as OpenSSL's configuration writes them
  bool expired = false;
  std::string keyPassphrase{};  ///< empty: the key is not encrypted
};

/// Paths of PEM files.
struct CertificateFiles {
  std::string certFile;
  std::string keyFile;
};

/// A CA of its own, with a directory for what it issues.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(const std::string& name = "Cachify test CA");
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  [[nodiscard]] std::string caFile() const { return directory_ / "ca.pem"; }
  [[nodiscard]] CertificateFiles issue(const CertificateWishes& wishes = {});
  /// Signed by nobody but itself.
  [[nodiscard]] CertificateFiles selfSigned(const CertificateWishes& wishes = {});

 private:
  CertificateFiles make(const CertificateWishes& wishes, bool bySelf);

  TemporaryDirectory directory_;
  EVP_PKEY* key_;
  X509* certificate_;
  int issued_ = 0;
};

}  // namespace cachify::test
