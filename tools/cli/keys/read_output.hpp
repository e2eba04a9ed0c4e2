#pragma once
// What is shown of a value that was read.

#include <boost/json/object.hpp>
#include <optional>

#include "cache/cache_session.hpp"
#include "decode/decode.hpp"
#include "output/output.hpp"

namespace cachify::cli {

/// Nothing of it is missing: neither pages before or behind, nor the end of a long string.
[[nodiscard]] bool isWhole(const cache::ReadValue& value, const cache::ReadRange& range);

/// The document of schemas/cli/keys.get.json. `seen`: the view that was asked for.
[[nodiscard]] boost::json::object toJson(const Bytes& key, const cache::ReadValue& value, bool whole,
                                         const std::optional<decode::Decoded>& seen = {});

/// `seen` is printed in the value's place.
void printForPeople(Output& output, const Bytes& key, const cache::ReadValue& value, bool whole,
                    const std::optional<decode::Decoded>& seen = {});

}  // namespace cachify::cli
