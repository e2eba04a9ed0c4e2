#pragma once
// A workflow kind in C++:
//
//   struct Persist : cachify::plugin::WorkflowKind {
//     static Description describe() { return {"persist", "Persist", "Takes the expiry away.",
//     R"({"type":"object", …})"}; } static std::unique_ptr<Plan> open(const Parameters& parameters, Cache
//     cache) { … }
//   };
//   CACHIFY_WORKFLOW_KIND(Persist)
//
// A kind whose plan follows from the keys that match a pattern derives its plan from KeyPlan, and says what
// shall be done to one key.

#include <cachify/plugin/workflow_kind.h>

#include <cachify/plugin.hpp>
#include <memory>
#include <vector>

namespace cachify::plugin {

/// What shall be done to one key. Holds views: what they show lives until it was pushed.
class Item {
 public:
  static Item remove(std::string_view key) { return Item(CACHIFY_STEP_DELETE, key); }
  /// In milliseconds, 1 or more.
  static Item setTtl(std::string_view key, std::int64_t ttlMs) {
    return Item(CACHIFY_STEP_SET_TTL, key, ttlMs);
  }
  static Item persist(std::string_view key) { return Item(CACHIFY_STEP_PERSIST, key); }
  /// Without a TTL: for ever.
  static Item setValue(std::string_view key, std::string_view value, std::optional<std::int64_t> ttlMs = {},
                       std::uint32_t clientFlags = 0) {
    Item item(CACHIFY_STEP_SET_VALUE, key, ttlMs.value_or(CACHIFY_NO_TTL));
    item.raw_.value = toBytes(value);
    item.raw_.client_flags = clientFlags;
    return item;
  }
  /// Never onto a key that exists.
  static Item rename(std::string_view key, std::string_view to) {
    Item item(CACHIFY_STEP_RENAME, key);
    item.raw_.rename_to = toBytes(to);
    return item;
  }
  static Item touch(std::string_view key) { return Item(CACHIFY_STEP_TOUCH, key); }

  [[nodiscard]] const cachify_plan_item& raw() const { return raw_; }

 private:
  Item(std::uint32_t action, std::string_view key, std::int64_t ttlMs = CACHIFY_NO_TTL) {
    raw_.struct_size = sizeof(raw_);
    raw_.action = action;
    raw_.ttl_ms = ttlMs;
    raw_.key = toBytes(key);
  }
  cachify_plan_item raw_{};
};

/// Where a plan's items go; for one call of Plan::next.
class Sink {
 public:
  explicit Sink(const cachify_plan_sink& table) : table_(table) {}

  /// False: it is full and did not take the item. Keep it, return, and push it first the next time.
  [[nodiscard]] bool push(const Item& item) {
    const auto status = table_.push(&table_, &item.raw());
    if (status == CACHIFY_REFUSED)
      throw std::invalid_argument("an item of the plan is not valid: its TTL or its size");
    return status == CACHIFY_OK;
  }
  /// Of how many items the plan will be, as far as is known.
  void expectTotal(std::uint64_t items) { table_.expect_total(&table_, items); }

 private:
  const cachify_plan_sink& table_;
};

enum class KeyType : std::uint32_t {
  none = CACHIFY_TYPE_NONE,
  string = CACHIFY_TYPE_STRING,
  hash = CACHIFY_TYPE_HASH,
  list = CACHIFY_TYPE_LIST,
  set = CACHIFY_TYPE_SET,
  zset = CACHIFY_TYPE_ZSET,
  stream = CACHIFY_TYPE_STREAM,
  json = CACHIFY_TYPE_JSON,
  other = CACHIFY_TYPE_OTHER
};

struct KeyFacts {
  KeyType type = KeyType::none;
  std::optional<std::int64_t> ttlMs{};  ///< nothing: no expiry
  std::optional<std::uint64_t> sizeBytes{};
};

/// Names of keys; as valid as what gave them.
using Keys = std::vector<cachify_bytes>;

/// The cache, for reading. Lives as long as the plan; its functions work only within `open` and `Plan::next`.
class Cache {
 public:
  explicit Cache(const cachify_plan_services& table) : table_(&table) {}

