#include "decode/view.hpp"

#include <algorithm>
#include <array>

namespace cachify::decode {
namespace {

constexpr std::array kViews{View::automatic, View::raw,  View::hex,  View::json, View::messagePack,
                            View::gzip,      View::zlib, View::zstd, View::lz4,  View::base64};

}  // namespace

std::string_view wireName(View view) {
  switch (view) {
    case View::automatic:
      return "auto";
    case View::raw:
      return "raw";
    case View::hex:
      return "hex";
    case View::json:
      return "json";
    case View::messagePack:
      return "msgpack";
    case View::gzip:
      return "gzip";
    case View::zlib:
      return "zlib";
    case View::zstd:
      return "zstd";
    case View::lz4:
      return "lz4";
    case View::base64:
      return "base64";
  }
  return "auto";
}

std::optional<View> viewFromName(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(kViews, [name](View view) { return wireName(view) == name; });
  if (found == kViews.end()) return std::nullopt;
  return *found;
}

std::span<const View> allViews() {
  return kViews;
}

}  // namespace cachify::decode
