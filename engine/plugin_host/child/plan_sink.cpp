#include "plugin_host/child/plan_sink.hpp"

#include "plugin_host/child/plugin_library.hpp"

namespace cachify::plugin_host {
namespace {

constexpr std::uint64_t kMaxItemBytes = 48UL << 20;
/// Whoever still offers after that many refusals will not stop.
constexpr int kMostOffersToFull = 10'000;

// An action's number crosses as it is.
static_assert(static_cast<int>(domain::StepAction::remove) == CACHIFY_STEP_DELETE);
static_assert(static_cast<int>(domain::StepAction::setTtl) == CACHIFY_STEP_SET_TTL);
static_assert(static_cast<int>(domain::StepAction::persist) == CACHIFY_STEP_PERSIST);
static_assert(static_cast<int>(domain::StepAction::setValue) == CACHIFY_STEP_SET_VALUE);
static_assert(static_cast<int>(domain::StepAction::rename) == CACHIFY_STEP_RENAME);
static_assert(static_cast<int>(domain::StepAction::touch) == CACHIFY_STEP_TOUCH);

bool isTtl(std::int64_t ms) {
  return ms >= 1 && ms <= kMaxPlanTtlMs;
}

bool hasTtl(const cachify_plan_item& item) {
  return item.action == CACHIFY_STEP_SET_TTL || item.action == CACHIFY_STEP_SET_VALUE;
}

/// Nothing unless the item is valid. Members that its action does not name are left out.
std::optional<ItemView> viewOfItem(const cachify_plan_item* item) {
  if (item == nullptr || item->struct_size < sizeof(cachify_plan_item) || item->action > CACHIFY_STEP_TOUCH)
    return std::nullopt;
  ItemView view{.action = static_cast<domain::StepAction>(item->action), .key = viewOf(item->key)};
  const bool forEver = item->action == CACHIFY_STEP_SET_VALUE && item->ttl_ms == CACHIFY_NO_TTL;
  if (hasTtl(*item) && !forEver) {
    if (!isTtl(item->ttl_ms)) return std::nullopt;
    view.ttlMs = item->ttl_ms;
  }
  if (item->action == CACHIFY_STEP_SET_VALUE) {
    view.value = viewOf(item->value);
    view.flags = item->client_flags;
  }
  if (item->action == CACHIFY_STEP_RENAME) view.renameTo = viewOf(item->rename_to);
  for (const auto part : {view.key, view.value, view.renameTo}) {
    if (part.size() > kMaxItemBytes) return std::nullopt;
  }
  if (view.key.size() + view.value.size() + view.renameTo.size() > kMaxItemBytes) return std::nullopt;
  return view;
}

}  // namespace

PlanSink::PlanSink(EngineSocket& engine, PieceWriter& piece)
    : engine_(engine),
      piece_(piece),
      table_{.struct_size = sizeof(cachify_plan_sink),
             .reserved = 0,
             .context = this,
             .push = &push,
             .expect_total = &expectTotal} {}

cachify_status PlanSink::push(const cachify_plan_sink* sink, const cachify_plan_item* item) {
  auto& self = *static_cast<PlanSink*>(sink->context);
  const auto view = viewOfItem(item);
  if (!view) return CACHIFY_REFUSED;
  if (!self.isFull_ && self.piece_.hasRoomFor(*view)) {
    self.piece_.add(*view);
    return CACHIFY_OK;
  }
  self.isFull_ = true;
  if (++self.offeredToFull_ > kMostOffersToFull)
    self.engine_.endWith(Fault::endless, "it kept pushing to a full sink");
  return CACHIFY_FULL;
}

void PlanSink::expectTotal(const cachify_plan_sink* sink, std::uint64_t items) {
  static_cast<PlanSink*>(sink->context)->piece_.expectTotal(items);
}

}  // namespace cachify::plugin_host
