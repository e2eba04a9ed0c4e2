#pragma once
// The difference of two values, line by line or element by element.

#include <string>
#include <vector>

#include "domain/value.hpp"

namespace cachify::domain {

struct DiffLine {
  char sign;         ///< '-' only on the left, '+' only on the right
  std::string text;  ///< safe to show
};

/// Strings are compared by lines and lists by elements: what both begin and end with is left out. Members of
/// other collections are compared as sets. At most `most` lines; `cut` tells if there were more.
struct ValueDiff {
  std::vector<DiffLine> lines;
  bool cut = false;
};
[[nodiscard]] ValueDiff diffValues(const LogicalValue& left, const LogicalValue& right,
                                   std::size_t most);

}  // namespace cachify::domain
