// Parameters of workflows and publishers, as the schema of their plugin judges them.

#include <gtest/gtest.h>

#include "actions/workflows/parameters.hpp"

namespace cachify::actions {
namespace {

constexpr std::string_view kSchema =
    R"({"type": "object", "properties": {"url": {"type": "string", "pattern": "^https?://"}, "count": {"type": "integer"}}})";

TEST(Parameters, ATextThatDoesNotMatchIsToldThePattern) {
  const auto refused = completeParameters(kSchema, R"({"url": "ftp://example.org"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  EXPECT_EQ(refused.error().message, "parameter url: must match ^https?://");
  EXPECT_TRUE(completeParameters(kSchema, R"({"url": "https://example.org"})"));
}

TEST(Parameters, WhatAPatternIsDescribedAsIsToldWithIt) {
  const auto refused = completeParameters(
      R"({"type": "object", "properties": {"url": {"type": "string", "pattern": "^https?://", "description": "begins with http"}}})",
      R"({"url": "ftp://example.org"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "parameter url: must match ^https?:// (begins with http)");
}

TEST(Parameters, OtherComplaintsStayAsTheyAre) {
  const auto refused = completeParameters(kSchema, R"({"count": "many"})");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.starts_with("parameter count: ")) << refused.error().message;
}

}  // namespace
}  // namespace cachify::actions
