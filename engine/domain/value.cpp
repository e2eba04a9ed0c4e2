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

std::vector<BytesView> keysOf(const Mutation& mutation) {
  return std::visit(Overloaded{
                        [](const SetMutation& m) { return std::vector<BytesView>{m.key}; },
                        [](const DeleteMutation& m) { return std::vector<BytesView>{m.key}; },
                        [](const RenameMutation& m) {
                          return std::vector<BytesView>{m.from, m.to};
                        },
                        [](const TtlMutation& m) { return std::vector<BytesView>{m.key}; },
                        [](const RestoreMutation& m) { return std::vector<BytesView>{m.capture.key}; },
                        [](const EditMutation& m) { return std::vector<BytesView>{m.key}; },
                        [](const TouchMutation& m) { return std::vector<BytesView>{m.key}; },
                    },
                    mutation);
}

}  // namespace cachify::domain
