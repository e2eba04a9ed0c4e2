#include "support/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>

namespace cachify::test {
namespace {

constexpr long kDay = 24L * 60 * 60;

template <class T>
T* must(T* made, const char* what) {
  if (made == nullptr) throw std::runtime_error(what);
  return made;
}

void must(int done, const char* what) {
  if (done <= 0) throw std::runtime_error(what);
}

EVP_PKEY* newKey() {
  return must(EVP_EC_gen("P-256"), "no key");
}

void addExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension =
      must(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), "no such extension");
  must(X509_add_ext(certificate, extension, -1), "the extension was not added");
  X509_EXTENSION_free(extension);
}

/// Without signature.
X509* newCertificate(EVP_PKEY* key, const std::string& name, long serial, bool expired) {
  X509* certificate = must(X509_new(), "no certificate");
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), expired ? -3 * kDay : -kDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate), expired ? -2 * kDay : kDay);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuerKey) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  must(X509_sign(certificate, issuerKey, EVP_sha256()), "not signed");
}

void writeCertificate(const std::string& file, X509* certificate) {
  std::FILE* out = must(std::fopen(file.c_str(), "w"), "no file for the certificate");
  const int done = PEM_write_X509(out, certificate);
  std::fclose(out);
  must(done, "the certificate was not written");
}

void writeKey(const std::string& file, EVP_PKEY* key, const std::string& passphrase) {
  std::FILE* out = must(std::fopen(file.c_str(), "w"), "no file for the key");
  const auto* secret = reinterpret_cast<const unsigned char*>(passphrase.data());
  const int done = passphrase.empty()
                       ? PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr)
                       : PEM_write_PrivateKey(out, key, EVP_aes_256_cbc(), secret,
                                              static_cast<int>(passphrase.size()), nullptr, nullptr);
  std::fclose(out);
  must(done, "the key was not written");
}

}  // namespace

CertificateAuthority::CertificateAuthority(const std::string& name)
    : key_(newKey()), certificate_(newCertificate(key_, name, 1, false)) {
  addExtension(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
  addExtension(certificate_, certificate_, NID_subject_key_identifier, "hash");
  sign(certificate_, certificate_, key_);
  writeCertificate(caFile(), certificate_);
}

CertificateAuthority::~CertificateAuthority() {
  X509_free(certificate_);
  EVP_PKEY_free(key_);
}

CertificateFiles CertificateAuthority::issue(const CertificateWishes& wishes) {
  return make(wishes, false);
}

CertificateFiles CertificateAuthority::selfSigned(const CertificateWishes& wishes) {
  return make(wishes, true);
}

CertificateFiles CertificateAuthority::make(const CertificateWishes& wishes, bool bySelf) {
  const std::string name = std::to_string(++issued_);
  EVP_PKEY* key = newKey();
  X509* certificate = newCertificate(key, "certificate " + name, issued_ + 1, wishes.expired);
  addExtension(certificate, bySelf ? certificate : certificate_, NID_subject_alt_name,
               wishes.alternativeNames);
  sign(certificate, bySelf ? certificate : certificate_, bySelf ? key : key_);
  CertificateFiles files{.certFile = directory_ / (name + ".pem"), .keyFile = directory_ / (name + ".key")};
  writeCertificate(files.certFile, certificate);
  writeKey(files.keyFile, key, wishes.keyPassphrase);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

}  // namespace cachify::test
