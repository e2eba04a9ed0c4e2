#pragma once
// An Engine on a data directory of its own, for tests of whole acts.

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

#include "studio/engine.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {

class EngineFixture : public ::testing::Test {
 protected:
  EngineFixture() {
    setenv("CACHIFY_SECRET_STORE", "file", 1);
    reopen();
  }

  void reopen() {
    engine_.reset();
    auto opened = studio::Engine::open({.dataDirectory = data_ / "data", .logMapSizeBytes = 4ULL << 30});
    if (!opened) throw std::runtime_error(opened.error().message);
    engine_ = std::move(*opened);
  }

  domain::ConnectionProfile add(domain::ConnectionProfile draft) {
    auto added = engine_->wait(engine_->connections().add(std::move(draft), actions::KeepSecret{}));
    if (!added) throw std::runtime_error(added.error().message);
    return *added;
  }

  static domain::ConnectionProfile draft(domain::CacheEngine kind, std::uint16_t port) {
    domain::ConnectionProfile profile;
    profile.name = "cache";
    profile.engine = kind;
    profile.host = kLoopback;
    profile.port = port;
    return profile;
  }

  /// Frames of one event type, oldest first.
  std::vector<log::Frame> framesOf(events::EventType type) {
    EXPECT_TRUE(engine_->log().flush());
    std::vector<log::Frame> found;
    log::Position next = 1;
    for (;;) {
      const auto frames = engine_->log().framesFrom(next, 1 << 20);
      if (!frames || frames->empty()) return found;
      for (const auto& frame : *frames) {
        if (frame.type == static_cast<std::uint16_t>(type)) found.push_back(frame);
        next = frame.lastPosition() + 1;
      }
    }
  }

  TemporaryDirectory data_;
  std::unique_ptr<studio::Engine> engine_;
};

}  // namespace cachify::test
