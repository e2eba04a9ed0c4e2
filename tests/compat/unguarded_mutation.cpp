// Compiled, never run: that no mutation reaches a cache without a Permit of the Gate. As it stands it
// compiles; each of the macros asks for one way round the Gate, and none of them may compile (see
// CMakeLists.txt).

#include <utility>
#include <vector>

#include "cache/cache_session.hpp"

namespace cachify::cache {

boost::asio::awaitable<std::vector<ApplyOutcome>> mutate(CacheSession& session, ConnectionId connection,
                                                         domain::Permit permit) {
  (void)connection;
  std::vector<domain::Mutation> mutations{domain::DeleteMutation{"key"}};
#if defined(WITHOUT_PERMIT)
  return session.apply(std::move(mutations), nullptr, CallContext{});
#elif defined(EMPTY_PERMIT)
  return session.apply({}, std::move(mutations), nullptr, CallContext{});
#elif defined(SELF_MADE_PERMIT)
  domain::Permit forged(connection, domain::Action::remove, {"key"});
  return session.apply(std::move(forged), std::move(mutations), nullptr, CallContext{});
#elif defined(COPIED_PERMIT)
  return session.apply(permit, std::move(mutations), nullptr, CallContext{});
#else
  return session.apply(std::move(permit), std::move(mutations), nullptr, CallContext{});
#endif
}

}  // namespace cachify::cache
