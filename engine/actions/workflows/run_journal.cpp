#include "actions/workflows/run_journal.hpp"

#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

/// How often somebody else's event may come between, before something is wrong.
constexpr int kMaxJournalRaces = 8;

std::unexpected<Error> superseded() {
  return fail(Error{.code = ErrorCode::conflict,
                    .message = "another process has taken this run over; it goes on there"}
                  .with("superseded", true));
}

std::uint64_t eventsOf(const log::AppendRequest& request, const std::string& stream) {
  std::uint64_t count = 0;
  for (const auto& frame : request.frames) count += frame.stream == stream ? frame.payloads.size() : 0;
  return count;
}

}  // namespace

RunJournal::RunJournal(const Context& context, ExecutionId execution, std::uint64_t version)
    : context_(context),
      execution_(execution),
      stream_(events::runStream(execution)),
      version_(version),
      turn_(context.net) {}

Task<RunJournal::Prepared> RunJournal::prepare(log::AppendRequest request) const {
  Prepared prepared{.request = std::move(request)};
  prepared.ofStream = eventsOf(prepared.request, stream_);
  const auto hash = [&prepared] { return log::prepareFrames(prepared.request); };
  const Result<void> hashed = co_await onPool(context_.blocking, hash);
  if (!hashed) co_return std::unexpected(hashed.error());
  co_return prepared;
}

Task<log::AppendReceipt> RunJournal::append(log::AppendRequest request) {
  Prepared prepared{.request = std::move(request)};
  prepared.ofStream = eventsOf(prepared.request, stream_);
  Result<log::AppendReceipt> receipt = co_await append(std::move(prepared));
  co_return receipt;
}

Task<log::AppendReceipt> RunJournal::append(Prepared prepared) {
  const std::uint64_t ticket = nextTicket_++;
  std::function<bool()> isOurs = [this, ticket] { return served_ == ticket; };
  co_await turn_.waitFor(std::move(isOurs));
  Result<log::AppendReceipt> receipt = co_await appendInTurn(prepared);
  ++served_;
  turn_.notify();
  co_return receipt;
}

Task<log::AppendReceipt> RunJournal::appendInTurn(const Prepared& prepared) {
  for (int race = 0; race < kMaxJournalRaces; ++race) {
    log::AppendRequest attempt = prepared.request;
    attempt.conditions.push_back(log::StreamCondition::unchangedSince(stream_, version_));
    Result<log::AppendReceipt> receipt = co_await actions::append(context_.log, std::move(attempt));
    if (receipt) {
      if (!receipt->repeated) version_ += prepared.ofStream;
      co_return receipt;
    }
    const auto* stream = receipt.error().detail("stream");
    const bool isOurs = stream != nullptr && std::get<std::string>(*stream) == stream_;
    if (receipt.error().code != ErrorCode::conflict || !isOurs) co_return receipt;
    if (auto known = catchUp(); !known) co_return std::unexpected(known.error());
  }
  co_return superseded();
}

Result<void> RunJournal::catchUp() {
  const auto frames = context_.log.streamFrom(stream_, version_ + 1, kFramesAtOnce);
  if (!frames) return std::unexpected(frames.error());
  for (const auto& frame : *frames) {
    if (static_cast<events::EventType>(frame.type) != events::EventType::workflowCancelled)
      return superseded();
    cancelled_ = true;
    version_ = frame.firstStreamVersion + frame.payloads.size() - 1;
  }
  return {};
}

}  // namespace cachify::actions
