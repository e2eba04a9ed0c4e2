#pragma once
// One page of a hash, list, set, sorted set or stream: which command comes next, and what its reply adds. No
// I/O.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cache/cache_session.hpp"
#include "cache/redis/content.hpp"

namespace cachify::cache::redis {

/// The cursor is the index of the next element for lists and sorted sets, the id to go on from for streams,
/// and the server's own for hashes and sets: what is scanned may come twice, and a batch is never cut. A hash
/// or set that fits the page is read whole instead.
class CollectionPage {
 public:
  /// `type` is one of the collections.
  CollectionPage(Bytes key, domain::ValueType type, const ReadRange& range);

  /// VALIDATION_ERROR for a range that values of this type do not have.
  [[nodiscard]] static Result<void> check(domain::ValueType type, const ReadRange& range);
  [[nodiscard]] static bool isCursor(domain::ValueType type, std::string_view text);

  /// First the number of elements and the memory they take …
  void addMeasures(Pipeline& pipeline) const;
  void takeMeasures(const Reply& length, const Reply& memory);

  /// … then chunk after chunk until the page is done. `replies`: one for each command of `addNext`.
  void addNext(Pipeline& pipeline);
  [[nodiscard]] Result<void> takeNext(std::vector<Reply> replies);
  [[nodiscard]] bool done() const { return done_; }

  /// Moves content, bytes read, measures and cursor into `value`.
  void moveInto(ReadValue& value) &&;

 private:
  [[nodiscard]] bool isScanned() const;
  [[nodiscard]] bool fitsOnePage() const;
  [[nodiscard]] std::uint64_t chunkSize() const;
  [[nodiscard]] bool isFull(std::uint64_t moreBytes) const;
  [[nodiscard]] std::string beginning() const;
  void addScoredChunk(Pipeline& pipeline, std::uint64_t from, std::uint64_t last) const;
  void addNamedChunk(Pipeline& pipeline, std::uint64_t from) const;
  [[nodiscard]] Reply scored(std::vector<Reply> scores);
  [[nodiscard]] Result<void> takeContent(Reply reply);
  [[nodiscard]] Result<Reply> unwrapScan(Reply reply);
  template <class Item>
  std::size_t takeItems(std::vector<Item>& into, std::vector<Item> items);
  void finishChunk(bool tookAll, std::size_t got);

  Bytes key_;
  domain::ValueType type_;
  std::uint64_t maxItems_;
  std::uint64_t maxBytes_;
  std::string from_;
  bool backwards_;
  std::optional<ScoreRange> scores_;
  std::optional<MemberRange> members_;
  std::vector<Reply> unscored_;          ///< members whose scores are asked for by the command under way
  std::optional<std::uint64_t> length_;  ///< elements
  std::optional<std::uint64_t> memory_;  ///< bytes the server counts for the key
  domain::LogicalValue value_;
  std::uint64_t taken_ = 0;  ///< elements
  std::uint64_t bytes_ = 0;
  std::string cursor_;
  std::uint64_t asked_ = 0;  ///< elements, in the command under way
  std::size_t got_ = 0;      ///< elements that it gave
  bool whole_ = false;
  bool done_ = false;
};

/// The smallest stream id above `id` ("5-3" gives "5-4").
[[nodiscard]] std::string streamIdAfter(std::string_view id);
/// The largest stream id below `id`; empty when no entry can have one.
[[nodiscard]] std::string streamIdBefore(std::string_view id);

}  // namespace cachify::cache::redis
