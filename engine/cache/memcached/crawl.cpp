#include "cache/memcached/crawl.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kReadBytes = 256 << 10;
// The crawler always has something to say while it works.
constexpr auto kSilence = 30s;
constexpr std::chrono::milliseconds kFirstBusyPause = 20ms;
constexpr std::chrono::milliseconds kLongestBusyPause = 500ms;

Error busyError() {
  return Error{
      .code = ErrorCode::timeout,
      .message = "the server was busy with another listing of its keys all the time; try again in a moment",
      .retryable = true}
      .with("reason", std::string("busy"));
}

Error refusedError(const std::string& words) {
  return Error{.code = ErrorCode::notSupported,
               .message = "the server does not list its keys (" + escapeForDisplay(words) +
                          "); it must run with its LRU crawler and without -X"}
      .with("capability", std::string("patternScan"));
}

}  // namespace

Crawl::Crawl(boost::asio::any_io_executor executor) : executor_(executor), progress_(std::move(executor)) {}

void Crawl::start(std::shared_ptr<ConnectionPool> pool) {
  boost::asio::co_spawn(
      executor_,
      [self = shared_from_this(), pool = std::move(pool)]() -> boost::asio::awaitable<void> {
        co_await self->run(pool);
      },
      boost::asio::detached);
}

boost::asio::awaitable<void> Crawl::run(std::shared_ptr<ConnectionPool> pool) {
  CallContext context{.deadline = SteadyTime::max(), .stop = stopSource_.get_token()};
  auto lease = co_await pool->acquire(context);
  if (lease) {
    auto done = co_await crawl(**lease, context);
    if (!done) (*lease)->close();
    if (!done) error_ = done.error();
  } else {
    error_ = lease.error();
  }
  isThrough_ = true;
  ended();
  progress_.notify();
}

Task<void> Crawl::crawl(MemcachedConnection& connection, CallContext context) {
  auto facts = co_await connection.fetchFacts(context);
  if (!facts) co_return fail(facts.error());
  total_ = facts->items;
  if (auto worthIt = judge(*facts); !worthIt) co_return worthIt;
  // By hash table nothing is missed. By LRU ("all", for servers that know no other way) items that move up
  // meanwhile are.
  std::string command = "lru_crawler metadump hash\r\n";
  std::chrono::milliseconds busyPause = kFirstBusyPause;
  while (true) {
    auto state = co_await crawlOnce(connection, command, context);
    if (!state) co_return fail(state.error());
    isBusy_ = *state == CrawlParser::State::busy;
    if (*state == CrawlParser::State::finished) co_return Result<void>();
    if (*state == CrawlParser::State::refused) co_return fail(refusedError(refusal_));
    if (*state == CrawlParser::State::badClass) {
      if (command.find("hash") == std::string::npos) co_return fail(refusedError("BADCLASS"));
      command = "lru_crawler metadump all\r\n";
      continue;
    }
    auto paused = co_await pause(busyPause, context);
    if (!paused) co_return paused;
    busyPause = std::min(busyPause * 2, kLongestBusyPause);
  }
}

Task<void> Crawl::pause(std::chrono::milliseconds time, CallContext context) {
  Signal nobody(executor_);
  CallContext untilItIsOver = CallContext::within(time, context.stop);
  auto paused = co_await nobody.wait(untilItIsOver);
  if (!paused && paused.error().code == ErrorCode::cancelled) co_return paused;
  co_return Result<void>();
}

Task<CrawlParser::State> Crawl::crawlOnce(MemcachedConnection& connection, std::string command,
                                          CallContext context) {
  CrawlParser parser([this](const DumpedItem& item) { look(item); });
  std::vector<char> buffer(kReadBytes);
  context.deadline = std::chrono::steady_clock::now() + kSilence;
  auto written = co_await connection.transport().writeAll(command, context);
  if (!written) co_return fail(written.error());
  auto state = CrawlParser::State::listing;
  while (state == CrawlParser::State::listing) {
    context.deadline = std::chrono::steady_clock::now() + kSilence;
    auto got = co_await connection.transport().readSome(buffer, context);
    if (!got) co_return fail(got.error());
    auto fed = parser.feed(BytesView(buffer.data(), *got));
    if (!fed) co_return fail(fed.error());
    state = *fed;
    if (hasNews()) progress_.notify();
  }
  refusal_ = parser.reason();
  co_return state;
}

Task<void> Crawl::awaitNews(CallContext context) {
  auto waited = co_await progress_.wait(context);
  const bool ranOut = !waited && waited.error().code == ErrorCode::timeout;
  if (ranOut && isBusy_) co_return fail(busyError());
  co_return waited;
}

Task<void> Crawl::waitUntilThrough(CallContext context) {
  const auto self = shared_from_this();
  while (!isThrough_) {
    auto waited = co_await awaitNews(context);
    if (!waited) co_return waited;
  }
  co_return Result<void>();
}

Task<void> Crawler::start(std::shared_ptr<Crawl> crawl, CallContext context) {
  while (latest_ && !latest_->isThrough()) {
    const auto other = latest_;
    auto waited = co_await other->waitUntilThrough(context);
    if (!waited) co_return waited;
  }
  latest_ = std::move(crawl);
  latest_->start(pool_);
  co_return Result<void>();
}

}  // namespace cachify::cache::memcached
