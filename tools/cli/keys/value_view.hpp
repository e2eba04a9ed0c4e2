#pragma once
// A string shown as what it is: --view.

#include <boost/json/object.hpp>
#include <optional>

#include "cache/cache_session.hpp"
#include "command.hpp"
#include "decode/decode.hpp"
#include "output/output.hpp"

namespace cachify::cli {

/// What of a value is read to be decoded, unless told otherwise: a part of it may not decode at all.
inline constexpr std::uint64_t kViewedBytes = 64ULL << 20;

struct ViewOption {
  OptionalText name;

  Option addTo(Arguments& app);
  /// Nothing where no view was asked for; VALIDATION_ERROR for a name that is none.
  [[nodiscard]] Result<std::optional<decode::View>> resolve() const;
};

/// VALIDATION_ERROR for a collection, and for a value that is not what was wanted.
[[nodiscard]] Result<decode::Decoded> viewed(const cache::ReadValue& value, decode::View view);

/// {steps, kind, text, stopped?}
[[nodiscard]] boost::json::object toJson(const decode::Decoded& decoded);
void printView(Output& output, const decode::Decoded& decoded);

}  // namespace cachify::cli
