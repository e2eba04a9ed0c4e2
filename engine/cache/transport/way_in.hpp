#pragma once
// How the servers of one profile are reached when a plain connection does not do: settings of TLS and of the
// tunnel, with what is made from them once for all connections. One per session, shared by its endpoints; on
// the session's executor.

#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "cache/transport/transport.hpp"
#include "core/result.hpp"
#include "core/secret_text.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

class SshTunnel;
class TlsContext;

class WayIn {
 public:
  WayIn(domain::TlsSettings tls, domain::SshSettings ssh, SecretText keyPassphrase = {});
  ~WayIn();
  WayIn(const WayIn&) = delete;
  WayIn& operator=(const WayIn&) = delete;

  [[nodiscard]] bool encrypts() const { return tls_.enabled; }
  [[nodiscard]] bool tunnels() const { return !ssh_.destination.empty(); }
  [[nodiscard]] const domain::TlsSettings& tls() const { return tls_; }
  [[nodiscard]] const domain::SshSettings& ssh() const { return ssh_; }

  /// Reads the files at the first call, and again after a failure. VALIDATION_ERROR naming the profile's
  /// field.
  [[nodiscard]] Result<std::shared_ptr<const TlsContext>> tlsContext();
  /// One for each server; ssh is started when somebody wants to go through. It ends when the last holder of
  /// this object goes.
  [[nodiscard]] SshTunnel& tunnelTo(const boost::asio::any_io_executor& executor, const std::string& host,
                                    std::uint16_t port);

 private:
  domain::TlsSettings tls_;
  domain::SshSettings ssh_;
  SecretText keyPassphrase_;
  std::shared_ptr<const TlsContext> context_;
  std::map<std::pair<std::string, std::uint16_t>, std::unique_ptr<SshTunnel>> tunnels_;
};

/// Where a profile says its server is, and the way there. Other servers of the same session (replicas, nodes
/// of a cluster) have endpoints of their own with the same `way`.
[[nodiscard]] Endpoint endpointOf(const domain::ConnectionProfile& profile, SecretText keyPassphrase = {});

}  // namespace cachify::cache
