#pragma once
// The nodes of one cluster, as one session knows them: a backend for each, and the map of slots.

#include <map>
#include <memory>

#include "cache/redis/backend.hpp"
#include "cache/redis/cluster/redirect.hpp"

namespace cachify::cache::redis {

/// Lives on the session's executor. Calls may outlive the session and share it.
class Cluster : public std::enable_shared_from_this<Cluster> {
 public:
  /// `login.endpoint` is any node; the others are found from there, and reached with the same login.
  Cluster(boost::asio::any_io_executor executor, Login login);

  /// As known; asked for if nothing is known yet or somebody said that it is outdated.
  Task<std::shared_ptr<const SlotMap>> map(CallContext context);
  /// As one node that answers has it now.
  Task<std::shared_ptr<const SlotMap>> refresh(CallContext context);
  /// As every master has it of itself: nothing is outdated, and what is on its way is known.
  /// CONNECTION_FAILED when a master does not answer.
  struct Survey {
    SlotMap map;
    std::vector<OwnSlots::Migrating> migrating;
  };
  Task<Survey> survey(CallContext context);
  /// The map does not hold any more; the next `map` asks anew.
  void outdate() { outdated_ = true; }

  [[nodiscard]] SharedBackend node(const NodeAddress& address) { return backend(address, false); }
  /// For keys that are on their way to it.
  [[nodiscard]] SharedBackend askedNode(const NodeAddress& address) { return backend(address, true); }
  /// See CacheSession::renew.
  void renew();
  void close();
  [[nodiscard]] const boost::asio::any_io_executor& executor() const { return executor_; }

 private:
  [[nodiscard]] SharedBackend backend(const NodeAddress& address, bool asking);
  [[nodiscard]] std::vector<NodeAddress> candidates() const;
  Task<SlotMap> mapOf(NodeAddress address, CallContext context);
  struct NodeView {
    SlotMap map;
    std::optional<OwnSlots> own;
  };
  Task<NodeView> viewOf(NodeAddress address, CallContext context);

  boost::asio::any_io_executor executor_;
  Login login_;
  std::map<std::pair<NodeAddress, bool>, SharedBackend> backends_;
  std::shared_ptr<const SlotMap> map_;
  bool outdated_ = false;
  bool closed_ = false;
};

/// "host:port", as it is shown.
[[nodiscard]] std::string nameOf(const NodeAddress& address);
/// The error of one node among many.
[[nodiscard]] Error namingNode(Error error, const NodeAddress& address);

}  // namespace cachify::cache::redis
