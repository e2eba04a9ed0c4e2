#include "contract/cache_session_contract.hpp"

#include "cache/mutation_rules.hpp"

namespace cachify::test {

using cache::ApplyOutcome;
using cache::ApplyStatus;

CacheSessionContract::Outcomes CacheSessionContract::applyOn(cache::CacheSession& session,
                                                             std::vector<domain::Mutation> mutations,
                                                             std::unique_ptr<cache::Hold> hold) {
  std::vector<Bytes> keys;
  for (const auto& mutation : mutations) {
    for (const BytesView key : domain::keysOf(mutation)) keys.emplace_back(key);
  }
  auto permit = actions::Gate::permitFor(connection_, cache::actionOf(mutations.front()), std::move(keys));
  return await(session.apply(std::move(permit), std::move(mutations), std::move(hold), soon()));
}

CacheSessionContract::Outcomes CacheSessionContract::applyAll(std::vector<domain::Mutation> mutations,
                                                              std::unique_ptr<cache::Hold> hold) {
  return applyOn(*session_, std::move(mutations), std::move(hold));
}

ApplyOutcome CacheSessionContract::apply(domain::Mutation mutation, std::unique_ptr<cache::Hold> hold) {
  std::vector<domain::Mutation> mutations;
  mutations.push_back(std::move(mutation));
  return applyAll(std::move(mutations), std::move(hold)).at(0);
}

void CacheSessionContract::mustApply(domain::Mutation mutation) {
  const auto outcome = apply(std::move(mutation));
  ASSERT_EQ(outcome.status, ApplyStatus::applied) << (outcome.error ? outcome.error->message : "");
}

void CacheSessionContract::set(const Bytes& key, const Bytes& value, domain::TtlChange ttl) {
  mustApply(domain::SetMutation{.key = key, .value = value, .ttl = ttl});
}

void CacheSessionContract::setElsewhere(const Bytes& key, const Bytes& value) {
  std::vector<domain::Mutation> mutations{
      domain::SetMutation{.key = key, .value = value, .ttl = domain::NoTtl{}}};
  ASSERT_EQ(applyOn(*other_, std::move(mutations), nullptr).at(0).status, ApplyStatus::applied);
}

cache::ReadValue CacheSessionContract::read(const Bytes& key) {
  auto got = await(session_->read(key, {}, soon()));
  if (!got) ADD_FAILURE() << got.error().message;
  return got.value_or(cache::ReadValue{});
}

std::optional<Bytes> CacheSessionContract::value(const Bytes& key) {
  auto got = read(key);
  if (got.type == domain::ValueType::none) return std::nullopt;
  return std::get<Bytes>(got.value);
}

domain::Capture CacheSessionContract::capture(const Bytes& key) {
  auto captures = await(session_->capture({key}, {}, soon()));
  if (!captures) ADD_FAILURE() << captures.error().message;
  return captures ? captures->at(0) : domain::Capture{};
}

cache::HeldCapture CacheSessionContract::captureHeld(std::vector<Bytes> keys) {
  auto held = await(session_->captureHeld(std::move(keys), {}, soon()));
  if (!held) ADD_FAILURE() << held.error().message;
  return held ? std::move(*held) : cache::HeldCapture{};
}

std::vector<Bytes> CacheSessionContract::scanAll(cache::ScanRequest request) {
  std::vector<Bytes> keys;
  do {
    auto page = await(session_->scan(request, soon()));
    if (!page) {
      ADD_FAILURE() << page.error().message;
      break;
    }
    keys.insert(keys.end(), page->keys.begin(), page->keys.end());
    request.cursor = page->nextCursor;
  } while (!request.cursor.empty());
  return keys;
}

bool CacheSessionContract::has(cache::Capability capability) {
  auto info = await(session_->probe(soon()));
  if (!info) ADD_FAILURE() << info.error().message;
  return info && (*info)[capability].supported;
}

std::optional<std::chrono::milliseconds> CacheSessionContract::ttlOf(const Bytes& key) {
  const auto value = read(key);
  if (value.ttlKnown) return value.ttl;
  const auto captured = capture(key);
  EXPECT_FALSE(captured.deadlineNotRead) << captured.deadlineNotRead->message;
  if (!captured.deadline) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(*captured.deadline - now());
}

void CacheSessionContract::expectRefused(const Bytes& key) {
  const auto outcome = apply(domain::SetMutation{.key = key, .value = "v", .ttl = domain::NoTtl{}});
  EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(outcome.error.value_or(Error()).code, ErrorCode::validationError);
  EXPECT_EQ(await(session_->read(key, {}, soon())).error().code, ErrorCode::validationError);
  EXPECT_EQ(await(session_->capture({key}, {}, soon())).error().code, ErrorCode::validationError);
  EXPECT_TRUE(scanAll({}).empty());
}

void CacheSessionContract::expectTtl(std::optional<std::chrono::milliseconds> ttl,
                                     std::chrono::milliseconds expected) {
  ASSERT_TRUE(ttl.has_value());
  EXPECT_LE(*ttl, expected + 1s);
  EXPECT_GT(*ttl, expected - 5s);
}

}  // namespace cachify::test
