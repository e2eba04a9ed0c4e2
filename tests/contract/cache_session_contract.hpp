#pragma once
// What every CacheSession must do, whatever server it speaks to: the fixture of the contract tests.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "contract/cache_under_test.hpp"
#include "support/await.hpp"
#include "support/test_gate.hpp"

namespace cachify::test {

using namespace std::chrono_literals;

class CacheSessionContract : public testing::TestWithParam<CacheKind> {
 protected:
  using Outcomes = std::vector<cache::ApplyOutcome>;

  template <class T>
  T await(boost::asio::awaitable<T> task) {
    return test::await(io_, std::move(task));
  }
  static CallContext soon() { return CallContext::within(10s); }

  /// With the permit that fits.
  Outcomes applyAll(std::vector<domain::Mutation> mutations, std::unique_ptr<cache::Hold> hold = nullptr);
  cache::ApplyOutcome apply(domain::Mutation mutation, std::unique_ptr<cache::Hold> hold = nullptr);
  /// Must succeed.
  void mustApply(domain::Mutation mutation);
  void set(const Bytes& key, const Bytes& value, domain::TtlChange ttl = domain::NoTtl{});
  /// As somebody else, over another session.
  void setElsewhere(const Bytes& key, const Bytes& value);

  cache::ReadValue read(const Bytes& key);
  /// Nothing when absent.
  std::optional<Bytes> value(const Bytes& key);
  domain::Capture capture(const Bytes& key);
  cache::HeldCapture captureHeld(std::vector<Bytes> keys);
  std::vector<Bytes> scanAll(cache::ScanRequest request);
  bool has(cache::Capability capability);
  WallTime now() const { return SystemClock().now(); }

  /// Around `expected`: a server may round to seconds, and time goes on.
  static void expectTtl(std::optional<std::chrono::milliseconds> ttl, std::chrono::milliseconds expected);
  /// As a read tells it, or a capture where no read can.
  void expectTtl(const Bytes& key, std::chrono::milliseconds expected) { expectTtl(ttlOf(key), expected); }
  void expectNoTtl(const Bytes& key) { EXPECT_FALSE(ttlOf(key)) << key; }
  std::optional<std::chrono::milliseconds> ttlOf(const Bytes& key);
  /// VALIDATION_ERROR from whatever is done with it.
  void expectRefused(const Bytes& key);

  boost::asio::io_context io_{1};
  ConnectionId connection_ = ConnectionId::make(SystemClock().now());
  std::unique_ptr<CacheUnderTest> cache_ = GetParam().make();
  std::unique_ptr<cache::CacheSession> session_ = cache_->session(io_.get_executor(), connection_);
  std::unique_ptr<cache::CacheSession> other_ = cache_->session(io_.get_executor(), connection_);

 private:
  Outcomes applyOn(cache::CacheSession& session, std::vector<domain::Mutation> mutations,
                   std::unique_ptr<cache::Hold> hold);
};

}  // namespace cachify::test
