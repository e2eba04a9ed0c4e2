#pragma once
// Files of entries are read piece by piece: memory does not grow with them.

#include <array>
#include <cachify/plugin.hpp>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "entry.hpp"

namespace warmup {

class EntryFile {
 public:
  /// NotFound where there is no such file; Refused for what is no plain file.
  explicit EntryFile(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) throw cachify::plugin::NotFound("there is no file " + path);
    if (!std::filesystem::is_regular_file(status))
      throw cachify::plugin::Refused("file", path + " is no plain file");
    stream_.open(path, std::ios::binary);
    if (!stream_) throw cachify::plugin::Refused("file", path + " cannot be read: its permissions forbid it");
  }
  /// The next bytes; empty at the end.
  [[nodiscard]] std::string_view read() {
    stream_.read(buffer_.data(), buffer_.size());
    if (stream_.bad()) throw std::runtime_error("reading the file failed midway");
    return {buffer_.data(), static_cast<std::size_t>(stream_.gcount())};
  }

 private:
  std::ifstream stream_;
  std::array<char, 65'536> buffer_;
};

/// For what stands in a certain line.
[[nodiscard]] inline cachify::plugin::Refused refusedLine(std::uint64_t line, const std::string& what) {
  return {"file", "line " + std::to_string(line) + ": " + what};
}

}  // namespace warmup
