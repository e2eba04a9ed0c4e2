// What a workflow kind is held to.

#include <fmt/format.h>

#include "plugin_host/conformance/checker.hpp"
#include "plugin_host/conformance/sample_keyspace.hpp"
#include "plugin_host/conformance/sample_parameters.hpp"
#include "plugin_host/protocol/plan_piece_codec.hpp"

namespace cachify::plugin_host {
namespace {

using Items = std::vector<domain::PlanItem>;

/// More than anything it should need for the keys there are.
constexpr std::size_t kMostPieces = 100'000;
constexpr std::size_t kManyKeys = 25'000;
constexpr std::size_t kFewKeys = 300;

std::unexpected<Error> broken(std::string message) {
  return fail(ErrorCode::validationError, std::move(message));
}

Task<void> openPlan(Checker& checker, PluginProcess& process, PlanServices& services, std::string parameters,
                    std::uint32_t pieceItems) {
  const PlanOpenRequest request{
      .json = std::move(parameters), .pieceItems = pieceItems, .pieceBytes = checker.limits().pieceBytes};
  PluginProcess::Question question{
      .type = MessageType::planOpen, .body = encodeBody(request), .services = &services};
  Result<PluginProcess::Answer> answer = co_await process.call(std::move(question), checker.context());
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>();
}

Task<PlanPiece> nextPiece(Checker& checker, PluginProcess& process, PlanServices& services,
                          std::uint32_t pieceItems) {
  PluginProcess::Question question{
      .type = MessageType::planNext, .expected = MessageType::piece, .services = &services};
  Result<PluginProcess::Answer> answer = co_await process.call(std::move(question), checker.context());
  if (!answer) co_return std::unexpected(answer.error());
  auto piece = decodePiece(answer->body, pieceItems);
  if (!piece) co_return broken("a piece of the plan cannot be read");
  co_return std::move(*piece);
}

Task<Items> wholePlan(Checker& checker, PluginProcess& process, PlanServices& services,
                      std::uint32_t pieceItems) {
  std::string parameters = checker.parameters(process);
  Result<void> opened = co_await openPlan(checker, process, services, std::move(parameters), pieceItems);
  if (!opened) co_return std::unexpected(opened.error());
  Items all;
  for (std::size_t i = 0; i < kMostPieces; ++i) {
    Result<PlanPiece> piece = co_await nextPiece(checker, process, services, pieceItems);
    if (!piece) co_return std::unexpected(piece.error());
    for (auto& item : piece->items) all.push_back(std::move(item));
    if (piece->isLast) co_return all;
  }
  co_return broken(fmt::format("it was not done after {} pieces", kMostPieces));
}

Task<Items> planInOneProcess(Checker& checker, PlanServices& services, std::uint32_t pieceItems) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  Result<Items> items = co_await wholePlan(checker, **process, services, pieceItems);
  co_return items;
}

Task<void> acceptsItsSample(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  const JsonRequest request{.json = checker.parameters(**process)};
  Bytes body = encodeBody(request);
  Result<void> accepted = co_await checker.ask(**process, MessageType::validate, std::move(body));
  if (!accepted && !isFault(accepted.error())) {
    co_return broken(fmt::format("{}; give examples in the schema, or parameters to check with",
                                 accepted.error().message));
  }
  co_return accepted;
}

Task<void> answersOddParameters(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  for (const auto& odd : oddParameters((*process)->loaded().schema)) {
    const JsonRequest request{.json = odd};
    Bytes body = encodeBody(request);
    Result<void> answered = co_await checker.askOddly(**process, MessageType::validate, std::move(body));
    if (!answered) co_return broken(fmt::format("{} for {}", answered.error().message, odd.substr(0, 200)));
  }
  co_return Result<void>();
}

/// Whoever opens a plan may have skipped `validate`.
Task<void> opensOddParameters(Checker& checker) {
  SampleKeyspace keys(kFewKeys);
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  const std::uint32_t pieceItems = checker.limits().pieceItems;
  for (const auto& odd : oddParameters((*process)->loaded().schema)) {
    std::string parameters = odd;
    Result<void> opened = co_await openPlan(checker, **process, keys, std::move(parameters), pieceItems);
    if (!opened && isFault(opened.error())) co_return opened;
    if (!opened) continue;
    Result<PlanPiece> piece = co_await nextPiece(checker, **process, keys, pieceItems);
    if (!piece && isFault(piece.error())) co_return std::unexpected(piece.error());
    if (!piece || piece->isLast) continue;
    Result<void> closed = co_await checker.ask(**process, MessageType::planClose);
    if (!closed) co_return closed;
  }
  co_return Result<void>();
}

Task<void> planEnds(Checker& checker) {
  SampleKeyspace keys(kManyKeys);
  Result<Items> items = co_await planInOneProcess(checker, keys, checker.limits().pieceItems);
  if (!items) co_return std::unexpected(items.error());
  co_return Result<void>();
}

Task<void> planIsTheSameInSmallPieces(Checker& checker) {
  SampleKeyspace keys(kFewKeys);
  Result<Items> large = co_await planInOneProcess(checker, keys, checker.limits().pieceItems);
  if (!large) co_return std::unexpected(large.error());
  Result<Items> small = co_await planInOneProcess(checker, keys, 1);
  if (!small) co_return std::unexpected(small.error());
  if (*large != *small)
    co_return broken(fmt::format("{} items in large pieces, {} in pieces of one, or not the same ones",
                                 large->size(), small->size()));
  co_return Result<void>();
}

Task<void> plansAnEmptyCache(Checker& checker) {
  SampleKeyspace keys(0);
  Result<Items> items = co_await planInOneProcess(checker, keys, checker.limits().pieceItems);
  if (!items) co_return std::unexpected(items.error());
  co_return Result<void>();
}

Task<void> givesUpWithTheCache(Checker& checker) {
  SampleKeyspace asked(kFewKeys);
  Result<Items> items = co_await planInOneProcess(checker, asked, checker.limits().pieceItems);
  if (!items) co_return std::unexpected(items.error());
  if (asked.calls() == 0) co_return fail(ErrorCode::notSupported, "it does not ask the cache");
  for (std::size_t call = 0; call < std::min<std::size_t>(asked.calls(), 5); ++call) {
    SampleKeyspace keys(kFewKeys);
    keys.failFrom(call);
    Result<Items> failed = co_await planInOneProcess(checker, keys, checker.limits().pieceItems);
    if (failed) co_return broken("it calls a plan complete although the cache was lost");
    if (isFault(failed.error())) co_return std::unexpected(failed.error());
  }
  co_return Result<void>();
}

Task<void> closesEarly(Checker& checker) {
  SampleKeyspace keys(kFewKeys);
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  for (const bool askBefore : {false, true}) {
    std::string parameters = checker.parameters(**process);
    Result<void> opened = co_await openPlan(checker, **process, keys, std::move(parameters), 1);
    if (!opened) co_return opened;
    if (askBefore) {
      Result<PlanPiece> piece = co_await nextPiece(checker, **process, keys, 1);
      if (!piece) co_return std::unexpected(piece.error());
    }
    Result<void> closed = co_await checker.ask(**process, MessageType::planClose);
    if (!closed) co_return closed;
  }
  Result<Items> items = co_await wholePlan(checker, **process, keys, checker.limits().pieceItems);
  if (!items) co_return std::unexpected(items.error());
  co_return Result<void>();
}

}  // namespace

boost::asio::awaitable<void> checkWorkflowKind(Checker& checker) {
  co_await checker.run("it accepts sample parameters", &acceptsItsSample);
  co_await checker.run("it answers odd parameters politely", &answersOddParameters);
  co_await checker.run("it opens plans of odd parameters, or refuses them", &opensOddParameters);
  co_await checker.run("a plan over many keys, odd ones too, comes to its end", &planEnds);
  co_await checker.run("a plan is the same in large pieces and in small ones", &planIsTheSameInSmallPieces);
  co_await checker.run("a plan over an empty cache comes to its end", &plansAnEmptyCache);
  co_await checker.run("a plan is given up when the cache is lost", &givesUpWithTheCache);
  co_await checker.run("a plan can be closed early, and another opened", &closesEarly);
}

}  // namespace cachify::plugin_host
