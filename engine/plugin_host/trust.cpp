#include "plugin_host/trust.hpp"

#include <fmt/format.h>

#include "domain/words.hpp"

namespace cachify::plugin_host {
namespace {

constexpr domain::Words<Standing, 6> kStandings{{{Standing::bundled, "bundled"},
                                                 {Standing::trusted, "trusted"},
                                                 {Standing::untrusted, "untrusted"},
                                                 {Standing::changed, "changed"},
                                                 {Standing::revoked, "revoked"},
                                                 {Standing::quarantined, "quarantined"}}};

std::string_view whyNot(Standing standing) {
  switch (standing) {
    case Standing::bundled:
    case Standing::trusted:
      return "is trusted";
    case Standing::untrusted:
      return "is not trusted";
    case Standing::changed:
      return "was changed since it was trusted";
    case Standing::revoked:
      return "is not trusted any more";
    case Standing::quarantined:
      return "failed three times in a row and is in quarantine";
  }
  return {};
}

}  // namespace

std::string_view wireName(Standing standing) {
  return domain::wordOf(kStandings, standing);
}

bool mayLoad(Standing standing) {
  return standing == Standing::bundled || standing == Standing::trusted;
}

Standing standingOf(const TrustRecord& record, const Digest& digest, bool isBundled) {
  if (record.isRevoked) return Standing::revoked;
  const bool isTrusted = record.trusted == digest;
  if (!isTrusted && !isBundled) return record.trusted ? Standing::changed : Standing::untrusted;
  if (record.faultsInRow >= kQuarantineFaults) return Standing::quarantined;
  return isBundled ? Standing::bundled : Standing::trusted;
}

Error standingError(const std::string& pluginId, Standing standing) {
  return Error{.code = ErrorCode::unauthorized,
               .message = fmt::format(
                   "the plugin {} {}; look at it (cachify plugins inspect {}), then, if it shall be "
                   "used: cachify plugins trust {}",
                   pluginId, whyNot(standing), pluginId, pluginId)}
      .with("plugin", pluginId)
      .with("reason", std::string(wireName(standing)));
}

}  // namespace cachify::plugin_host
