#include "cache/transport/tls_error.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "cache/transport/transport_error.hpp"
#include "core/bytes.hpp"

namespace cachify::cache {
namespace {

constexpr std::string_view kDemandsCertificate =
    "the server demands a client certificate; name its files (--tls-cert, --tls-key)";

std::string certificateWords(const TlsFailure& failure) {
  switch (failure.verifyResult) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "the server's certificate, or its CA's, has expired; it must be renewed on the server";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the server's certificate is not valid yet; is this machine's clock right?";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "the server's certificate is self-signed; to trust it, name it as the CA file (--tls-ca)";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "the server's certificate is signed by an unknown CA; name the CA's certificate as the CA file "
             "(--tls-ca)";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return fmt::format(
          "the server's certificate is not for '{}'; if this is the right server, give the name that the "
          "certificate is for (--tls-server-name)",
          escapeForDisplay(failure.serverName));
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return "the server's certificate is signed with another key than the CA of that name has in the CA "
             "file; was "
             "the CA renewed? (--tls-ca)";
    case X509_V_ERR_CERT_REVOKED:
      return "the server's certificate was revoked";
    default:
      return fmt::format("the server's certificate cannot be trusted: {}",
                         X509_verify_cert_error_string(failure.verifyResult));
  }
}

/// What an alert of the server says about our certificate, or the lack of one.
std::string refusedCertificateWords(const TlsFailure& failure, std::string_view why) {
  if (!failure.certificateSent) return std::string(kDemandsCertificate);
  return fmt::format("the server does not accept the client certificate: {}", why);
}

std::string handshakeWords(const TlsFailure& failure) {
  if (failure.verifyResult != X509_V_OK) return certificateWords(failure);
  switch (ERR_GET_REASON(failure.code)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_UNKNOWN_PROTOCOL:
      return "the server does not speak TLS on this port";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the server speaks no version of TLS that is accepted here (1.2 and 1.3)";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
      return std::string(kDemandsCertificate);
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
      return failure.certificateUnsent ? std::string(kDemandsCertificate)
                                       : "the server broke off the handshake: no cipher suits both sides";
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return refusedCertificateWords(failure, "its CA is unknown there");
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
      return refusedCertificateWords(failure, "it has expired");
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
      return refusedCertificateWords(failure, "it was revoked");
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
      return refusedCertificateWords(failure, "it is not one that the server lets in");
    case SSL_R_TLSV1_UNRECOGNIZED_NAME:
      return fmt::format(
          "the server does not know the name '{}'; give the one it goes by (--tls-server-name)",
          escapeForDisplay(failure.serverName));
    default:
      break;
  }
  const char* said = ERR_reason_error_string(failure.code);
  return fmt::format("TLS failed: {}", said == nullptr ? "no reason is known" : said);
}

std::string endWords(const TlsFailure& failure) {
  if (!failure.certificateUnsent) return "the server ended the TLS connection without a word";
  return "the server ended the TLS connection; it had asked for a client certificate, and none is named "
         "(--tls-cert, --tls-key)";
}

std::string opensslWords(const TlsFailure& failure) {
  const char* said = failure.code == 0 ? nullptr : ERR_reason_error_string(failure.code);
  if (failure.verifyResult != X509_V_OK) said = X509_verify_cert_error_string(failure.verifyResult);
  return said == nullptr ? "unexpected end" : said;
}

}  // namespace

Error tlsError(const Endpoint& endpoint, const TlsFailure& failure) {
  const bool ended = failure.code == 0;
  Error error = connectionFailed(endpoint, "tls", ended ? endWords(failure) : handshakeWords(failure));
  error.retryable = ended && !failure.certificateUnsent;
  return std::move(error).with("tls", opensslWords(failure));
}

}  // namespace cachify::cache
