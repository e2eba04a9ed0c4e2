#pragma once
// Reading JSON objects with one clear error instead of an exception, and writing bytes so that nothing is
// lost. Implementation detail of codecs: include it from .cpp files.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

namespace cachify::events {

/// VALIDATION_ERROR when the text is not one JSON object.
[[nodiscard]] Result<boost::json::object> parseObject(std::string_view text);

/// Bytes in JSON: `name` holds the text as a person may see it; where that is not the bytes themselves
/// (invalid UTF-8, or characters that were escaped), `<name>Base64` holds the bytes.
void putBytes(boost::json::object& object, std::string_view name, BytesView bytes);

/// Text from a server or the system as a JSON string can carry it: UTF-8 stays, anything else is escaped for
/// display, so that every payload can be read again.
[[nodiscard]] std::string asText(std::string_view text);

/// Takes fields out of an object. The first field that is missing or of the wrong kind is remembered; reading
/// goes on with empty values, and `finish` tells.
class Fields {
 public:
  explicit Fields(const boost::json::object& object) : object_(object) {}

  [[nodiscard]] std::string text(std::string_view name);
  [[nodiscard]] std::optional<std::string> optionalText(std::string_view name);
  [[nodiscard]] std::string textOr(std::string_view name, std::string_view fallback);
  [[nodiscard]] std::int64_t integer(std::string_view name);
  [[nodiscard]] std::int64_t integerOr(std::string_view name, std::int64_t fallback);
  [[nodiscard]] std::optional<std::int64_t> optionalInteger(std::string_view name);
  /// A whole number from 0 to 2^63-1.
  [[nodiscard]] std::uint64_t count(std::string_view name);
  [[nodiscard]] std::uint64_t countOr(std::string_view name, std::uint64_t fallback);
  [[nodiscard]] std::uint32_t count32(std::string_view name);
  [[nodiscard]] std::uint32_t count32Or(std::string_view name, std::uint32_t fallback);
  /// Not negative.
  [[nodiscard]] std::chrono::microseconds microseconds(std::string_view name);
  /// Milliseconds since 1970 as far as WallTime reaches.
  [[nodiscard]] std::optional<WallTime> optionalTime(std::string_view name);
  [[nodiscard]] double number(std::string_view name);
  [[nodiscard]] bool boolean(std::string_view name);
  [[nodiscard]] bool booleanOr(std::string_view name, bool fallback);
  [[nodiscard]] Uuid uuid(std::string_view name);
  [[nodiscard]] Uuid uuidOrNil(std::string_view name);
  [[nodiscard]] Bytes bytes(std::string_view name);
  [[nodiscard]] const boost::json::object& object(std::string_view name);
  [[nodiscard]] const boost::json::array& array(std::string_view name);
  /// For a field whose text was refused by a parser of its own.
  void reject(const Error& error);

  [[nodiscard]] Result<void> finish() const;

 private:
  const boost::json::value* find(std::string_view name) const;
  void wrong(std::string_view name, std::string_view expected);

  const boost::json::object& object_;
  std::optional<Error> error_;
};

}  // namespace cachify::events
