#include "cache/redis/pipeline.hpp"

namespace cachify::cache::redis {
namespace {

constexpr BytesView kMulti = "*1\r\n$5\r\nMULTI\r\n";
constexpr BytesView kExec = "*1\r\n$4\r\nEXEC\r\n";
constexpr BytesView kDiscard = "*1\r\n$7\r\nDISCARD\r\n";

}  // namespace

void Pipeline::header(char kind, std::size_t number) {
  char text[24];
  text[0] = kind;
  const auto end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  bytes_.append(text, static_cast<std::size_t>(end - text)).append("\r\n");
}

void Pipeline::begin(std::size_t words) {
  starts_.push_back(bytes_.size());
  header('*', words);
  ++count_;
}

void Pipeline::word(BytesView bytes) {
  header('$', bytes.size());
  bytes_.append(bytes).append("\r\n");
}

Pipeline::Asking Pipeline::asking() const {
  Asking result;
  bool inTransaction = false;
  for (std::size_t i = 0; i < count_; ++i) {
    const std::size_t end = i + 1 < count_ ? starts_[i + 1] : bytes_.size();
    const BytesView command = BytesView(bytes_).substr(starts_[i], end - starts_[i]);
    if (!inTransaction) {
      result.commands.add("ASKING");
      result.isOurs.push_back(true);
    }
    if (command == kMulti) inTransaction = true;
    if (command == kExec || command == kDiscard) inTransaction = false;
    result.commands.starts_.push_back(result.commands.bytes_.size());
    result.commands.bytes_ += command;
    ++result.commands.count_;
    result.isOurs.push_back(false);
  }
  return result;
}

void Pipeline::append(const Pipeline& other) {
  for (const std::size_t start : other.starts_) starts_.push_back(bytes_.size() + start);
  bytes_ += other.bytes_;
  count_ += other.count_;
}

}  // namespace cachify::cache::redis
