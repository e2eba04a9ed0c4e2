#pragma once
// What TLS connections of one session share: trusted certificates, our own certificate and key. OpenSSL
// alone, no I/O but reading the files.

#include <openssl/types.h>

#include <memory>
#include <string>

#include "core/result.hpp"
#include "core/secret_text.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

class TlsContext {
 public:
  /// VALIDATION_ERROR with detail `field` (tls.caFile, tls.certFile, tls.keyFile) for a file that is missing
  /// or is not PEM, a key that is not the certificate's, and an encrypted key without its passphrase.
  [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> load(const domain::TlsSettings& settings,
                                                                      const SecretText& keyPassphrase);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// For one connection: a name is sent to the server, and it or the address is what the server's certificate
  /// must be for, unless the profile switched that off. Null when memory is short; the caller frees it.
  [[nodiscard]] SSL* newConnection(const std::string& serverName) const;
  [[nodiscard]] bool hasClientCertificate() const { return hasClientCertificate_; }

  /// Whether the server of that connection asked for a client certificate and got none.
  [[nodiscard]] static bool leftCertificateUnsent(const SSL* connection);

 private:
  TlsContext();
  Result<void> loadTrusted(const std::string& caFile);
  Result<void> loadCertificate(const std::string& certFile);
  Result<void> loadKey(const std::string& keyFile, std::string_view field, const SecretText& passphrase);

  SSL_CTX* context_;
  bool verify_ = true;
  bool hasClientCertificate_ = false;
};

}  // namespace cachify::cache
