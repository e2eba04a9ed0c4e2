#include "keys/scan_output.hpp"

#include <fmt/format.h>

#include "core/bytes.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

std::string scannedWords(std::uint64_t scanned, const std::optional<std::uint64_t>& total) {
  const std::string of = total ? fmt::format(" of ~{}", countWords(*total)) : std::string();
  return fmt::format("{}{} scanned", countWords(scanned), of);
}

void warnOfOneNode(Output& output, const domain::ConnectionProfile& profile) {
  output.warning(fmt::format(
      "'{}' leads to one node of a Redis Cluster: only that node's keys are here. For all of them: "
      "cachify connections edit {} --topology cluster",
      escapeForDisplay(profile.name), profile.id.toString()));
}

}  // namespace cachify::cli
