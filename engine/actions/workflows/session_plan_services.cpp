#include "actions/workflows/session_plan_services.hpp"

#include "actions/retrying.hpp"

namespace cachify::actions {
namespace {

template <class T>
using Asking = std::function<Task<T>(CallContext)>;

class SessionPlanServices final : public plugin_host::PlanServices {
 public:
  SessionPlanServices(std::shared_ptr<cache::CacheSession> session, const domain::ConnectionProfile& profile,
                      std::stop_token stop)
      : session_(std::move(session)),
        retry_(profile.retry),
        timeout_(profile.timeout),
        stop_(std::move(stop)) {
    retry_.abortOnErrorRate = 1;  // in a run that is a matter of steps
  }

  Task<ScanPage> scan(Bytes pattern, std::string cursor, std::uint32_t limit, CallContext) override {
    const cache::ScanRequest request{
        .pattern = std::move(pattern), .cursor = std::move(cursor), .limit = limit};
    Asking<cache::ScanPage> ask = [&](CallContext context) { return session_->scan(request, context); };
    AttemptCounter counter(retry_, timeout_, stop_);
    Result<cache::ScanPage> page = co_await retrying<cache::ScanPage>(counter, std::move(ask));
    if (!page) co_return std::unexpected(page.error());
    co_return ScanPage{.keys = std::move(page->keys),
                       .nextCursor = std::move(page->nextCursor),
                       .scanned = page->scanned,
                       .total = page->total};
  }

  Task<std::vector<KeyFacts>> describe(std::vector<Bytes> keys, CallContext) override {
    using Descriptions = std::vector<cache::KeyDescription>;
    Asking<Descriptions> ask = [&](CallContext context) { return session_->describe(keys, context); };
    AttemptCounter counter(retry_, timeout_, stop_);
    Result<Descriptions> described = co_await retrying<Descriptions>(counter, std::move(ask));
    if (!described) co_return std::unexpected(described.error());
    std::vector<KeyFacts> facts;
    facts.reserve(described->size());
    for (const auto& key : *described) facts.push_back({key.type, key.ttl, key.sizeBytes});
    co_return facts;
  }

  Task<std::optional<Bytes>> read(Bytes key, std::uint64_t maxBytes, CallContext) override {
    const cache::ReadRange range{.maxBytes = maxBytes};
    Asking<cache::ReadValue> ask = [&](CallContext context) { return session_->read(key, range, context); };
    AttemptCounter counter(retry_, timeout_, stop_);
    Result<cache::ReadValue> value = co_await retrying<cache::ReadValue>(counter, std::move(ask));
    if (!value) co_return std::unexpected(value.error());
    if (value->type == domain::ValueType::none) co_return std::optional<Bytes>();
    if (auto* text = std::get_if<Bytes>(&value->value)) co_return std::optional<Bytes>(std::move(*text));
    co_return fail(ErrorCode::conflict, "this key holds no string");
  }

 private:
  std::shared_ptr<cache::CacheSession> session_;
  domain::RetryPolicy retry_;
  std::chrono::milliseconds timeout_;
  std::stop_token stop_;
};

}  // namespace

std::unique_ptr<plugin_host::PlanServices> makePlanServices(std::shared_ptr<cache::CacheSession> session,
                                                            const domain::ConnectionProfile& profile,
                                                            std::stop_token stop) {
  return std::make_unique<SessionPlanServices>(std::move(session), profile, std::move(stop));
}

}  // namespace cachify::actions
