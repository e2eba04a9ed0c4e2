#pragma once
// Runs of workflows through the engine, with the bundled plugins and a real Redis.

#include <gmock/gmock.h>

#include "support/mutation_fixture.hpp"

namespace cachify::test {

class RedisWorkflow : public RedisMutation {
 protected:
  actions::RunRequest request(std::string kind, std::string parameters) {
    return {.profile = profile_, .kind = std::move(kind), .parameters = std::move(parameters)};
  }
  actions::RunRequest ofPlan(ExecutionId plan) { return {.profile = profile_, .plan = plan}; }

  Result<actions::RunReport> preview(actions::RunRequest request) {
    return engine_->wait(engine_->workflows().preview(std::move(request), {}));
  }
  Result<actions::RunReport> run(actions::RunRequest request) {
    return engine_->wait(engine_->workflows().run(std::move(request), {}));
  }
  Result<actions::RunReport> rollBack(ExecutionId id, bool force = false, actions::Consent consent = {}) {
    return engine_->wait(engine_->workflows().rollBack(id, force, {}, std::move(consent), {}));
  }
  std::vector<actions::StepRow> stepsOf(ExecutionId id) {
    auto rows = engine_->wait(engine_->workflows().steps(id, 0, 100'000));
    return rows ? std::move(*rows) : std::vector<actions::StepRow>();
  }
  long long keysThere() { return cli_.must({"DBSIZE"}).integer; }

  void becomeProd() {
    profile_.environment = domain::Environment::prod;
    auto edited = engine_->wait(engine_->connections().edit(profile_, actions::KeepSecret{}));
    if (!edited) throw std::runtime_error(edited.error().message);
    profile_ = *edited;
  }
};

}  // namespace cachify::test
