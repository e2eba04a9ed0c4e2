// log status

#include <fmt/format.h>

#include "log/log_commands.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {
namespace {

struct NoOptions {};

Outcome showStatus(CommandContext& context, const NoOptions&) {
  const auto log = context.logToRead();
  if (!log) return std::unexpected(log.error());
  const auto status = (*log)->status();
  if (!status) return std::unexpected(status.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(json::object{{"logId", status->logId.toString()},
                                 {"events", status->events},
                                 {"lastPosition", status->lastPosition},
                                 {"durablePosition", status->durablePosition},
                                 {"sizeBytes", status->sizeBytes},
                                 {"vaultBytes", status->vaultBytes},
                                 {"chain", toHex(status->chain)},
                                 {"formatVersion", status->formatVersion}});
    return ExitCode::done;
  }
  output.line(fmt::format("log       {} (format {})", status->logId.toString(), status->formatVersion));
  output.line(fmt::format("events    {}, last position {}, durable up to {}", countWords(status->events),
                          status->lastPosition, status->durablePosition));
  output.line(fmt::format("size      {}, of it vault {}", sizeWords(status->sizeBytes),
                          sizeWords(status->vaultBytes)));
  output.line(fmt::format("chain     {}", toHex(status->chain)));
  return ExitCode::done;
}

}  // namespace

void addLogStatus(CommandGroup& log) {
  log.add<NoOptions>("status", "How much there is, and the chain's value", &showStatus);
}

}  // namespace cachify::cli
