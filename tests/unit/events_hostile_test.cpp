// Payloads that nobody of us wrote: a decoder answers VALIDATION_ERROR, and never throws.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <tuple>

#include "unit/events_samples.hpp"

namespace cachify::events {
namespace {

namespace json = boost::json;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HostilePayloads, WhatIsNoObjectIsAValidationError) {
  const std::vector<std::string> texts{"",
                                       " ",
                                       "null",
                                       "true",
                                       "1",
                                       "\"text\"",
                                       "[]",
                                       "[{}]",
                                       "{",
                                       "{}}",
                                       "{}{}",
                                       "{\"a\":}",
                                       "{'a':1}",
                                       "{\"a\":1,}",
                                       "{\"a\":\"\xff\"}",
                                       "{\"a\":\"\\ud800\"}",
                                       "{\"a\":\"\n\"}",
                                       std::string("{\"a\":1}\0", 8),
                                       "\xef\xbb\xbf{}",
                                       "{\"a\":1e999999}",
                                       "{\"a\":NaN}",
                                       "{\"a\":01}",
                                       repeated("[", 100'000),
                                       repeated("{\"a\":", 100'000),
                                       "{\"a\":" + repeated("[", 1000) + repeated("]", 1000) + "}"};
  for (const auto& sample : samples()) {
    for (const auto& text : texts) {
      const auto result = sample.decode(text);
      ASSERT_FALSE(result) << sample.place() << " " << text.substr(0, 40);
      EXPECT_EQ(result.error().code, ErrorCode::validationError)
          << sample.place() << " " << text.substr(0, 40);
    }
  }
}

TEST(HostilePayloads, AnEmptyObjectLacksWhatEveryEventHas) {
  for (const auto& sample : samples()) {
    const auto result = sample.decode("{}");
    ASSERT_FALSE(result) << sample.place();
    EXPECT_EQ(result.error().code, ErrorCode::validationError);
    EXPECT_NE(result.error().detail("field"), nullptr) << result.error().message;
  }
}

TEST(HostilePayloads, EveryCutOffPayloadIsAValidationError) {
  for (const auto& sample : samples()) {
    for (std::size_t length = 0; length < sample.payload.size(); ++length) {
      const auto result = sample.decode(std::string_view(sample.payload).substr(0, length));
      ASSERT_FALSE(result) << sample.place() << " cut at " << length;
      EXPECT_EQ(result.error().code, ErrorCode::validationError);
    }
  }
}

/// Numbers as JSON text, because some fit no number type.
const std::vector<std::string>& oddValues() {
  static const std::vector<std::string> kOdd{"null",
                                             "true",
                                             "{}",
                                             "[]",
                                             "[null]",
                                             "[{}]",
                                             "[[1]]",
                                             "\"\"",
                                             "\"\\u0000\"",
                                             "0",
                                             "-1",
                                             "1.5",
                                             "1e3",
                                             "-9223372036854775808",
                                             "9223372036854775807",
                                             "18446744073709551615",
                                             "1e300",
                                             "-1e300",
                                             "123456789012345678901234567890",
                                             "\"" + repeated("x", 100'000) + "\"",
                                             "{\"key\":1}",
                                             "[{\"key\":\"a\",\"keyBase64\":\"!\"}]"};
  return kOdd;
}

std::string withField(const json::object& payload, std::string_view name, const std::string& valueText) {
  std::string out = "{";
  for (const auto& field : payload) {
    if (out.size() > 1) out += ',';
    out += json::serialize(json::string(field.key())) + ":";
    out += std::string_view(field.key()) == name ? valueText : json::serialize(field.value());
  }
  return out + "}";
}

TEST(HostilePayloads, AnOddValueInAnyFieldIsTakenOrAValidationError) {
  for (const auto& sample : samples()) {
    const json::value payload = json::parse(sample.payload);
    for (const auto& field : payload.as_object()) {
      for (const auto& odd : oddValues()) {
        const auto result = sample.decode(withField(payload.as_object(), field.key(), odd));
        if (result) continue;
        EXPECT_EQ(result.error().code, ErrorCode::validationError)
            << sample.place() << " " << field.key() << " " << odd;
        EXPECT_LT(result.error().message.size(), 1000U) << "a hostile text is not repeated at length";
      }
    }
  }
}

TEST(HostilePayloads, NumbersAreNeverCutOffToFit) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> unfit{
      {"attempts", {"-1", "4294967296", "18446744073709551615", "1.5", "1e300"}},
      {"packIndex", {"-1", "4294967296"}},
      {"sizeBytes", {"-1", "9223372036854775808", "18446744073709551615"}},
      {"durationUs", {"-1", "9223372036854775808"}},
      {"latencyUs", {"-1", "9223372036854775808"}},
      {"deadlineMs", {"9223372036854775807", "-9223372036854775808", "9223372036854776"}},
      {"port", {"-1", "65536"}},
      {"dbIndex", {"-1", "4294967296"}},
      {"retryMaxAttempts", {"-1", "4294967297"}},
  };
  std::size_t tried = 0;
  for (const auto& [name, values] : unfit) {
    for (const auto& sample : samples()) {
      const json::value payload = json::parse(sample.payload);
      if (!payload.as_object().contains(name)) continue;
      for (const auto& value : values) {
        ++tried;
        const auto result = sample.decode(withField(payload.as_object(), name, value));
        ASSERT_FALSE(result) << sample.place() << " " << name << " " << value;
        EXPECT_EQ(result.error().code, ErrorCode::validationError);
      }
    }
  }
  EXPECT_GT(tried, 50U);
}

using Edit = std::tuple<std::uint8_t, std::uint32_t, char>;

void applyEdit(std::string& text, const Edit& edit) {
  const auto& [kind, where, byte] = edit;
  const std::size_t at = where % (text.size() + 1);
  switch (kind % 5) {
    case 0:
      text.insert(at, 1, byte);
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      if (at < text.size()) text[at] = byte;
      break;
    case 3:
      text.resize(at);
      break;
    default:
      text.insert(at, text.substr(at / 2, 16));
      break;
  }
}

RC_GTEST_PROP(HostilePayloads, RandomlyDamagedPayloadsAreTakenOrAValidationError, ()) {
  const auto index = *rc::gen::inRange<std::size_t>(0, samples().size());
  const auto edits = *rc::gen::nonEmpty<std::vector<Edit>>();
  std::string payload = samples()[index].payload;
  for (const auto& edit : edits) applyEdit(payload, edit);
  const auto result = samples()[index].decode(payload);
  RC_ASSERT(result.has_value() || result.error().code == ErrorCode::validationError);
}

RC_GTEST_PROP(HostilePayloads, RandomBytesAreNoEvent, ()) {
  const auto index = *rc::gen::inRange<std::size_t>(0, samples().size());
  const auto result = samples()[index].decode(*rc::gen::arbitrary<std::string>());
  RC_ASSERT(!result.has_value() && result.error().code == ErrorCode::validationError);
}

}  // namespace
}  // namespace cachify::events
