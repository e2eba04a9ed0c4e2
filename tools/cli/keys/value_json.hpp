#pragma once
// Values as JSON and as text for people.

#include <boost/json/object.hpp>

#include "domain/value.hpp"
#include "output/output.hpp"

namespace cachify::cli {

/// Puts `value`: a text (with `valueBase64` where it is not plain), or an array of elements; null for
/// nothing.
void putValue(boost::json::object& object, const domain::LogicalValue& value);

/// A string as a block, collections one element a line.
void printValue(Output& output, const domain::LogicalValue& value);

}  // namespace cachify::cli
