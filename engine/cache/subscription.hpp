#pragma once
// What a server tells by itself: messages of channels, and which keys were changed.
//
// A Subscription has network connections of its own. When one is lost it is made anew, again and again; what
// came meanwhile is not known, and a Gap stands for it. Its queue is bounded: when it is full the oldest
// notices are dropped and counted, and a Gap stands for them.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cache/task.hpp"
#include "core/bytes.hpp"
#include "core/call_context.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

class NoticeQueue;

/// Something was done to a key: "set", "del", "expired", as Redis names it.
struct KeyEvent {
  std::string event;
  Bytes key;
};
struct ChannelMessage {
  Bytes channel;
  Bytes payload;
};
/// Notices are missing here.
struct Gap {
  std::uint64_t dropped = 0;  ///< so many: the queue was full. 0: nobody knows how many, the server was away
  std::chrono::milliseconds away{};  ///< for about so long
};
using Notice = std::variant<KeyEvent, ChannelMessage, Gap>;

struct SubscribeRequest {
  std::vector<Bytes> channels{};
  std::vector<Bytes> patterns{};  ///< globs for channels
  bool keyspaceEvents = false;    ///< of the session's database
  std::size_t maxQueued = 10'000;
  std::size_t maxQueuedBytes = 16UL << 20;
  /// Waits between attempts to subscribe again (`domain::reconnectAfter`).
  domain::RetryPolicy retry{};
};

struct SubscriptionStatus {
  std::uint64_t taken = 0;         ///< notices that were given out, gaps not counted
  std::uint64_t dropped = 0;       ///< for want of room
  std::uint64_t losses = 0;        ///< of connections
  std::optional<Error> trouble{};  ///< why (some of) what was asked for does not come just now
};

/// Lives on the session's executor. Ends when it goes, and with its session.
class Subscription {
 public:
  /// To nothing: closed from the start.
  Subscription() = default;
  explicit Subscription(std::shared_ptr<NoticeQueue> queue) : queue_(std::move(queue)) {}
  ~Subscription() { close(); }
  Subscription(Subscription&&) noexcept = default;
  Subscription& operator=(Subscription&&) = delete;

  /// The next notice, waited for if there is none; one call at a time. TIMEOUT when none comes in time, and
  /// CANCELLED when told to stop: the subscription goes on. CANCELLED, too, once it was closed.
  [[nodiscard]] Task<Notice> next(CallContext context);
  [[nodiscard]] SubscriptionStatus status() const;
  void close();

 private:
  std::shared_ptr<NoticeQueue> queue_;  ///< null: to nothing, or moved from
};

}  // namespace cachify::cache
