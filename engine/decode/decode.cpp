#include "decode/decode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "decode/base64_text.hpp"
#include "decode/bounded_bytes.hpp"
#include "decode/codec.hpp"
#include "decode/hex_rows.hpp"
#include "decode/json_text.hpp"
#include "decode/message_pack_text.hpp"
#include "decode/quoted_text.hpp"

namespace cachify::decode {
namespace {

using Ending = Unpacked::Ending;

constexpr std::array kCompressions{View::gzip, View::zstd, View::lz4, View::zlib};
/// Below this many characters of base64, chance makes too much look decoded.
constexpr std::size_t kShortBase64 = 64;

bool isAscii(BytesView bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A decompression that the bytes themselves ask for. A zlib header is two bytes that text may begin with
/// too.
std::optional<View> compressionOf(BytesView bytes) {
  const auto* const found =
      std::ranges::find_if(kCompressions, [bytes](View view) { return beginsAs(view, bytes); });
  if (found == kCompressions.end() || (*found == View::zlib && isPlainText(bytes))) return std::nullopt;
  return *found;
}

std::unexpected<Error> notThat(View wanted, const Fault& fault) {
  auto error = Error{.code = ErrorCode::validationError,
                     .message = fmt::format("the value is not {}: at byte {}: {}", wireName(wanted),
                                            fault.offset, fault.reason)};
  return fail(std::move(error).with("offset", static_cast<std::int64_t>(fault.offset)));
}

/// A value on its way through its decodings.
class Chain {
 public:
  Chain(BytesView value, const Limits& limits) : content_(value), limits_(limits) {}
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  void push(View step, Unpacked unpacked) {
    result_.steps.push_back(step);
    owned_ = std::move(unpacked.bytes);
    content_ = owned_;
    beginningOnly_ = unpacked.ending != Ending::whole;
    if (unpacked.ending == Ending::limit) stop(unpacked.reason + ": only the beginning was unpacked");
    if (unpacked.ending == Ending::damaged) stop(std::move(unpacked.reason));
  }

  Decoded follow() {
    while (!beginningOnly_) {
      auto next = unwrap();
      if (!next) break;
      if (result_.steps.size() == limits_.maxSteps) {
        stop(fmt::format("more than {} steps", limits_.maxSteps));
        return asItIs();
      }
      push(next->first, std::move(next->second));
    }
    if (!beginningOnly_ && (isJson() || isMessagePack())) return std::move(result_);
    return asItIs();
  }

  /// Text where it is plain, else hex.
  Decoded asItIs() {
    if (beginningOnly_) content_ = withoutCutCharacter(content_);
    return isPlainText(content_) ? asText() : asHex();
  }

  Decoded asText() {
    result_.kind = Kind::text;
    const bool cut = content_.size() > limits_.maxOutputBytes;
    if (cut) {
      content_ = withoutCutCharacter(content_.substr(0, static_cast<std::size_t>(limits_.maxOutputBytes)));
      stopShowing();
    }
    result_.text = content_;
    return std::move(result_);
  }

  Decoded asHex() {
    result_.kind = Kind::binary;
    auto rows = hexRows(content_, limits_.maxOutputBytes);
    if (rows.cut) stopShowing();
    result_.text = std::move(rows.text);
    return std::move(result_);
  }

  Result<Decoded> asJson() {
    auto json = formatJson(content_, limits_);
    if (!json) return notThat(View::json, json.error());
    if (json->deep) stop(tooDeep(limits_.maxDepth));
    return structured(View::json, Kind::json, std::move(json->text), json->cut);
  }

  Result<Decoded> asMessagePack() {
    auto pack = formatMessagePack(content_, limits_);
    if (!pack) return notThat(View::messagePack, pack.error());
    if (pack->deep) stop(tooDeep(limits_.maxDepth));
    return structured(View::messagePack, Kind::messagePack, std::move(pack->text), pack->cut);
  }

 private:
  /// The next decoding, if the content leaves no doubt.
  std::optional<std::pair<View, Unpacked>> unwrap() {
    if (const auto compression = compressionOf(content_)) {
      auto unpacked = unpack(*compression, content_, limits_.maxOutputBytes);
      if (unpacked.ending != Ending::damaged) return std::pair(*compression, std::move(unpacked));
      if (*compression != View::zlib) stop(std::move(unpacked.reason));
      return std::nullopt;
    }
    if (!looksLikeBase64(content_)) return std::nullopt;
    auto unpacked = unpackBase64(content_, limits_.maxOutputBytes);
    if (!unpacked || unpacked->ending != Ending::whole) return std::nullopt;
    if (!isConvincing(unpacked->bytes, content_.size() < kShortBase64)) return std::nullopt;
    return std::pair(View::base64, *std::move(unpacked));
  }

  /// What came out of base64 is something, so that it was base64 indeed.
  [[nodiscard]] bool isConvincing(BytesView bytes, bool fromShortText) const {
    if (isPlainText(bytes)) return !fromShortText || isAscii(bytes);
    if (const auto compression = compressionOf(bytes))
      return unpack(*compression, bytes, limits_.maxOutputBytes).ending != Ending::damaged;
    const auto pack = formatMessagePack(bytes, limits_);
    if (!pack || pack->deep || !pack->allTextsUtf8) return false;
    return fromShortText ? pack->mapOfNames : pack->mapOrArray;
  }

  bool isJson() {
    if (!beginsAsJson(content_)) return false;
    auto json = formatJson(content_, limits_);
    if (!json) return false;
    if (json->deep) {
      stop(tooDeep(limits_.maxDepth));
      return false;
    }
    result_ = structured(View::json, Kind::json, std::move(json->text), json->cut);
    return true;
  }

  bool isMessagePack() {
    if (isPlainText(content_)) return false;
    auto pack = formatMessagePack(content_, limits_);
    if (!pack || !pack->mapOrArray || !pack->allTextsUtf8) return false;
    if (pack->deep) {
      stop(tooDeep(limits_.maxDepth));
      return false;
    }
    result_ = structured(View::messagePack, Kind::messagePack, std::move(pack->text), pack->cut);
    return true;
  }

  Decoded structured(View step, Kind kind, std::string text, bool cut) {
    if (cut) {
      text.resize(withoutCutCharacter(text).size());
      stopShowing();
    }
    result_.steps.push_back(step);
    result_.kind = kind;
    result_.text = std::move(text);
    return std::move(result_);
  }

  void stopShowing() { stop(limitReached(limits_.maxOutputBytes) + ": only the beginning is shown"); }

  /// The first reason is the one to tell.
  void stop(std::string reason) {
    if (!result_.stopped) result_.stopped = std::move(reason);
  }

  Bytes owned_;
  BytesView content_;
  Limits limits_;
  /// The last decoding gave a part: nothing is recognised by a part.
  bool beginningOnly_ = false;
  Decoded result_;
};

Result<Decoded> decodeFirst(View codec, BytesView value, const Limits& limits) {
  Chain chain(value, limits);
  if (codec == View::base64) {
    auto unpacked = unpackBase64(value, limits.maxOutputBytes);
    if (!unpacked) return notThat(codec, unpacked.error());
    chain.push(codec, *std::move(unpacked));
    return chain.follow();
  }
  if (!beginsAs(codec, value)) return notThat(codec, {0, "it does not begin as such data do"});
  chain.push(codec, unpack(codec, value, limits.maxOutputBytes));
  return chain.follow();
}

}  // namespace

std::string_view wireName(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "text";
    case Kind::json:
      return "json";
    case Kind::messagePack:
      return "msgpack";
    case Kind::binary:
      return "binary";
  }
  return "binary";
}

Result<Decoded> decode(BytesView value, View wanted, Limits limits) {
  Chain chain(value, limits);
  switch (wanted) {
    case View::automatic:
      return chain.follow();
    case View::raw:
      return isUtf8(value) ? chain.asText() : chain.asHex();
    case View::hex:
      return chain.asHex();
    case View::json:
      return chain.asJson();
    case View::messagePack:
      return chain.asMessagePack();
    default:
      return decodeFirst(wanted, value, limits);
  }
}

std::string chainText(const Decoded& decoded) {
  std::vector<std::string_view> names;
  for (const View step : decoded.steps) names.push_back(wireName(step));
  if (decoded.kind == Kind::text || decoded.kind == Kind::binary) names.push_back(wireName(decoded.kind));
  return fmt::format("{}", fmt::join(names, " → "));
}

}  // namespace cachify::decode
