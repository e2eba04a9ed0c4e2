#pragma once
// The port to a workflow kind: what the engine asks of a plugin that plans bulk work. A kind plans; only the
// engine acts, so no plugin gets round the gate, and every plugin's work is snapshotted, retried and undoable
// without its doing.
//
// Threads: everything here lives on the network thread; coroutines are started there. Calls on one OpenPlan
// never overlap. Errors: VALIDATION_ERROR for parameters that the kind refuses (details `field` where it
// names one); INTERNAL_ERROR with detail `plugin` (its id) and `fault` (crashed, hung, garbage, …) when the
// plugin misbehaved; UNAUTHORIZED with detail `plugin` when it is not trusted or quarantined; CANCELLED,
// TIMEOUT as everywhere.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/call_context.hpp"
#include "core/result.hpp"
#include "domain/logical_value.hpp"
#include "plugin_host/plan_piece.hpp"

namespace cachify::plugin_host {

template <class T>
using Task = boost::asio::awaitable<Result<T>>;

struct KindDescription {
  std::string kind{};   ///< "deleteByPattern": stands in templates, executions and on the command line
  std::string title{};  ///< for people, like all below
  std::string summary{};
  std::string pluginId{};
  std::string pluginVersion{};
  std::string
      parametersSchema{};  ///< JSON Schema (draft 7) of an object; `default` is filled in by the engine
  bool supportsDryRun = true;
  bool isDestructive = true;  ///< may delete or overwrite: what templates of it begin with
};

/// What a planner may know of the cache. Read-only; implemented over the session of the run.
class PlanServices {
 public:
  virtual ~PlanServices() = default;

  struct ScanPage {
    std::vector<Bytes> keys{};
    std::string nextCursor{};  ///< empty: done
    std::uint64_t scanned = 0;
    std::optional<std::uint64_t> total{};
  };
  struct KeyFacts {
    domain::ValueType type = domain::ValueType::none;
    std::optional<std::chrono::milliseconds> ttl{};  ///< nothing: no expiry
    std::optional<std::uint64_t> sizeBytes{};
  };

  /// `limit` is a target; a page ends at a batch boundary of the server.
  virtual Task<ScanPage> scan(Bytes pattern, std::string cursor, std::uint32_t limit,
                              CallContext context) = 0;
  /// In order, one per key.
  virtual Task<std::vector<KeyFacts>> describe(std::vector<Bytes> keys, CallContext context) = 0;
  /// A string's bytes, at most `maxBytes` of them; nothing for an absent key; CONFLICT for other types.
  virtual Task<std::optional<Bytes>> read(Bytes key, std::uint64_t maxBytes, CallContext context) = 0;
};

/// One plan being drawn up. Destroying it closes it, whatever is under way.
class OpenPlan {
 public:
  virtual ~OpenPlan() = default;
  /// At most `maxItems` items and about `maxBytes` of keys and values; an empty piece that is not the last is
  /// allowed (a stretch of the keyspace without matches).
  virtual Task<PlanPiece> next(std::uint32_t maxItems, std::uint64_t maxBytes, CallContext context) = 0;
};

class WorkflowKind {
 public:
  virtual ~WorkflowKind() = default;
  [[nodiscard]] virtual const KindDescription& description() const = 0;
  /// What the schema cannot say. Parameters are a JSON object with defaults filled in, valid by the schema.
  virtual Task<void> validate(std::string parametersJson, CallContext context) = 0;
  /// `services` outlives the plan.
  virtual Task<std::unique_ptr<OpenPlan>> open(std::string parametersJson, PlanServices& services,
                                               CallContext context) = 0;
};

}  // namespace cachify::plugin_host
