#pragma once

#include "entry_file.hpp"

namespace warmup {

/// One JSON object a line: key or keyBase64, value or valueBase64, and, if it shall expire, ttlSeconds. Empty
/// lines are passed over.
class JsonLinesFile final : public EntrySource {
 public:
  explicit JsonLinesFile(const std::string& path) : file_(path) {}
  bool next(Entry& entry) override;

 private:
  /// False at the end of the file.
  bool readLine(std::string& line);

  EntryFile file_;
  std::string_view left_;  ///< of the file's bytes that were read
  std::uint64_t line_ = 0;
};

}  // namespace warmup
