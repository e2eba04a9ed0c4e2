#pragma once
// What LMDB 0.9 writes at the head of its file (mdb.c, struct MDB_meta, MDB_db), read without LMDB: it trusts
// these bytes, we look before it does.

#include <array>
#include <filesystem>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::log {

inline constexpr std::uint64_t kNoPage = ~std::uint64_t{0};
inline constexpr std::size_t kPageHeaderBytes = 16;
inline constexpr std::size_t kTreeRecordBytes = 48;

/// One tree's record: in a meta page for LMDB's own two, in the main tree's leaves for named tables.
struct RawTree {
  std::uint32_t pad = 0;
  std::uint16_t flags = 0;
  std::uint16_t depth = 0;
  std::uint64_t branchPages = 0;
  std::uint64_t leafPages = 0;
  std::uint64_t overflowPages = 0;
  std::uint64_t entries = 0;
  std::uint64_t root = kNoPage;

  /// LMDB keeps the environment's own flags there, too: we set none.
  static constexpr std::uint16_t kIntegerKeyFlag = 0x08;

  [[nodiscard]] static RawTree parse(const char* at);
  bool operator==(const RawTree&) const = default;
};

struct RawMeta {
  std::uint32_t pageSize = 0;
  RawTree freePages;
  RawTree main;
  std::uint64_t lastPage = 0;
  std::uint64_t transaction = 0;

  /// Empty where magic, version or page size is wrong or a root lies outside the file's pages.
  [[nodiscard]] static std::optional<RawMeta> parse(BytesView page);
  bool operator==(const RawMeta&) const = default;
};

/// A file mapped for reading, as long as it was when it was opened. Whoever reads it must be ready for SIGBUS
/// if someone cuts it meanwhile: the checks run in a child, and `checkDataFile` reads it for a moment only.
class MappedFile {
 public:
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();
  [[nodiscard]] BytesView bytes() const { return bytes_; }

 private:
  explicit MappedFile(BytesView bytes) : bytes_(bytes) {}
  BytesView bytes_;
};

/// The two meta pages. LMDB writes them in turn, one per commit, so their transactions differ by one.
struct MetaPages {
  std::array<std::optional<RawMeta>, 2> pages;

  [[nodiscard]] static MetaPages read(BytesView file);
  /// What is wrong with them; empty if nothing.
  [[nodiscard]] std::string_view fault() const;
  /// Null if neither holds.
  [[nodiscard]] const RawMeta* newest() const;
  [[nodiscard]] const RawMeta* ofTransaction(std::uint64_t transaction) const;
};

/// Done before LMDB maps the file. INTERNAL_ERROR `damaged`, kind `truncated` for a file that is shorter than
/// its newest meta page says, kind `structure` for meta pages that cannot be. A file that is absent or empty
/// is sound: LMDB will make it.
[[nodiscard]] Result<void> checkDataFile(const std::filesystem::path& path);

}  // namespace cachify::log
