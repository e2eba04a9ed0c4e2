#include "command_context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/plain_words.hpp"

namespace cachify::cli {

CommandContext::CommandContext(std::filesystem::path dataDirectory, Output& output, std::stop_token stop)
    : dataDirectory_(std::move(dataDirectory)), output_(output), stop_(std::move(stop)) {}

Result<studio::Engine*> CommandContext::engine() {
  if (engine_) return engine_.get();
  log_.reset();  // a process may have a log open just once
  auto opened = studio::Engine::open({.dataDirectory = dataDirectory_, .surface = "cli"});
  if (!opened) return std::unexpected(opened.error());
  engine_ = std::move(*opened);
  if (const auto unknown = engine_->recovered().unknownMutations; unknown > 0) {
    output_.note(
        fmt::format("{} of a session that ended midway: recorded as unknown, see `cachify log tail`.",
                    plural(unknown, "change")));
  }
  return engine_.get();
}

Result<const log::EventLog*> CommandContext::logToRead() {
  if (engine_) return &engine_->log();
  if (log_) return log_.get();
  auto opened = log::EventLog::open({.directory = studio::logDirectory(dataDirectory_), .readOnly = true});
  if (opened) {
    log_ = std::move(*opened);
    return log_.get();
  }
  if (opened.error().code != ErrorCode::notFound) return std::unexpected(opened.error());
  const auto made = engine();
  if (!made) return std::unexpected(made.error());
  return &(*made)->log();
}

Result<domain::ConnectionProfile> CommandContext::profile(const std::string& nameOrId) {
  const auto opened = engine();
  if (!opened) return std::unexpected(opened.error());
  auto known = (*opened)->control().find(nameOrId);
  if (!known) return std::unexpected(known.error());
  return std::move(known->profile);
}

void CommandContext::deliverOwnAlerts() {
  constexpr std::chrono::seconds kMostTime{2};
  if (!engine_ || !engine_->alertSettings().raisedAny()) return;
  const auto settings = engine_->alertSettings().all();
  if (!settings) return;
  const auto isOn = [](const auto& entry) { return entry.second.settings.enabled; };
  if (std::ranges::none_of(settings->publishers, isOn) || !engine_->log().flush()) return;
  const auto report =
      engine_->wait(engine_->alertDelivery().deliverIfFree(CallContext::within(kMostTime, stop_)));
  if (!report) output_.warning("alerts could not be delivered: " + report.error().message);
}

Result<void> CommandContext::goOn() const {
  if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "interrupted");
  if (output_.broken()) return fail(ErrorCode::internalError, "nobody reads the output any more");
  return {};
}

}  // namespace cachify::cli
