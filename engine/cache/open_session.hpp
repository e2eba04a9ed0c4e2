#pragma once
// Makes the session that fits a profile. No network traffic happens here; `probe` or the first call connects.

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "cache/cache_session.hpp"
#include "core/secret_text.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

/// `profile` must be valid. `executor` must run one handler at a time.
[[nodiscard]] std::unique_ptr<CacheSession> openSession(boost::asio::any_io_executor executor,
                                                        const domain::ConnectionProfile& profile,
                                                        SecretText password, SecretText tlsKeyPassphrase = {});

}  // namespace cachify::cache
