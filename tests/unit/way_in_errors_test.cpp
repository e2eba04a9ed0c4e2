#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "cache/transport/ssh_error.hpp"
#include "cache/transport/tls_error.hpp"
#include "cache/transport/way_in.hpp"

namespace cachify::cache {
namespace {

std::string detail(const Error& error, std::string_view name) {
  const auto* found = error.detail(name);
  return found == nullptr ? "" : std::get<std::string>(*found);
}

Endpoint endpoint(domain::SshSettings ssh = {}) {
  domain::TlsSettings tls;
  tls.enabled = true;
  return {.host = "cache.example",
          .port = 6380,
          .unixSocket = {},
          .way = std::make_shared<WayIn>(std::move(tls), std::move(ssh))};
}

Endpoint tunnelled() {
  return endpoint({.destination = "ada@bastion", .port = 2222, .configFile = "/my configs/ssh"});
}

TlsFailure failure(int reason) {
  TlsFailure failed;
  failed.code = ERR_PACK(ERR_LIB_SSL, 0, reason);
  failed.serverName = "cache.example";
  return failed;
}

std::string wordsOf(const TlsFailure& failed) {
  const Error error = tlsError(endpoint(), failed);
  EXPECT_EQ(error.code, ErrorCode::connectionFailed);
  EXPECT_EQ(detail(error, "reason"), "tls");
  EXPECT_EQ(detail(error, "endpoint"), "cache.example:6380");
  EXPECT_NE(detail(error, "tls"), "");
  return error.message;
}

std::string wordsOfCertificate(long verifyResult) {
  TlsFailure failed = failure(SSL_R_CERTIFICATE_VERIFY_FAILED);
  failed.verifyResult = verifyResult;
  return wordsOf(failed);
}

TEST(TlsError, SaysWhatIsWrongWithTheServersCertificate) {
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_CERT_HAS_EXPIRED).find("expired"), std::string::npos);
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_CERT_NOT_YET_VALID).find("clock"), std::string::npos);
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT).find("self-signed"),
            std::string::npos);
  for (const long unknown :
       {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
        X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE}) {
    EXPECT_NE(wordsOfCertificate(unknown).find("unknown CA"), std::string::npos);
  }
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_IP_ADDRESS_MISMATCH).find("not for 'cache.example'"),
            std::string::npos);
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_CERT_REVOKED).find("revoked"), std::string::npos);
  EXPECT_NE(wordsOfCertificate(X509_V_ERR_PATH_LENGTH_EXCEEDED).find("path length"), std::string::npos);
}

TEST(TlsError, TellsALackingClientCertificateFromARefusedOne) {
  TlsFailure failed = failure(SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE);
  EXPECT_NE(wordsOf(failed).find("no cipher"), std::string::npos);
  failed.certificateUnsent = true;
  EXPECT_NE(wordsOf(failed).find("demands a client certificate"), std::string::npos);
  EXPECT_NE(wordsOf(failure(SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED)).find("demands"), std::string::npos);
  failed = failure(SSL_R_TLSV1_ALERT_UNKNOWN_CA);
  EXPECT_NE(wordsOf(failed).find("demands"), std::string::npos);
  failed.certificateSent = true;
  EXPECT_NE(wordsOf(failed).find("does not accept the client certificate: its CA"), std::string::npos);
}

TEST(TlsError, CallsAnEndRetryableUnlessACertificateWasMissing) {
  TlsFailure ended;
  EXPECT_TRUE(tlsError(endpoint(), ended).retryable);
  ended.certificateUnsent = true;
  EXPECT_FALSE(tlsError(endpoint(), ended).retryable);
  EXPECT_FALSE(tlsError(endpoint(), failure(SSL_R_WRONG_VERSION_NUMBER)).retryable);
}

TEST(TlsError, RepeatsOpenSslWhereItKnowsNothingBetter) {
  OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS, nullptr);
  EXPECT_NE(wordsOf(failure(SSL_R_LENGTH_TOO_LONG)).find("length too long"), std::string::npos);
}

TEST(SshError, NamesTheCommandToRunByHandReadyToCopy) {
  const Error error =
      tunnelError(tunnelled(), "No ED25519 host key is known\r\nHost key verification failed.\r\n");
  EXPECT_NE(error.message.find("`ssh -F '/my configs/ssh' -p 2222 ada@bastion`"), std::string::npos)
      << error.message;
  EXPECT_NE(error.message.find("cache.example:6380 through ssh ada@bastion: "), std::string::npos);
  EXPECT_FALSE(error.retryable);
  EXPECT_EQ(detail(error, "reason"), "tunnel");
}

TEST(SshError, KeepsWhatOtherWordsMeanToSshAndEscapesThem) {
  const Error error = tunnelError(tunnelled(), "first\r\nlast \x1b[31mwords\r\n");
  EXPECT_NE(error.message.find("ssh ended: last \\x1b[31mwords"), std::string::npos) << error.message;
  EXPECT_TRUE(error.retryable);
  EXPECT_NE(tunnelError(tunnelled(), "").message.find("without a word"), std::string::npos);
  EXPECT_LE(detail(tunnelError(tunnelled(), std::string(100'000, 'x')), "ssh").size(), 500u);
}

TEST(SshError, TellsTheFarEndsTroubleFromItsOwn) {
  EXPECT_FALSE(farEndError(tunnelled(), "debug words\r\n"));
  const auto refused =
      farEndError(tunnelled(), "channel 2: open failed: connect failed: Connection refused\r\n");
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->retryable);
  EXPECT_NE(
      refused->message.find("ada@bastion could not reach the server: connect failed: Connection refused"),
      std::string::npos);
  const auto forbidden =
      farEndError(tunnelled(), "channel 2: open failed: administratively prohibited: \r\n");
  ASSERT_TRUE(forbidden);
  EXPECT_FALSE(forbidden->retryable);
}

}  // namespace
}  // namespace cachify::cache
