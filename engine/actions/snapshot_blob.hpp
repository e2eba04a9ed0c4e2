#pragma once
// A capture's content as one blob for the vault, and back.
//
// Layout (integers big-endian): "CS1", then parts of one tag byte, u64 length, bytes:
//   'D' the Redis DUMP payload          'F' Memcached flags (4 bytes)
//   'P' the value is a part: names of its elements, each u64 length and bytes; 'L' has those that were there
//   'L' a logical value: one byte of kind (s string, h hash, l list, e set, z zset, x stream), then items of
//   u64
//       length and bytes: a hash is field, value, …; a zset member, score, …; a stream id, number of fields
//       as text, field, value, … for each entry.

#include "domain/value.hpp"

namespace cachify::actions {

[[nodiscard]] Bytes encodeBlob(const domain::Capture& capture);

/// Fills `dump`, `logical`, `elements` and `flags`. INTERNAL_ERROR with detail `damaged` for bytes of another
/// form.
[[nodiscard]] Result<void> decodeBlob(BytesView blob, domain::Capture& capture);

}  // namespace cachify::actions
