#include "cache/redis/pipeline.hpp"

#include <algorithm>

namespace cachify::cache::redis {
namespace {

constexpr BytesView kMulti = "*1\r\n$5\r\nMULTI\r\n";
constexpr BytesView kExec = "*1\r\n$4\r\nEXEC\r\n";
constexpr BytesView kDiscard = "*1\r\n$7\r\nDISCARD\r\n";
constexpr BytesView kLineEnd = "\r\n";
/// Kind, up to twenty digits, the line's end.
constexpr std::size_t kHeaderBytes = 24;

/// Where it ends.
char* putHeader(char* at, char kind, std::size_t number) {
  *at = kind;
  const auto digits = std::to_chars(at + 1, at + kHeaderBytes, number);
  return std::ranges::copy(kLineEnd, digits.ptr).out;
}

}  // namespace

void Pipeline::begin(std::size_t words) {
  starts_.push_back(bytes_.size());
  char text[kHeaderBytes];
  bytes_.append(text, putHeader(text, '*', words));
  ++count_;
}

/// By the million in bulk work: the whole word in one go.
void Pipeline::word(BytesView bytes) {
  const std::size_t before = bytes_.size();
  const auto put = [&](char* all, std::size_t) {
    char* end = putHeader(all + before, '$', bytes.size());
    end = std::ranges::copy(bytes, end).out;
    end = std::ranges::copy(kLineEnd, end).out;
    return static_cast<std::size_t>(end - all);
  };
  bytes_.resize_and_overwrite(before + kHeaderBytes + bytes.size() + kLineEnd.size(), put);
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
