#pragma once

#include <csv.h>

#include <deque>
#include <vector>

#include "entry_file.hpp"

namespace warmup {

/// CSV (RFC 4180). The first row names the columns: key or keyBase64, value or valueBase64, and, if wanted,
/// ttlSeconds; an empty ttlSeconds means no expiry. Other columns are ignored.
class CsvFile final : public EntrySource {
 public:
  explicit CsvFile(const std::string& path);
  ~CsvFile() override;
  bool next(Entry& entry) override;

 private:
  using Row = std::vector<std::string>;
  enum class Column : std::uint8_t { ignored, key, keyBase64, value, valueBase64, ttlSeconds };

  static void fieldRead(void* text, std::size_t size, void* self);
  static void rowRead(int, void* self);
  void readSome();
  void readHeader(const Row& row);
  [[nodiscard]] Entry entryOf(Row row) const;

  EntryFile file_;
  csv_parser parser_{};
  bool isAtEnd_ = false;
  Row row_;               ///< being read
  std::deque<Row> rows_;  ///< read and not given out
  std::vector<Column> columns_;
  std::uint64_t rowNumber_ = 0;
};

}  // namespace warmup
