#include "cache/redis/pipeline.hpp"

namespace cachify::cache::redis {

void Pipeline::header(char kind, std::size_t number) {
  char text[24];
  text[0] = kind;
  const auto end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  bytes_.append(text, static_cast<std::size_t>(end - text)).append("\r\n");
}

void Pipeline::begin(std::size_t words) {
  header('*', words);
  ++count_;
}

void Pipeline::word(BytesView bytes) {
  header('$', bytes.size());
  bytes_.append(bytes).append("\r\n");
}

void Pipeline::append(const Pipeline& other) {
  bytes_ += other.bytes_;
  count_ += other.count_;
}

}  // namespace cachify::cache::redis
