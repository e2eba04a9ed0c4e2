#pragma once
// A Redis with keys of every type for workflows to work on, and a look at all of it.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/workflow_fixture.hpp"

namespace cachify::test {

inline constexpr const char* kAllKeys = R"({"pattern":"k:*"})";

class WorkflowOnKeys : public RedisWorkflow {
 protected:
  /// `k:0` …: every type, every second one with a TTL of about two hours.
  void fillMixed(int keys, const std::string& prefix = "k:") {
    std::vector<std::vector<std::string>> commands;
    for (int i = 0; i < keys; ++i) {
      const std::string number = std::to_string(i);
      const std::string key = prefix + number;
      const std::vector<std::vector<std::string>> values{
          {"SET", key, "v" + number},
          {"HSET", key, "f", number, "g", std::string(40, 'h')},
          {"RPUSH", key, number, std::string("\0\r\n", 3), "last"},
          {"ZADD", key, "1.5", number, "-inf", "low"},
          {"SADD", key, number, "a", "b"},
      };
      commands.push_back(values[static_cast<std::size_t>(i) % values.size()]);
      if (i % 2 == 0) commands.push_back({"PEXPIRE", key, std::to_string(7'200'000 + i)});
    }
    static_cast<void>(cli_.pipeline(commands));
  }

  /// What a key is: its content by the server's own digest, and when it expires.
  struct Seen {
    std::string digest;
    long long expiresAt = 0;
    bool operator==(const Seen&) const = default;
  };
  std::map<std::string, Seen> everything() {
    std::vector<std::vector<std::string>> looks;
    const auto keys = cli_.must({"KEYS", "*"}).elements;
    for (const auto& key : keys) {
      looks.push_back({"DEBUG", "DIGEST-VALUE", key.text});
      looks.push_back({"PEXPIRETIME", key.text});
    }
    const auto replies = cli_.pipeline(looks);
    std::map<std::string, Seen> all;
    for (std::size_t i = 0; i < keys.size(); ++i)
      all[keys[i].text] = {replies[2 * i].elements.at(0).text, replies[2 * i + 1].integer};
    return all;
  }

  void edit(const std::function<void(domain::ConnectionProfile&)>& change) {
    auto changed = profile_;
    change(changed);
    auto edited = engine_->wait(engine_->connections().edit(changed, actions::KeepSecret{}));
    if (!edited) throw std::runtime_error(edited.error().message);
    profile_ = *edited;
  }

  Result<actions::RunReport> run(actions::RunRequest request, actions::RunWatch watch = {}) {
    return engine_->wait(engine_->workflows().run(std::move(request), std::move(watch)));
  }
  Result<actions::RunReport> resume(ExecutionId id, actions::Consent consent = {}) {
    return engine_->wait(engine_->workflows().resume(id, std::move(consent), {}));
  }
  /// A run that must succeed.
  actions::RunReport done(std::string kind, std::string parameters) {
    const auto report = run(request(std::move(kind), std::move(parameters)));
    if (!report) throw std::runtime_error(report.error().message);
    EXPECT_EQ(report->status, domain::RunStatus::success) << report->message;
    return *report;
  }
  actions::RunReport undone(ExecutionId id, bool force = false) {
    const auto report = rollBack(id, force);
    if (!report) throw std::runtime_error(report.error().message);
    return *report;
  }
};

}  // namespace cachify::test
