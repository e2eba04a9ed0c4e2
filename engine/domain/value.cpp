#include "domain/value.hpp"

namespace cachify::domain {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

}  // namespace

Action actionOf(const Mutation& mutation) {
  return std::visit(Overloaded{
                        [](const SetMutation&) { return Action::set; },
                        [](const DeleteMutation&) { return Action::remove; },
                        [](const RenameMutation&) { return Action::rename; },
                        [](const TtlMutation& m) {
                          return std::holds_alternative<NoTtl>(m.ttl) ? Action::persist : Action::setTtl;
                        },
                        [](const RestoreMutation&) { return Action::restore; },
                        [](const EditMutation& m) { return actionOf(m.change); },
                        [](const TouchMutation&) { return Action::set; },
                    },
                    mutation);
}

MutationKeys keysOf(const Mutation& mutation) {
  return std::visit(Overloaded{
                        [](const RenameMutation& m) { return MutationKeys(m.from, m.to); },
                        [](const RestoreMutation& m) { return MutationKeys(m.capture.key); },
                        [](const auto& m) { return MutationKeys(m.key); },
                    },
                    mutation);
}

}  // namespace cachify::domain
