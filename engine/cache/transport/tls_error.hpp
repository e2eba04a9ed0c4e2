#pragma once
// What a failed TLS connection means, in words that say what to do. Pure.

#include <string>

#include "cache/transport/transport.hpp"
#include "core/result.hpp"

namespace cachify::cache {

struct TlsFailure {
  unsigned long code = 0;          ///< of OpenSSL; 0: the stream ended where it must not
  long verifyResult = 0;           ///< X509_V_…; what was wrong with the server's certificate
  std::string serverName{};        ///< that the certificate should have been for
  bool certificateSent = false;    ///< we have a client certificate
  bool certificateUnsent = false;  ///< the server asked for one, and we have none
};

/// CONNECTION_FAILED with reason `tls` and details `endpoint` and `tls` (OpenSSL's own words). Retryable only
/// where the stream just ended, for the server may be restarting.
[[nodiscard]] Error tlsError(const Endpoint& endpoint, const TlsFailure& failure);

}  // namespace cachify::cache