  struct Page {
    Keys keys{};               ///< valid until the next scan, or the end of this call of `next`
    std::string nextCursor{};  ///< empty: that was all
    std::uint64_t scanned = 0;
    std::optional<std::uint64_t> total{};
  };
  /// A page of the keys that match a glob pattern; `limit` is a target. A key may come twice.
  [[nodiscard]] Page scan(std::string_view pattern, std::string_view cursor, std::uint32_t limit) const {
    cachify_scan_page raw{};
    raw.struct_size = sizeof(raw);
    check(table_->scan(table_, toBytes(pattern), toText(cursor), limit, &raw));
    Page page;
    if (raw.key_count > 0) page.keys.assign(raw.keys, raw.keys + raw.key_count);
    page.nextCursor = view(raw.next_cursor);
    page.scanned = raw.scanned;
    if (raw.total != CACHIFY_NOT_KNOWN) page.total = raw.total;
    return page;
  }
  /// In order, one per key; at most 100 000 keys.
  [[nodiscard]] std::vector<KeyFacts> describe(const Keys& keys) const {
    std::vector<cachify_key_facts> raw(keys.size());
    check(table_->describe(table_, keys.data(), keys.size(), raw.data()));
    std::vector<KeyFacts> facts;
    facts.reserve(raw.size());
    for (const auto& one : raw) facts.push_back(factsOf(one));
    return facts;
  }
  /// The beginning of a string's bytes; nothing where the key is absent or no string.
  [[nodiscard]] std::optional<std::string> read(std::string_view key, std::uint64_t maxBytes) const {
    cachify_bytes value{};
    const auto status = table_->read(table_, toBytes(key), maxBytes, &value);
    if (status == CACHIFY_NOT_FOUND || status == CACHIFY_WRONG_TYPE) return std::nullopt;
    check(status);
    return std::string(view(value));
  }

 private:
  static void check(cachify_status status) {
    if (status != CACHIFY_OK) throw GivenUp();
  }
  static KeyFacts factsOf(const cachify_key_facts& raw) {
    KeyFacts facts;
    facts.type = static_cast<KeyType>(raw.type);
    if (raw.ttl_ms >= 0) facts.ttlMs = raw.ttl_ms;
    if (raw.size_bytes != CACHIFY_NOT_KNOWN) facts.sizeBytes = raw.size_bytes;
    return facts;
  }

  const cachify_plan_services* table_;
};

/// One plan being drawn up.
class Plan {
 public:
  Plan() = default;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  virtual ~Plan() = default;
  /// Pushes some items. True: ask again. False: the plan is complete.
  virtual bool next(Sink& sink) = 0;
};

/// A plan that follows from the keys that match a pattern.
class KeyPlan : public Plan {
 public:
  static constexpr std::uint64_t kNoLimit = UINT64_MAX;
  enum class Needs { names, facts };  ///< facts cost the server a command a key

  /// At most `limit` items.
  KeyPlan(Cache cache, std::string pattern, std::uint64_t limit = kNoLimit, Needs needs = Needs::names)
      : cache_(cache), pattern_(std::move(pattern)), limit_(limit), needs_(needs) {}

  bool next(Sink& sink) final {
    if (at_ == page_.keys.size()) fetch();
    for (; at_ < page_.keys.size(); ++at_) {
      if (planned_ == limit_) return false;
      const std::string_view key = names_[at_];
      const auto item = itemFor(key, facts_.empty() ? KeyFacts{} : facts_[at_]);
      if (!item) continue;
      if (!sink.push(*item)) return true;
      ++planned_;
    }
    return planned_ < limit_ && !page_.nextCursor.empty();
  }

 protected:
  /// What shall be done to this key; nothing: it is left alone.
  virtual std::optional<Item> itemFor(std::string_view key, const KeyFacts& facts) = 0;

