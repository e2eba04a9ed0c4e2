#pragma once
// One question and one answer over a transport, whatever the way.

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <string>

#include "cache/transport/transport.hpp"
#include "cache/transport/way_in.hpp"
#include "support/await.hpp"
#include "support/server.hpp"

namespace cachify::test {

using namespace std::chrono_literals;

class WayInFixture : public testing::Test {
 protected:
  [[nodiscard]] static cache::Endpoint to(std::uint16_t port, std::shared_ptr<cache::WayIn> way = {},
                                          std::string host = kLoopback) {
    return {.host = std::move(host), .port = port, .unixSocket = {}, .way = std::move(way)};
  }
  /// Connects, then asks.
  Result<std::string> ping(cache::Endpoint endpoint, CallContext context = CallContext::within(10s)) {
    transport_ = cache::makeTransport(io_.get_executor(), std::move(endpoint));
    if (auto connected = await(io_, transport_->connect(context)); !connected)
      return std::unexpected(connected.error());
    return ask("PING\r\n", context);
  }
  Result<std::string> ask(std::string_view question, CallContext context = CallContext::within(10s)) {
    if (auto written = await(io_, transport_->writeAll(question, context)); !written)
      return std::unexpected(written.error());
    std::array<char, 256> buffer{};
    auto got = await(io_, transport_->readSome(buffer, context));
    if (!got) return std::unexpected(got.error());
    return std::string(buffer.data(), *got);
  }
  static std::string detail(const Error& error, std::string_view name) {
    const auto* found = error.detail(name);
    return found == nullptr ? "" : std::get<std::string>(*found);
  }

  boost::asio::io_context io_{1};
  std::unique_ptr<cache::Transport> transport_;
};

}  // namespace cachify::test
