#pragma once
// Replies of a Redis server, written down for tests.

#include <utility>

#include "cache/redis/reply.hpp"

namespace cachify::cache::redis {

inline Reply bulk(Bytes text) {
  return {.kind = Reply::Kind::bulk, .text = std::move(text)};
}
inline Reply integer(std::int64_t value) {
  return {.kind = Reply::Kind::integer, .integer = value};
}
inline Reply status(Bytes text) {
  return {.kind = Reply::Kind::status, .text = std::move(text)};
}
inline Reply error(Bytes text) {
  return {.kind = Reply::Kind::error, .text = std::move(text)};
}
inline Reply array(std::vector<Reply> elements) {
  return {.kind = Reply::Kind::array, .elements = std::move(elements)};
}

}  // namespace cachify::cache::redis
