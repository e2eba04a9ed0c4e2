#include "actions/duty.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include "views/file_lock.hpp"

namespace cachify::actions {
namespace {

constexpr std::chrono::milliseconds kLookForLease{1000};

struct Limit {
  Limit(const boost::asio::any_io_executor& executor, std::chrono::milliseconds patience)
      : timer(executor, patience) {}
  boost::asio::steady_timer timer;
  std::stop_source stop;
  bool isOver = false;
};

}  // namespace

Duty::Duty(const Context& context) : context_(context) {}
Duty::~Duty() = default;

void Duty::add(Chore chore) {
  chores_.push_back(std::move(chore));
}

Result<std::shared_ptr<views::FileLock>> tryDutyLease(const Context& context) {
  auto lock = views::FileLock::tryTake(context.dataDirectory / "duty.lock", views::FileLock::Kind::exclusive);
  if (!lock) return std::unexpected(lock.error());
  return *lock ? std::make_shared<views::FileLock>(*std::move(*lock)) : nullptr;
}

Task<bool> Duty::begin() {
  if (begun_) co_return held();
  auto lease = tryDutyLease(context_);
  if (!lease) co_return std::unexpected(lease.error());
  lease_ = *std::move(lease);
  begun_ = true;
  boost::asio::co_spawn(context_.net, run(), boost::asio::detached);
  co_return held();
}

Task<bool> Duty::once(std::string chore, std::chrono::milliseconds patience) {
  const auto found = std::ranges::find(chores_, chore, &Chore::name);
  if (found == chores_.end()) co_return false;
  std::shared_ptr<views::FileLock> lease = lease_;
  if (!lease) {
    auto taken = tryDutyLease(context_);
    if (!taken) co_return std::unexpected(taken.error());
    lease = *std::move(taken);
  }
  if (!lease) co_return false;
  const auto limit = std::make_shared<Limit>(context_.net, patience);
  const std::stop_callback onStop(stop_.get_token(), [limit] { limit->stop.request_stop(); });
  limit->timer.async_wait([limit](const boost::system::error_code& error) {
    limit->isOver = !error;
    if (limit->isOver) limit->stop.request_stop();
  });
  const std::stop_token token = limit->stop.get_token();
  const Result<void> done = co_await found->work(token);
  limit->timer.cancel();
  if (done) co_return true;
  if (!limit->isOver) co_return std::unexpected(done.error());
  co_return fail(Error{.code = ErrorCode::timeout,
                       .message = fmt::format("{} did not end in {} ms", chore, patience.count()),
                       .retryable = true});
}

void Duty::stop() {
  stop_.request_stop();
  lease_.reset();
}

awaitable<void> Duty::run() {
  const std::stop_token stop = stop_.get_token();
  while (!held()) {
    const Result<void> waited = co_await sleepFor(kLookForLease, stop);
    if (!waited) co_return;
    // A lock that cannot be asked for now may be had later: the directory's disk may have been full.
    auto lease = tryDutyLease(context_);
    if (lease) lease_ = *std::move(lease);
  }
  for (std::size_t i = 0; i < chores_.size(); ++i) {
    boost::asio::co_spawn(context_.net, repeat(i, lease_), boost::asio::detached);
  }
}

awaitable<void> Duty::repeat(std::size_t index, std::shared_ptr<views::FileLock> /*lease*/) {
  const std::stop_token stop = stop_.get_token();
  const Chore& chore = chores_[index];
  std::string lastFailure;
  while (!stop.stop_requested()) {
    const Result<void> done = co_await chore.work(stop);
    std::string failure = done ? std::string() : done.error().message;
    if (!failure.empty() && failure != lastFailure && !stop.stop_requested())
      spdlog::warn("{}: {}", chore.name, failure);
    lastFailure = std::move(failure);
    const Result<void> waited = co_await sleepFor(chore.period, stop);
    if (!waited) co_return;
  }
}

}  // namespace cachify::actions
