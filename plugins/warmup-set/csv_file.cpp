#include "csv_file.hpp"

#include <charconv>
#include <utility>

#include "shared/base64_text.hpp"

namespace warmup {

using cachify::plugin::Refused;

namespace {

/// libcsv takes blanks around fields away; they belong to keys and values.
int isNoBlank(unsigned char) {
  return 0;
}

std::int64_t secondsOf(const std::string& text, std::uint64_t line) {
  std::int64_t seconds = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, seconds);
  if (parsed.ec != std::errc() || parsed.ptr != end || seconds < 1 || seconds > kMostTtlSeconds)
    throw refusedLine(line, "ttlSeconds must be a whole number from 1 to " + std::to_string(kMostTtlSeconds));
  return seconds;
}

std::string decoded(const std::string& text, const char* column, std::uint64_t line) {
  auto bytes = plugins::fromBase64(text);
  if (!bytes) throw refusedLine(line, std::string(column) + " is not base64");
  return std::move(*bytes);
}

}  // namespace

CsvFile::CsvFile(const std::string& path) : file_(path) {
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_space_func(&parser_, &isNoBlank);
}

CsvFile::~CsvFile() {
  csv_free(&parser_);
}

void CsvFile::fieldRead(void* text, std::size_t size, void* self) {
  static_cast<CsvFile*>(self)->row_.emplace_back(static_cast<const char*>(text), size);
}

void CsvFile::rowRead(int, void* self) {
  auto& file = *static_cast<CsvFile*>(self);
  file.rows_.push_back(std::exchange(file.row_, {}));
}

void CsvFile::readSome() {
  const std::string_view bytes = file_.read();
  if (bytes.empty()) {
    isAtEnd_ = true;
    if (csv_fini(&parser_, &fieldRead, &rowRead, this) != 0)
      throw Refused("file", "the file ends within a quoted field");
    return;
  }
  if (csv_parse(&parser_, bytes.data(), bytes.size(), &fieldRead, &rowRead, this) != bytes.size()) {
    throw Refused("file", "row " + std::to_string(rowNumber_ + rows_.size() + 1) +
                              ": it is no CSV: " + csv_strerror(csv_error(&parser_)));
  }
  if (csv_get_buffer_size(&parser_) > kMostLineBytes)
    throw refusedLine(rowNumber_ + rows_.size() + 1, "a field is too long");
}

void CsvFile::readHeader(const Row& row) {
  bool hasKey = false;
  bool hasValue = false;
  for (const auto& name : row) {
    Column column = Column::ignored;
    if (name == "key") column = Column::key;
    if (name == "keyBase64") column = Column::keyBase64;
    if (name == "value") column = Column::value;
    if (name == "valueBase64") column = Column::valueBase64;
    if (name == "ttlSeconds") column = Column::ttlSeconds;
    hasKey = hasKey || column == Column::key || column == Column::keyBase64;
    hasValue = hasValue || column == Column::value || column == Column::valueBase64;
    columns_.push_back(column);
  }
  if (!hasKey || !hasValue)
    throw Refused("file", "the first row must name the columns: key,value or key,value,ttlSeconds");
}

Entry CsvFile::entryOf(Row row) const {
  if (row.size() != columns_.size()) {
    throw refusedLine(rowNumber_, std::to_string(row.size()) + " fields where the first row has " +
                                      std::to_string(columns_.size()));
  }
  Entry entry;
  for (std::size_t i = 0; i < row.size(); ++i) {
    // With both forms of a key or value, that of the bytes holds where it is filled in.
    if (columns_[i] == Column::key && entry.key.empty()) entry.key = std::move(row[i]);
    if (columns_[i] == Column::value && entry.value.empty()) entry.value = std::move(row[i]);
    if (columns_[i] == Column::keyBase64 && !row[i].empty())
      entry.key = decoded(row[i], "keyBase64", rowNumber_);
    if (columns_[i] == Column::valueBase64 && !row[i].empty())
      entry.value = decoded(row[i], "valueBase64", rowNumber_);
    if (columns_[i] == Column::ttlSeconds && !row[i].empty())
      entry.ttlSeconds = secondsOf(row[i], rowNumber_);
  }
  return entry;
}

bool CsvFile::next(Entry& entry) {
  for (;;) {
    while (rows_.empty() && !isAtEnd_) readSome();
    if (rows_.empty() && columns_.empty()) throw Refused("file", "the file is empty");
    if (rows_.empty()) return false;
    Row row = std::move(rows_.front());
    rows_.pop_front();
    ++rowNumber_;
    if (!columns_.empty()) {
      entry = entryOf(std::move(row));
      return true;
    }
    readHeader(row);
  }
}

}  // namespace warmup
