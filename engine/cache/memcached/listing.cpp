#include "cache/memcached/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>

#include "core/glob.hpp"

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;

// Room for a million keys of some thirty bytes.
constexpr std::size_t kWindowBytes = 48 << 20;
constexpr std::size_t kReadBytes = 256 << 10;
// A window that nobody came back to for so long tells of a cache that is no more.
constexpr auto kWindowLife = 2min;
// The crawler always has something to say while it works.
constexpr auto kSilence = 30s;
constexpr auto kBusyPatience = 3s;
constexpr auto kBusyPause = 20ms;

Error busyError() {
  return Error{.code = ErrorCode::connectionFailed,
               .message = "the server is busy with another listing of its keys; try again in a moment",
               .retryable = true}
      .with("reason", std::string("busy"));
}

Error refusedError(const std::string& words) {
  return {.code = ErrorCode::notSupported,
          .message = "the server does not list its keys (" + escapeForDisplay(words) +
                     "); it must run with its LRU crawler and without -X"};
}

}  // namespace

Listing::Listing(boost::asio::any_io_executor executor, Bytes pattern, std::optional<KeyHash> after)
    : executor_(executor),
      progress_(std::move(executor)),
      pattern_(std::move(pattern)),
      window_(after, kWindowBytes),
      lastUse_(std::chrono::steady_clock::now()) {}

void Listing::start(std::shared_ptr<ConnectionPool> pool) {
  boost::asio::co_spawn(
      executor_,
      [self = shared_from_this(), pool = std::move(pool)]() -> boost::asio::awaitable<void> {
        co_await self->run(pool);
      },
      boost::asio::detached);
}

boost::asio::awaitable<void> Listing::run(std::shared_ptr<ConnectionPool> pool) {
  CallContext context{.deadline = SteadyTime::max(), .stop = stopSource_.get_token()};
  auto lease = co_await pool->acquire(context);
  if (lease) {
    auto done = co_await crawl(**lease, context);
    if (!done) (*lease)->close();
    if (!done) error_ = done.error();
  } else {
    error_ = lease.error();
  }
  window_.seal();
  isThrough_ = true;
  progress_.notify();
}

Task<void> Listing::crawl(MemcachedConnection& connection, CallContext context) {
  auto facts = co_await connection.fetchFacts(context);
  if (!facts) co_return fail(facts.error());
  total_ = facts->items;
  // By hash table nothing is missed. By LRU ("all", for servers that know no other way) items that move up
  // meanwhile are.
  std::string command = "lru_crawler metadump hash\r\n";
  const auto patience = std::chrono::steady_clock::now() + kBusyPatience;
  while (true) {
    auto state = co_await crawlOnce(connection, command, context);
    if (!state) co_return fail(state.error());
    if (*state == CrawlParser::State::finished) co_return Result<void>();
    if (*state == CrawlParser::State::refused) co_return fail(refusedError(refusal_));
    if (*state == CrawlParser::State::badClass) {
      if (command.find("hash") == std::string::npos) co_return fail(refusedError("BADCLASS"));
      command = "lru_crawler metadump all\r\n";
      continue;
    }
    if (std::chrono::steady_clock::now() >= patience) co_return fail(busyError());
    Signal pause(executor_);
    CallContext untilPauseIsOver = CallContext::within(kBusyPause, context.stop);
    auto paused = co_await pause.wait(untilPauseIsOver);
    if (!paused && paused.error().code == ErrorCode::cancelled) co_return paused;
  }
}

Task<CrawlParser::State> Listing::crawlOnce(MemcachedConnection& connection, std::string command,
                                            CallContext context) {
  CrawlParser parser([this](BytesView key) { look(key); });
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
    if (scanned_ >= wakeAt_) progress_.notify();
  }
  refusal_ = parser.reason();
  co_return state;
}

void Listing::look(BytesView key) {
  ++scanned_;
  if (globMatches(pattern_, key)) window_.add(key);
}

/// One wait for progress; stops the crawl when the last who waits for it gives up.
Task<void> Listing::await(CallContext context) {
  auto waited = co_await progress_.wait(context);
  if (!waited && !progress_.hasWaiters()) stop();
  co_return waited;
}

Task<ScanPage> Listing::takePage(std::size_t limit, std::uint64_t maxScanned, CallContext context) {
  const auto self = shared_from_this();
  const auto target = reported_ + std::max<std::uint64_t>(std::min<std::uint64_t>(maxScanned, 1ULL << 62), 1);
  while (!isThrough_ && scanned_ < target) {
    wakeAt_ = target;
    auto waited = co_await await(context);
    if (!waited) co_return fail(waited.error());
  }
  if (isThrough_ && error_) co_return fail(*error_);
  co_return cutPage(limit);
}

Task<void> Listing::waitUntilThrough(CallContext context) {
  const auto self = shared_from_this();
  while (!isThrough_) {
    auto waited = co_await progress_.wait(context);
    if (!waited) co_return waited;
  }
  co_return Result<void>();
}

ScanPage Listing::cutPage(std::size_t limit) {
  ScanPage page;
  page.scanned = scanned_ - reported_;
  page.total = total_;
  reported_ = scanned_;
  lastUse_ = std::chrono::steady_clock::now();
  if (isThrough_) page.keys = window_.take(std::max<std::size_t>(limit, 1));
  const bool isOver = isThrough_ && window_.isEmpty() && !window_.isCut();
  if (!isOver) page.nextCursor = cursorAt(window_.position());
  return page;
}

bool Listing::continues(BytesView pattern, std::optional<KeyHash> position, SteadyTime now) const {
  if (error_ || stopSource_.stop_requested() || pattern != pattern_ || now - lastUse_ > kWindowLife)
    return false;
  // Through and empty it still has to say that this was all, unless it was cut: then only a new one finds
  // more.
  return position == window_.position() && !(isThrough_ && window_.isEmpty() && window_.isCut());
}

Result<std::optional<KeyHash>> parseCursor(std::string_view cursor) {
  if (cursor.empty() || cursor == "m-") return std::optional<KeyHash>();
  KeyHash hash = 0;
  const bool isMarked = cursor.size() == 17 && cursor.front() == 'm';
  if (isMarked) {
    const auto [end, problem] = std::from_chars(cursor.data() + 1, cursor.data() + 17, hash, 16);
    if (problem == std::errc() && end == cursor.data() + 17) return std::optional(hash);
  }
  return fail(ErrorCode::validationError, "this cursor is not one that a listing gave");
}

std::string cursorAt(std::optional<KeyHash> position) {
  return position ? fmt::format("m{:016x}", *position) : "m-";
}

}  // namespace cachify::cache::memcached
