// Keys::tree: all keys, counted by folder.

#include "actions/keys.hpp"
#include "actions/retrying.hpp"
#include "core/glob.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;

namespace {

/// A page is no more than a step of progress.
constexpr std::uint64_t kTreeScannedAStep = 50'000;
constexpr std::uint32_t kTreeKeysAStep = 10'000;

/// The server leaves out what lies elsewhere; a second pattern is looked at here.
cache::ScanRequest scanFor(const TreeRequest& request, const domain::KeyTree& tree) {
  const Bytes& folder = tree.shape().folder;
  return {.pattern = folder.empty() ? request.pattern : escapeGlob(folder) + "*",
          .cursor = {},
          .limit = kTreeKeysAStep,
          .type = {},
          .maxScanned = kTreeScannedAStep};
}

}  // namespace

void Keys::countPage(const TreeRequest& request, const KeyPage& page, CountedTree& counted) {
  const bool filters = request.pattern != "*" && !counted.tree.shape().folder.empty();
  for (const auto& listed : page.keys) {
    if (!filters || globMatches(request.pattern, listed.key)) counted.tree.add(listed.key);
  }
  counted.progress.scanned += page.scanned;
  counted.progress.total = page.total;
  counted.partOfCluster = page.partOfCluster;
  counted.complete = page.nextCursor.empty();
}

Task<CountedTree> Keys::tree(ConnectionProfile profile, TreeRequest request, OnTreeProgress onProgress,
                             std::stop_token stop) {
  CountedTree counted{.tree = domain::KeyTree(request.shape)};
  cache::ScanRequest scan = scanFor(request, counted.tree);
  AttemptCounter whole(profile.retry, profile.timeout, stop);
  std::uint32_t attempts = 1;
  std::optional<Error> error;
  while (!counted.complete && !error) {
    AttemptCounter counter(profile.retry, profile.timeout, stop);
    const std::function<Task<KeyPage>(CallContext)> attempt = [&](CallContext context) {
      return listPage(profile, scan, Describe::namesOnly, context);
    };
    Result<KeyPage> page = co_await retrying<KeyPage>(counter, attempt);
    attempts += counter.attempts() - std::min(counter.attempts(), 1U);
    if (!page) {
      error = page.error();
      continue;
    }
    countPage(request, *page, counted);
    scan.cursor = std::move(page->nextCursor);
    if (onProgress) onProgress(counted.progress);
    if (stop.stop_requested() && !counted.complete)
      error = Error{.code = ErrorCode::cancelled, .message = "stopped"};
  }
  record(profile, "keys.tree", scan.pattern, whole.duration(), attempts, error ? &*error : nullptr);
  if (error && error->code != ErrorCode::cancelled) co_return fail(*std::move(error));
  co_return std::move(counted);
}

}  // namespace cachify::actions
