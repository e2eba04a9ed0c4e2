#pragma once
// What the tests of the rules ask of an error.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify::domain {

/// A detail's text; empty when there is none of that name, or it is no text.
inline std::string textDetail(const Error& error, std::string_view name) {
  const DetailValue* value = error.detail(name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? std::string() : *text;
}

/// Message and text details in one string, to look for what must not be there.
inline std::string everythingSaid(const Error& error) {
  std::string all = error.message;
  for (const auto& [name, value] : error.details) {
    if (const auto* text = std::get_if<std::string>(&value)) all += "\n" + name + "=" + *text;
  }
  return all;
}

/// The error is a VALIDATION_ERROR whose details name field, value and range, and whose message says the
/// same.
inline void expectNames(const Error& error, std::string_view field, std::string_view value,
                        std::string_view allowed) {
  EXPECT_EQ(error.code, ErrorCode::validationError);
  EXPECT_FALSE(error.retryable);
  EXPECT_EQ(textDetail(error, "field"), field);
  EXPECT_EQ(textDetail(error, "value"), value);
  EXPECT_EQ(textDetail(error, "allowed"), allowed);
  for (const auto part : {field, value, allowed})
    EXPECT_NE(error.message.find(part), std::string::npos) << error.message;
}

}  // namespace cachify::domain
