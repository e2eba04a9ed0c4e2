#include "plugin_host/hosted_plan.hpp"

#include <iterator>

#include "plugin_host/protocol/plan_piece_codec.hpp"

namespace cachify::plugin_host {

Task<PlanPiece> HostedPlan::next(std::uint32_t maxItems, std::uint64_t maxBytes, CallContext context) {
  if (taken_ == fetched_.items.size()) {
    if (!process_) co_return fail(ErrorCode::internalError, "the plan is complete or was broken off");
    Result<void> fetched = co_await fetch(std::move(context));
    if (!fetched) {
      process_.reset();
      co_return std::unexpected(fetched.error());
    }
  }
  co_return take(maxItems, maxBytes);
}

Task<void> HostedPlan::fetch(CallContext context) {
  PluginProcess::Question question{
      .type = MessageType::planNext, .expected = MessageType::piece, .services = &services_};
  Result<PluginProcess::Answer> answer = co_await process_->call(std::move(question), std::move(context));
  if (!answer) co_return std::unexpected(answer.error());
  auto piece = decodePiece(answer->body, process_->limits().pieceItems);
  if (!piece) co_return fail(process_->fault(Fault::garbage, "a piece of a plan that cannot be read"));
  fetched_ = std::move(*piece);
  taken_ = 0;
  if (fetched_.isLast) {
    plugin_->worked(*process_);
    plugin_->release(std::exchange(process_, nullptr));
  }
  co_return Result<void>();
}

PlanPiece HostedPlan::take(std::uint32_t maxItems, std::uint64_t maxBytes) {
  auto& items = fetched_.items;
  std::uint64_t bytes = 0;
  std::size_t end = taken_;
  while (end < items.size() && end - taken_ < std::max<std::uint32_t>(maxItems, 1)) {
    bytes += items[end].key.size() + items[end].value.size() + items[end].renameTo.size();
    if (bytes > maxBytes && end > taken_) break;
    ++end;
  }
  PlanPiece piece{.isLast = fetched_.isLast && end == items.size(), .expectedTotal = fetched_.expectedTotal};
  if (taken_ == 0 && end == items.size()) {
    piece.items = std::move(items);
    items.clear();
    taken_ = 0;
    return piece;
  }
  const auto at = [&](std::size_t index) {
    return std::make_move_iterator(items.begin()) + static_cast<std::ptrdiff_t>(index);
  };
  piece.items.assign(at(taken_), at(end));
  taken_ = end;
  return piece;
}

}  // namespace cachify::plugin_host
