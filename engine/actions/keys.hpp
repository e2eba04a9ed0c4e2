#pragma once
// Keys and values: list, count by folder, get, set, delete, rename, TTL.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions/mutator.hpp"
#include "domain/key_tree.hpp"

namespace cachify::actions {

struct ListedKey {
  Bytes key{};
  std::optional<cache::KeyDescription> description{};
};

enum class KeySource : std::uint8_t {
  server,
  /// The keys that Cachify has seen before, those of them that are still there. May lack any number.
  index,
};

struct KeyPage {
  std::vector<ListedKey> keys{};
  std::string nextCursor{};  ///< empty: done
  std::uint64_t scanned = 0;
  std::optional<std::uint64_t> total{};
  KeySource source = KeySource::server;
  std::string noListing{};  ///< why the server's own list could not be had, on the first page from the index
  bool partOfCluster = false;  ///< see cache::ScanPage
};

struct TreeRequest {
  Bytes pattern = "*";  ///< Redis glob; other keys are not counted
  domain::KeyTreeShape shape{};
};

struct TreeProgress {
  std::uint64_t scanned = 0;
  std::optional<std::uint64_t> total{};  ///< roughly
};
/// Called on the network thread.
using OnTreeProgress = std::function<void(const TreeProgress&)>;

struct CountedTree {
  domain::KeyTree tree;
  TreeProgress progress{};
  bool complete = false;       ///< false: it was stopped before all keys were looked at
  bool partOfCluster = false;  ///< see cache::ScanPage
};

enum class Describe : std::uint8_t { namesOnly, all };

struct SetOptions {
  domain::TtlChange ttl = domain::KeepTtl{};
  std::uint32_t flags = 0;                ///< Memcached client flags
  std::optional<std::string> ifDigest{};  ///< hex content digest the value must still have
  domain::SetMode mode = domain::SetMode::any;
  bool force = false;  ///< whatever `ifDigest` says, and whatever type the key holds
};

/// Lives on the network thread. Every call leaves an operation event.
class Keys {
 public:
  Keys(const Context& context, SessionPool& sessions, Mutator& mutator, const Recorder& recorder)
      : context_(context), sessions_(sessions), mutator_(mutator), recorder_(recorder) {}

  /// From the index of keys seen where a Memcached server does not list its keys.
  [[nodiscard]] Task<KeyPage> list(domain::ConnectionProfile profile, cache::ScanRequest request,
                                   Describe describe, std::stop_token stop);
  /// What a list shows beside the names, for those of them that are looked at. Leaves no event unless it
  /// fails: it completes a list, which left one.
  [[nodiscard]] Task<std::vector<cache::KeyDescription>> describe(domain::ConnectionProfile profile,
                                                                  std::vector<Bytes> keys,
                                                                  std::stop_token stop);
  /// What the server counts; see CacheSession::stats.
  [[nodiscard]] Task<cache::ServerStats> stats(domain::ConnectionProfile profile, std::string family,
                                               std::stop_token stop);
  /// Looks at all keys, step by step. A stop is no error: what was counted so far is the answer. What the
  /// server's scan gives twice is counted twice. One event for the whole.
  [[nodiscard]] Task<CountedTree> tree(domain::ConnectionProfile profile, TreeRequest request,
                                       OnTreeProgress onProgress, std::stop_token stop);
  /// An absent key is no error: its type is `none`. `operation`: as recorded.
  [[nodiscard]] Task<cache::ReadValue> get(domain::ConnectionProfile profile, Bytes key,
                                           cache::ReadRange range, std::stop_token stop,
                                           std::string operation = "keys.get");

  /// CONFLICT, with type, size and digest of both versions in its details, when `ifDigest` does not hold or
  /// the key holds another type than a string, unless forced. `mode` counts in any case.
  [[nodiscard]] Task<MutationReport> set(domain::ConnectionProfile profile, Bytes key, Bytes value,
                                         SetOptions options, Consent consent, std::stop_token stop);
  /// Changes a part of the value. CONFLICT when it has another type or an element is not as expected,
  /// NOT_FOUND when what is to be changed is not there. `report.result` is what the server said.
  [[nodiscard]] Task<MutationReport> edit(domain::ConnectionProfile profile, Bytes key,
                                          domain::ValueChange change, Consent consent, std::stop_token stop);
  /// The following answer NOT_FOUND for an absent key.
  [[nodiscard]] Task<MutationReport> remove(domain::ConnectionProfile profile, Bytes key, Consent consent,
                                            std::stop_token stop);
  /// `replace` false: CONFLICT when `to` exists.
  [[nodiscard]] Task<MutationReport> rename(domain::ConnectionProfile profile, Bytes from, Bytes to,
                                            bool replace, Consent consent, std::stop_token stop);
  /// NoTtl persists. KeepTtl is a VALIDATION_ERROR.
  [[nodiscard]] Task<MutationReport> ttl(domain::ConnectionProfile profile, Bytes key,
                                         domain::TtlChange change, Consent consent, std::stop_token stop);

 private:
  Task<KeyPage> listPage(domain::ConnectionProfile profile, cache::ScanRequest request, Describe describe,
                         CallContext context);
  /// One call under timeout and retry, recorded.
  template <class T>
  Task<T> read(domain::ConnectionProfile profile, std::string operation, Bytes about,
               std::function<Task<T>(cache::CacheSession&, CallContext)> call, std::stop_token stop);
  static void countPage(const TreeRequest& request, const KeyPage& page, CountedTree& counted);
  void record(const domain::ConnectionProfile& profile, std::string action, Bytes keyOrPattern,
              std::chrono::microseconds duration, std::uint32_t attempts, const Error* error);

  const Context& context_;
  SessionPool& sessions_;
  Mutator& mutator_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
