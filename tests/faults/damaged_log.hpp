#pragma once
// A log with a bit of everything, to be damaged and mended again; it is made once for all tests of a program.

#include <filesystem>
#include <initializer_list>
#include <memory>

#include "faults/log_faults.hpp"
#include "log/check/raw_scan.hpp"
#include "log/check/raw_tables.hpp"
#include "log/check/verify.hpp"

namespace cachify::log::test {

inline constexpr std::size_t kPage = 4096;

[[nodiscard]] Bytes readFile(const std::filesystem::path& path);

inline constexpr std::initializer_list<Table> kAllTables{Table::records, Table::streams,     Table::names,
                                                         Table::vault,   Table::idempotency, Table::meta};

/// All that these tables of a log hold, in one digest.
[[nodiscard]] Digest contentOf(const std::filesystem::path& directory,
                               std::initializer_list<Table> chosen = kAllTables);
/// The same through LMDB: what a program that uses the log sees.
[[nodiscard]] Digest readThroughLmdb(const std::filesystem::path& directory);

class DamagedLog : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite() { folder_.reset(); }

  static std::filesystem::path directory() { return *folder_ / "log"; }
  static std::filesystem::path dataFile() { return directory() / "data.mdb"; }

  void TearDown() override { restore(); }

  static void write(std::size_t at, BytesView bytes);
  static void flip(std::size_t bit) {
    const char changed = static_cast<char>(whole_[bit / 8] ^ (1 << (bit % 8)));
    write(bit / 8, {&changed, 1});
  }
  static void unflip(std::size_t bit) { write(bit / 8, BytesView(whole_).substr(bit / 8, 1)); }
  static void restore() {
    std::filesystem::resize_file(dataFile(), whole_.size());
    write(0, whole_);
  }
  static VerifyReport verify() { return require(verifyFile(directory(), {})); }

  /// What every damage must come to: it is reported, or all that the log holds is what it was, by both ways
  /// of reading.
  static void expectReportedOrHarmless(std::size_t bit, int& reported);

  static inline std::unique_ptr<TempFolder> folder_;
  static inline Bytes whole_;
  static inline Digest content_;
  static inline Digest throughLmdb_;
  static inline RawScan scan_;
};

}  // namespace cachify::log::test
