#pragma once
// A crawl of the server's keys that pages are cut from.

#include "cache/cache_session.hpp"
#include "cache/memcached/crawl.hpp"
#include "cache/memcached/key_window.hpp"

namespace cachify::cache::memcached {

/// Where a page begins. As text: "" or "m-" the start, "m" and 16 hex digits behind that hash, "d" and 16 hex
/// digits where that listing as dumped stands; by hash from the start, should it be gone.
struct ListingCursor {
  std::optional<KeyHash> position{};
  std::optional<std::uint64_t> dump{};
  bool operator==(const ListingCursor&) const = default;
};
/// VALIDATION_ERROR for a text that is none.
[[nodiscard]] Result<ListingCursor> parseCursor(std::string_view text);
[[nodiscard]] std::string toText(const ListingCursor& cursor);

/// Pages come in one of two orders. By hash: the crawl fills a window, and pages are cut from it once it is
/// through; any process can go on from there. As dumped: keys are passed on as they come, which only this
/// listing can go on with; when its caller falls behind by more than a window, it breaks off, and the cursor
/// then leads into a listing by hash from the start.
class Listing final : public Crawl {
 public:
  enum class Order : std::uint8_t { byHash, asDumped };
  Listing(boost::asio::any_io_executor executor, Bytes pattern, std::optional<KeyHash> after, Order order);

  /// The next page of matches. Before the crawl is through, a page by hash comes without keys once
  /// `maxScanned` more were looked at, so that the progress can be shown. A page that runs out of time or is
  /// stopped stops the crawl, unless others wait for it too.
  Task<ScanPage> takePage(std::size_t limit, std::uint64_t maxScanned, CallContext context);

  /// Can pages of `pattern` behind `cursor` be cut from here?
  [[nodiscard]] bool continues(BytesView pattern, const ListingCursor& cursor, SteadyTime now) const;

 private:
  void look(const DumpedItem& item) override;
  void ended() override;
  [[nodiscard]] bool hasNews() const override;
  Task<void> await(CallContext context);
  [[nodiscard]] ScanPage cutPage(std::size_t limit);
  [[nodiscard]] std::vector<Bytes> takeReady(std::size_t limit);
  void keepReady(BytesView key);

  Bytes pattern_;
  bool takesAll_;
  /// As dumped: random, so that no listing of another session or process is taken for this one.
  std::optional<std::uint64_t> dump_;
  KeyWindow window_;
  std::vector<Bytes> ready_;  ///< as dumped: those not passed on yet begin at `nextReady_`
  std::size_t nextReady_ = 0;
  std::size_t readyBytes_ = 0;
  bool brokeOff_ = false;
  std::uint64_t scanned_ = 0;
  std::uint64_t reported_ = 0;  ///< of `scanned_`, in pages so far
  std::uint64_t wakeAtScanned_ = 0;
  std::size_t wakeAtReady_ = 0;
  SteadyTime lastUse_;
};

}  // namespace cachify::cache::memcached
