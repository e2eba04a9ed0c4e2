#include "cache/transport/tls_context.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/bytes.hpp"

namespace cachify::cache {
namespace {

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freeing<&BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freeing<&EVP_PKEY_free>>;
using IpAddress = std::unique_ptr<ASN1_OCTET_STRING, Freeing<&ASN1_OCTET_STRING_free>>;

std::unexpected<Error> badFile(std::string_view field, const std::string& file, std::string_view what) {
  const std::string shown = escapeForDisplay(file);
  return fail(
      Error{.code = ErrorCode::validationError, .message = fmt::format("{} '{}' {}", field, shown, what)}
          .with("field", std::string(field))
          .with("value", shown));
}

Result<void> checkReadable(std::string_view field, const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return badFile(field, file, fmt::format("cannot be read: {}", std::strerror(errno)));
  struct stat status {};
  const bool regular = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  close(descriptor);
  if (!regular) return badFile(field, file, "is not a regular file");  // reading a pipe could wait for ever
  return {};
}

/// What OpenSSL asks for when a key is encrypted.
struct PassphraseQuestion {
  const SecretText& passphrase;
  bool asked = false;
};

int answerPassphrase(char* buffer, int size, int, void* data) {
  auto& question = *static_cast<PassphraseQuestion*>(data);
  question.asked = true;
  const std::string_view text = question.passphrase.reveal();
  if (text.empty() || text.size() > static_cast<std::size_t>(size)) return -1;
  std::ranges::copy(text, buffer);
  return static_cast<int>(text.size());
}

/// Slot of an SSL object; not null: the server asked for a certificate, and there was none to send.
int unsentCertificateSlot() {
  static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return slot;
}

int noteUnsentCertificate(SSL* connection, X509**, EVP_PKEY**) {
  static char mark;
  SSL_set_ex_data(connection, unsentCertificateSlot(), &mark);
  return 0;
}

}  // namespace

TlsContext::TlsContext() : context_(SSL_CTX_new(TLS_client_method())) {}

TlsContext::~TlsContext() {
  SSL_CTX_free(context_);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const domain::TlsSettings& settings,
                                                           const SecretText& keyPassphrase) {
  ERR_clear_error();
  const std::shared_ptr<TlsContext> made(new TlsContext);
  if (made->context_ == nullptr || SSL_CTX_set_min_proto_version(made->context_, TLS1_2_VERSION) != 1)
    return fail(ErrorCode::internalError, "OpenSSL gave no TLS context");
  SSL_CTX_set_client_cert_cb(made->context_, &noteUnsentCertificate);
  made->verify_ = settings.verify;
  if (auto ok = made->loadTrusted(settings.caFile); !ok) return std::unexpected(ok.error());
  if (!settings.certFile.empty()) {
    const bool apart = !settings.keyFile.empty();
    if (auto ok = made->loadCertificate(settings.certFile); !ok) return std::unexpected(ok.error());
    if (auto ok = made->loadKey(apart ? settings.keyFile : settings.certFile,
                                apart ? "tls.keyFile" : "tls.certFile", keyPassphrase);
        !ok) {
      return std::unexpected(ok.error());
    }
  }
  return made;
}

Result<void> TlsContext::loadTrusted(const std::string& caFile) {
  constexpr std::string_view kField = "tls.caFile";
  if (caFile.empty()) {
    SSL_CTX_set_default_verify_paths(context_);
    return {};
  }
  if (auto ok = checkReadable(kField, caFile); !ok) return ok;
  if (SSL_CTX_load_verify_file(context_, caFile.c_str()) != 1)
    return badFile(kField, caFile, "holds no certificate in PEM form");
  // Who names the server's own certificate, or an intermediate one, means just that.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context_), X509_V_FLAG_PARTIAL_CHAIN);
  return {};
}

Result<void> TlsContext::loadCertificate(const std::string& certFile) {
  constexpr std::string_view kField = "tls.certFile";
  if (auto ok = checkReadable(kField, certFile); !ok) return ok;
  if (SSL_CTX_use_certificate_chain_file(context_, certFile.c_str()) != 1)
    return badFile(kField, certFile, "holds no certificate in PEM form that could be used");
  hasClientCertificate_ = true;
  return {};
}

Result<void> TlsContext::loadKey(const std::string& keyFile, std::string_view field,
                                 const SecretText& passphrase) {
  if (auto ok = checkReadable(field, keyFile); !ok) return ok;
  const Bio file(BIO_new_file(keyFile.c_str(), "r"));
  if (!file) return badFile(field, keyFile, "cannot be read");
  PassphraseQuestion question{passphrase};
  const Key key(PEM_read_bio_PrivateKey(file.get(), nullptr, &answerPassphrase, &question));
  if (!key && question.asked && passphrase.empty()) {
    return badFile(field, keyFile,
                   "is encrypted, and its passphrase is not stored; give it with --tls-key-passphrase-stdin");
  }
  if (!key && question.asked) return badFile(field, keyFile, "is encrypted with another passphrase");
  if (!key) return badFile(field, keyFile, "holds no private key in PEM form");
  if (SSL_CTX_use_PrivateKey(context_, key.get()) != 1 || SSL_CTX_check_private_key(context_) != 1)
    return badFile(field, keyFile, "is not the key of the client certificate");
  return {};
}

SSL* TlsContext::newConnection(const std::string& serverName) const {
  SSL* connection = SSL_new(context_);
  if (connection == nullptr) return nullptr;
  const IpAddress address(a2i_IPADDRESS(serverName.c_str()));
  // RFC 6066 section 3: addresses are not sent as server names.
  if (!address) SSL_set_tlsext_host_name(connection, serverName.c_str());
  if (!verify_) return connection;
  X509_VERIFY_PARAM* expected = SSL_get0_param(connection);
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const int set = address ? X509_VERIFY_PARAM_set1_ip_asc(expected, serverName.c_str())
                          : X509_VERIFY_PARAM_set1_host(expected, serverName.data(), serverName.size());
  SSL_set_verify(connection, SSL_VERIFY_PEER, nullptr);
  if (set == 1) return connection;
  SSL_free(connection);
  return nullptr;
}

bool TlsContext::leftCertificateUnsent(const SSL* connection) {
  return SSL_get_ex_data(connection, unsentCertificateSlot()) != nullptr;
}

}  // namespace cachify::cache
