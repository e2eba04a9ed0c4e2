#pragma once
// Keys as folders: "user:7:name" lies in "user:7:", and that in "user:". Counts only; the keys themselves are
// not kept, so any number of them can be added.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::domain {

struct KeyTreeShape {
  Bytes separator = ":";
  /// The folder that is looked at, with or without the separator at its end; empty: all keys.
  Bytes folder{};
  std::uint32_t depth = 8;              ///< levels below it that are told apart
  std::size_t maxFolders = 100'000;     ///< and no more of them than this
  std::size_t maxNameBytes = 32 << 20;  ///< nor longer names, all together
};

struct KeyFolder {
  Bytes path{};               ///< with the separator at its end; empty for all keys
  std::uint64_t keys = 0;     ///< in it and in the folders below
  std::uint64_t ownKeys = 0;  ///< in no folder below
  std::uint64_t folders = 0;  ///< right below, of those that are told apart
  bool hasMore = false;       ///< there are folders below that are not told apart

  bool operator==(const KeyFolder&) const = default;
};

/// Grows key by key, and may be asked at any time. Memory is bounded by the shape's limits. A key that is
/// added twice counts twice. Not thread-safe.
class KeyTree {
 public:
  explicit KeyTree(KeyTreeShape shape = {});
  KeyTree(KeyTree&&) = default;
  KeyTree& operator=(KeyTree&&) = default;

  /// False, and nothing happens, for a key that does not lie in the folder looked at.
  bool add(BytesView key);

  [[nodiscard]] KeyFolder top() const;
  /// Nothing for a folder that has no keys, or is not told apart.
  [[nodiscard]] std::optional<KeyFolder> folder(BytesView path) const;
  /// The folders right below, in the order of their bytes; none where there is no such folder.
  [[nodiscard]] std::vector<KeyFolder> children(BytesView path) const;
  /// Folders were left together because there were more than `maxFolders` or `maxNameBytes`.
  [[nodiscard]] bool isCut() const { return cut_; }
  [[nodiscard]] const KeyTreeShape& shape() const { return shape_; }

 private:
  using Index = std::uint32_t;
  struct Node {
    BytesView path{};  ///< of its entry in `index_`
    std::uint64_t keys = 0;
    std::uint64_t ownKeys = 0;
    bool hasMore = false;
    std::vector<Index> children{};
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(BytesView text) const { return std::hash<BytesView>{}(text); }
  };

  [[nodiscard]] std::optional<Index> childOf(Index parent, BytesView path);
  [[nodiscard]] KeyFolder described(const Node& node) const;
  [[nodiscard]] const Node* find(BytesView path) const;

  KeyTreeShape shape_;
  std::unordered_map<Bytes, Index, Hash, std::equal_to<>> index_;  ///< its keys stay where they are
  std::vector<Node> nodes_;
  std::size_t nameBytes_ = 0;
  bool cut_ = false;
};

}  // namespace cachify::domain
