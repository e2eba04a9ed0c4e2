#include "actions/mutator.hpp"

#include "actions/mutation_run.hpp"

namespace cachify::actions {

Task<MutationReport> Mutator::execute(MutationCommand command, std::stop_token stop) {
  const MutatorDeps deps{context_, gate_, sessions_, vault_, recorder_};
  MutationRun run(deps, std::move(command), std::move(stop));
  Result<MutationReport> report = co_await run.execute();
  co_return report;
}

}  // namespace cachify::actions