 private:
  static constexpr std::uint32_t kKeysAPage = 10000;

  void fetch() {
    page_ = cache_.scan(pattern_, page_.nextCursor, kKeysAPage);
    if (needs_ == Needs::facts) facts_ = cache_.describe(page_.keys);
    // The rest of a page may have to wait for the next call, when what the host gave is gone.
    names_.clear();
    for (const auto& key : page_.keys) names_.emplace_back(view(key));
    at_ = 0;
  }

  Cache cache_;
  std::string pattern_;
  std::uint64_t limit_;
  Needs needs_;
  Cache::Page page_;
  std::vector<std::string> names_;
  std::vector<KeyFacts> facts_;
  std::size_t at_ = 0;
  std::uint64_t planned_ = 0;
};

struct KindDescription {
  std::string kind{};              ///< the same as `provides` in the manifest
  std::string title{};             ///< for people
  std::string summary{};           ///< for people
  std::string parametersSchema{};  ///< JSON Schema of an object
  bool isDestructive = true;       ///< may delete or overwrite
  bool supportsDryRun = true;
};

/// To derive a kind from: brings the names into its scope, and a `validate` that allows everything.
struct WorkflowKind {
  using Cache = plugin::Cache;
  using Description = KindDescription;
  using Parameters = plugin::Parameters;
  using Plan = plugin::Plan;

  /// What the schema cannot say: throw Refused.
  static void validate(const Parameters&) {}
};

namespace detail {

struct OpenedPlan {
  std::unique_ptr<Plan> plan;
};

template <class Kind>
struct KindExtension {
  static constexpr std::string_view kId = CACHIFY_EXT_WORKFLOW_KIND;

  static void describe(cachify_kind_description* out) noexcept {
    static const KindDescription kDescription = Kind::describe();
    out->flags = 0;
    if (kDescription.supportsDryRun) out->flags |= CACHIFY_KIND_SUPPORTS_DRY_RUN;
    if (kDescription.isDestructive) out->flags |= CACHIFY_KIND_IS_DESTRUCTIVE;
    out->kind = toText(kDescription.kind);
    out->title = toText(kDescription.title);
    out->summary = toText(kDescription.summary);
    out->parameters_schema = toText(kDescription.parametersSchema);
  }
  static cachify_status validate(const cachify_parameters* parameters,
                                 const cachify_problem* problem) noexcept {
    return run(problem, [&] {
      Kind::validate(Parameters(*parameters));
      return CACHIFY_OK;
    });
  }
  static cachify_status open(const cachify_parameters* parameters, const cachify_plan_services* services,
                             cachify_plan** plan, const cachify_problem* problem) noexcept {
    return run(problem, [&] {
      auto opened = std::make_unique<OpenedPlan>();
      opened->plan = Kind::open(Parameters(*parameters), Cache(*services));
      *plan = reinterpret_cast<cachify_plan*>(opened.release());
      return CACHIFY_OK;
    });
  }
  static cachify_status next(cachify_plan* plan, const cachify_plan_sink* sink,
                             const cachify_problem* problem) noexcept {
    return run(problem, [&] {
      Sink items(*sink);
      return reinterpret_cast<OpenedPlan*>(plan)->plan->next(items) ? CACHIFY_OK : CACHIFY_DONE;
    });
  }
  static void close(cachify_plan* plan) noexcept { delete reinterpret_cast<OpenedPlan*>(plan); }

  static const void* table() {
    static const cachify_workflow_kind kTable{
        sizeof(cachify_workflow_kind), 0, &describe, &validate, &open, &next, &close};
    return &kTable;
  }
};

}  // namespace detail
}  // namespace cachify::plugin

// Once in a library, at global scope.
#define CACHIFY_WORKFLOW_KIND(Kind) CACHIFY_PLUGIN_ENTRY(Kind, ::cachify::plugin::detail::KindExtension<Kind>)
