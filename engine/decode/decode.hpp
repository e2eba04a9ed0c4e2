#pragma once
// What the bytes of a cache value are, shown to a person.
//
// Pure functions, safe from any thread. Nothing throws. Time is linear in the value's size; memory is a few
// times `Limits::maxOutputBytes`, whatever the value claims to unpack to.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "decode/view.hpp"

namespace cachify::decode {

struct Limits {
  /// For what each decoding gives, and for the text that is shown.
  std::uint64_t maxOutputBytes = 8ULL << 20;
  /// Arrays and objects within each other, of JSON and MessagePack.
  std::size_t maxDepth = 512;
  /// Decodings of one chain: base64, gzip, and so on.
  std::size_t maxSteps = 8;
};

enum class Kind : std::uint8_t { text, json, messagePack, binary };

/// "text", "json", "msgpack", "binary".
[[nodiscard]] std::string_view wireName(Kind kind);

struct Decoded {
  /// The decodings, outermost first; `json` or `messagePack` stands last where that is what was found.
  std::vector<View> steps;
  Kind kind = Kind::text;
  /// Always UTF-8, at most `maxOutputBytes`. Not escaped: it may hold what a terminal would obey.
  std::string text;
  /// Why the chain or the text ends early: a limit was reached, or the data are damaged. In words.
  std::optional<std::string> stopped;
};

/// `automatic` follows a chain of decodings as far as the bytes leave no doubt, and never fails:
/// - gzip, zlib, zstd, lz4 by their first bytes, if all of the value unpacks, checksums included (or up to
/// the
///   limit). A damaged one is shown as the binary it is, and `stopped` says so.
/// - JSON if the whole is one object or array; MessagePack if the whole is one map or array with valid texts.
/// - base64 if strictly so, at least 16 characters, and what comes out is again one of these or plain text.
///   Below 64 characters more is asked for, so that words and ids stay what they are.
/// - text is UTF-8 without control characters other than white space and ESC; the rest is binary, shown as
/// hex.
///
/// `raw` gives the value itself as text, or hex rows where it is not UTF-8. `hex` is always possible.
/// `json` and `messagePack` show one value of any type. A codec's view decodes that one step, showing what
/// could be had of a damaged value, and goes on as `automatic` does; base64 may then have line breaks.
///
/// VALIDATION_ERROR where the value is not what was wanted; the detail `offset` is the byte where that shows.
[[nodiscard]] Result<Decoded> decode(BytesView value, View wanted, Limits limits = {});

/// "base64 → gzip → json", "gzip → text", "binary".
[[nodiscard]] std::string chainText(const Decoded& decoded);

}  // namespace cachify::decode
