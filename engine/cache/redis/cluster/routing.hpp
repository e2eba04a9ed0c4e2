#pragma once
// Which node each key of one call goes to, through redirects and failovers.

#include <optional>
#include <vector>

#include "cache/redis/cluster/cluster.hpp"

namespace cachify::cache::redis {

/// Usage: `next` gives what is still to do, one share a node; each key's fate is told by `done` or `failed`;
/// again until nothing is left. Lives as long as one call.
class Routing {
 public:
  Routing(std::shared_ptr<Cluster> cluster, std::vector<std::uint16_t> slots);

  struct Share {
    SharedBackend backend;
    std::vector<std::size_t> indices;  ///< into the slots that were given
  };
  /// Empty: all is done. CONNECTION_FAILED, retryable: a slot has no node, or the same node failed twice.
  Task<std::vector<Share>> next(CallContext context);
  void done(std::size_t index) { open_[index].reset(); }
  [[nodiscard]] bool isOpen(std::size_t index) const { return open_[index].has_value(); }
  /// Nothing: `next` gives it again, to another node. Else the error is final. `alone`: its share held no
  /// other key, so it is this one that the error is about.
  [[nodiscard]] std::optional<Error> failed(std::size_t index, Error error, bool alone);

 private:
  /// A cluster that sends a key around more often than this is not settled.
  static constexpr int kMaxRounds = 16;

  struct Open {
    std::uint16_t slot = 0;
    bool alone = false;                     ///< to be asked for by itself
    std::optional<NodeAddress> askThere{};  ///< once, with ASKING
    std::string triedId{};
    std::string triedHost{};             ///< the node that was asked last
    std::optional<Error> unreachable{};  ///< that node could not be reached
  };
  [[nodiscard]] Result<void> place(std::size_t index, const SlotMap& map, std::vector<Share>& shares);
  [[nodiscard]] static Share& shareOf(std::vector<Share>& shares, const SharedBackend& backend, bool alone);

  std::shared_ptr<Cluster> cluster_;
  std::vector<std::optional<Open>> open_;
  int rounds_ = 0;
};

}  // namespace cachify::cache::redis
