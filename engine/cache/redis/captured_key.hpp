#pragma once
// One key on its way to a Capture: which commands it needs, and what their replies make of it. No I/O.

#include <cstdint>
#include <optional>

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"
#include "cache/redis/content.hpp"

namespace cachify::cache::redis {

class CapturedKey {
 public:
  CapturedKey(Bytes key, const Dialect& dialect, const CaptureLimits& limits);
  [[nodiscard]] const Bytes& key() const { return capture_.key; }

  /// First TYPE and MEMORY USAGE …
  void addSurvey(Pipeline& pipeline) const;
  void takeSurvey(const Reply& type, const Reply& memory);

  /// … then, where the memory is no answer, or too high for a string or for a part to be thought of, its
  /// length …
  [[nodiscard]] bool needsLength() const;
  void addLength(Pipeline& pipeline) const;
  [[nodiscard]] std::size_t lengthReplies() const { return asksFieldTtls() ? 2 : 1; }
  void takeLength(std::span<const Reply> replies);

  /// … then, unless that settled it, the content.
  [[nodiscard]] bool needsContent() const { return capture_.existed() && !capture_.notCaptured; }
  [[nodiscard]] std::uint64_t expectedBytes() const { return expectedBytes_; }
  void addContent(Pipeline& pipeline) const;
  [[nodiscard]] std::size_t contentReplies() const;
  /// `serverTime`: of the moment the TTL was asked for.
  void takeContent(std::span<Reply> replies, WallTime serverTime);

  [[nodiscard]] domain::Capture take() && { return std::move(capture_); }

 private:
  void refuse(Error why);
  void becomeAbsent();
  /// The elements that the limits name may do, if the key has more of them.
  [[nodiscard]] bool mayBePart() const;
  /// No change brings back a TTL that a field had for itself.
  [[nodiscard]] bool asksFieldTtls() const;
  void takePart(std::span<Reply> replies);
  /// Refuses what is more than `slack` times the limit.
  void checkExpected(std::uint64_t bytes, std::uint64_t slack);
  void takeExpiry(const Reply& reply, WallTime serverTime);
  void takeDump(Reply& reply);
  void takeStringFromDump();
  void takeContentReply(Reply reply);
  void takeLogical(domain::LogicalValue content);
  /// A string's content is in its DUMP; it need not be asked for a second time.
  [[nodiscard]] bool readsContent() const;

  const Dialect& dialect_;
  const CaptureLimits& limits_;
  domain::Capture capture_;
  std::uint64_t expectedBytes_ = 0;
  bool memoryKnown_ = false;
  bool isPart_ = false;
};

}  // namespace cachify::cache::redis
