#pragma once
// One element, or a page of them, on the command line.

#include "elements/element_arguments.hpp"
#include "options/page_options.hpp"

namespace cachify::cli {

/// What a look at one element needs, and how it is said.
struct ElementLook {
  domain::ValueType type = domain::ValueType::hash;
  Bytes key;
  cache::ElementName element;
  bool raw = false;
};

/// CONFLICT for a value of another type. Exit code 4 where the element is not there.
[[nodiscard]] Outcome runElementLook(CommandContext& context, const std::string& connection,
                                     const ElementLook& look);
/// At the one element that the arguments name.
[[nodiscard]] Outcome runElementLook(CommandContext& context, const ElementArguments& arguments,
                                     domain::ValueType type);

struct PageArguments {
  ElementArguments elements;
  PageOptions page;
  OptionalText from;
  bool backwards = false;
  OptionalText lowest;
  OptionalText highest;
  std::vector<std::string> lex;  ///< both ends, or none

  void addTo(Arguments& app);
  [[nodiscard]] Result<cache::ReadRange> range() const;
};

/// As `keys get` shows it. CONFLICT for a value of another type.
[[nodiscard]] Outcome runElementPage(CommandContext& context, const PageArguments& arguments,
                                     domain::ValueType type);

}  // namespace cachify::cli
