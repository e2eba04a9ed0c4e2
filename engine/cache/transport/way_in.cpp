#include "cache/transport/way_in.hpp"

#include "cache/transport/ssh_tunnel.hpp"
#include "cache/transport/tls_context.hpp"

namespace cachify::cache {

WayIn::WayIn(domain::TlsSettings tls, domain::SshSettings ssh, SecretText keyPassphrase)
    : tls_(std::move(tls)), ssh_(std::move(ssh)), keyPassphrase_(std::move(keyPassphrase)) {}

WayIn::~WayIn() = default;

Result<std::shared_ptr<const TlsContext>> WayIn::tlsContext() {
  if (!context_) {
    auto loaded = TlsContext::load(tls_, keyPassphrase_);
    if (!loaded) return std::unexpected(loaded.error());
    context_ = std::move(*loaded);
  }
  return context_;
}

SshTunnel& WayIn::tunnelTo(const boost::asio::any_io_executor& executor, const std::string& host,
                           std::uint16_t port) {
  auto& tunnel = tunnels_[{host, port}];
  if (!tunnel) tunnel = std::make_unique<SshTunnel>(executor, ssh_, host, port);
  return *tunnel;
}

Endpoint endpointOf(const domain::ConnectionProfile& profile, SecretText keyPassphrase) {
  Endpoint endpoint{.host = profile.host, .port = profile.port, .unixSocket = profile.unixSocket};
  if (profile.tls.enabled || !profile.ssh.destination.empty())
    endpoint.way = std::make_shared<WayIn>(profile.tls, profile.ssh, std::move(keyPassphrase));
  return endpoint;
}

}  // namespace cachify::cache
