#include "actions/mutator.hpp"

#include "actions/mutation_run.hpp"

namespace cachify::actions {

domain::Action actionOf(const domain::Mutation& mutation) {
  struct Visitor {
    domain::Action operator()(const domain::SetMutation&) const { return domain::Action::set; }
    domain::Action operator()(const domain::DeleteMutation&) const { return domain::Action::remove; }
    domain::Action operator()(const domain::RenameMutation&) const { return domain::Action::rename; }
    domain::Action operator()(const domain::TtlMutation& m) const {
      return std::holds_alternative<domain::NoTtl>(m.ttl) ? domain::Action::persist : domain::Action::setTtl;
    }
    domain::Action operator()(const domain::RestoreMutation&) const { return domain::Action::restore; }
  };
  return std::visit(Visitor{}, mutation);
}

Task<MutationReport> Mutator::execute(MutationCommand command, std::stop_token stop) {
  const MutatorDeps deps{context_, gate_, sessions_, vault_, recorder_};
  MutationRun run(deps, std::move(command), std::move(stop));
  Result<MutationReport> report = co_await run.execute();
  co_return report;
}

}  // namespace cachify::actions
