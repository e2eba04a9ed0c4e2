// The value viewers: always UTF-8 within the limits, automatic never fails, and what is shown as JSON is the
// same JSON.

#include <boost/json/parse.hpp>

#include "decode/decode.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

namespace json = boost::json;
using decode::Decoded;
using decode::View;

constexpr decode::Limits kLimits{.maxOutputBytes = 64 << 10, .maxDepth = 40, .maxSteps = 4};

std::optional<json::value> asJson(BytesView text) {
  json::parse_options options;
  options.max_depth = kLimits.maxDepth;
  json::error_code error;
  auto value = json::parse(text, error, {}, options);
  return error ? std::nullopt : std::optional(std::move(value));
}

void checkShown(const Decoded& shown) {
  require(isUtf8(shown.text), "what is shown is UTF-8");
  require(shown.text.size() <= kLimits.maxOutputBytes, "and no longer than allowed");
  // The last step may be the kind that was found.
  require(shown.steps.size() <= kLimits.maxSteps + 1, "a chain has an end");
  require(!decode::chainText(shown).empty(), "and a name");
}

void checkJson(BytesView value) {
  const auto known = asJson(value);
  const auto shown = decode::decode(value, View::json, kLimits);
  if (known) require(shown.has_value(), "what another parser takes for JSON is JSON");
  if (!shown || shown->stopped) return;
  const auto again = decode::decode(shown->text, View::json, kLimits);
  require(again && (again->stopped || again->text == shown->text), "pretty-printed JSON stays as it is");
  if (known) require(asJson(shown->text) == known, "and has the same value");
}

void fuzzDecode(BytesView input) {
  if (input.empty()) return;
  const auto views = decode::allViews();
  const View wanted = views[static_cast<unsigned char>(input.front()) % views.size()];
  const BytesView value = input.substr(1);
  const auto shown = decode::decode(value, wanted, kLimits);
  const bool always = wanted == View::automatic || wanted == View::raw || wanted == View::hex;
  require(shown || !always, "these views are always possible");
  if (shown) {
    checkShown(*shown);
  } else {
    require(shown.error().code == ErrorCode::validationError,
            "what is not what was wanted is a VALIDATION_ERROR");
    const auto* offset = shown.error().detail("offset");
    require(offset != nullptr && std::cmp_less_equal(std::get<std::int64_t>(*offset), value.size()),
            "which names a byte of the value");
  }
  if (wanted == View::json) checkJson(value);
}

Bytes seedOf(View view, BytesView value) {
  Bytes seed;
  seed += static_cast<char>(view);
  return seed.append(value);
}

std::vector<Bytes> seedsOfDecode() {
  using namespace std::string_view_literals;
  std::vector<Bytes> all;
  const auto forms = {
      // The codecs' own output for "hello hello hello hello", and things that look like something.
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x27\x00\x3a\xc5\x3e\xa9\x17\x00\x00\x00"sv,
      "x\x9c\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x27\x00\x69\x70\x08\xb5"sv,
      "\x28\xb5\x2f\xfd\x20\x17\x55\x00\x00\x30hello \x01\x00\x4c\x43\x12"sv,
      "\x04\x22\x4d\x18\x60\x40\x82"sv,
      "\x83\xa1"
      "a\x01\xa1"
      "b\x93\xc0\xc2\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00\xa1"
      "c\xc4\x02\x00\xff"sv,
      "\xdf\xff\xff\xff\xff"sv,
      R"({"a":[1,2.50,1e400,-0,"\ud800","é\n"],"a":{},"big":12345678901234567890})"sv,
      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1"sv,
      "eyJhIjoxfQ=="sv,
      "H4sIAAAAAAAAA8tIzcnJV8hAJwA6xT6pFwAAAA=="sv,
      "plain text \xe2\x80\xae"sv,
      "\0\xff\xfe"sv,
      ""sv,
  };
  for (const auto form : forms) {
    for (const View view : decode::allViews()) all.push_back(seedOf(view, form));
  }
  return all;
}

}  // namespace

const Target kDecode{.name = "decode", .run = fuzzDecode, .seeds = seedsOfDecode};

}  // namespace cachify::fuzz
