#pragma once
// A plugin host without an event log: trust is kept in memory, and faults are there to be looked at.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plugin_host/plugin_host.hpp"
#include "support/await.hpp"
#include "support/child_process.hpp"

namespace cachify::test {

class MemoryTrustLedger final : public plugin_host::TrustLedger {
 public:
  Result<plugin_host::TrustRecord> record(const std::string& pluginId, const Digest& digest) override {
    plugin_host::TrustRecord record = records[pluginId];
    record.faultsInRow = inRow[digest];
    return record;
  }
  void faulted(const plugin_host::FaultReport& report) override {
    faults.push_back(report);
    ++inRow[report.digest];
  }
  void worked(const std::string&, const Digest& digest) override {
    ++successes;
    inRow[digest] = 0;
  }

  std::map<std::string, plugin_host::TrustRecord> records;
  std::map<Digest, std::uint32_t> inRow;
  std::vector<plugin_host::FaultReport> faults;
  int successes = 0;
};

class PluginFixture : public ::testing::Test {
 protected:
  static std::filesystem::path bundledFolder() { return std::filesystem::path(CACHIFY_BIN_DIR) / "plugins"; }
  static CallContext soon() { return CallContext::within(std::chrono::seconds(30)); }

  /// Plugins in `folder`, all of which are trusted as they are.
  plugin_host::PluginHost& hostOf(const std::filesystem::path& folder, plugin_host::PluginLimits limits = {}) {
    trustAll(folder);
    host_ = std::make_unique<plugin_host::PluginHost>(plugin_host::PluginHostOptions{
        .executor = net_.get_executor(),
        .searchPath = {{folder, plugin_host::Origin::user}},
        .program = std::filesystem::path(CACHIFY_BIN_DIR) / "cachify-plugin-host",
        .ledger = ledger_,
        .limits = limits,
        .onLog = [this](std::string_view level, const std::string& line) { log_.push_back(std::string(level) + " " + line); }});
    return *host_;
  }
  void trustAll(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto package = plugin_host::readPackage(entry.path());
      if (package) ledger_.records[package->manifest.id].trusted = package->digest;
    }
  }

  template <class T>
  T wait(boost::asio::awaitable<T> task) {
    return await(net_, std::move(task));
  }

  boost::asio::io_context net_{1};
  MemoryTrustLedger ledger_;
  std::vector<std::string> log_;
  std::unique_ptr<plugin_host::PluginHost> host_;
};

}  // namespace cachify::test
