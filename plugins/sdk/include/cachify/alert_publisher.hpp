#pragma once
// An alert publisher in C++:
//
//   class Shout : public cachify::plugin::AlertPublisher {
//    public:
//     static Description describe() { return {"shout", "Shout", "Says it aloud.", R"({"type":"object", …})"};
//     } void configure(const Parameters& configuration) override { … } Delivery deliver(const Batch& batch)
//     override { … }
//   };
//   CACHIFY_ALERT_PUBLISHER(Shout)

#include <cachify/plugin/alert_publisher.h>

#include <cachify/plugin.hpp>
#include <chrono>
#include <memory>

namespace cachify::plugin {

struct PublisherDescription {
  std::string publisher{};            ///< the same as `provides` in the manifest
  std::string title{};                ///< for people
  std::string summary{};              ///< for people
  std::string configurationSchema{};  ///< JSON Schema of an object; "writeOnly" marks a secret
};

/// For one call of `deliver`.
class Batch {
 public:
  explicit Batch(const cachify_alert_batch& raw)
      : raw_(raw), deadline_(std::chrono::steady_clock::now() + std::chrono::milliseconds(raw.deadline_ms)) {}

  /// The same when the batch is delivered again.
  [[nodiscard]] std::string_view idempotencyKey() const { return view(raw_.idempotency_key); }
  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return deadline_; }
  [[nodiscard]] std::uint64_t size() const { return raw_.alert_count; }
  [[nodiscard]] const cachify_alert& operator[](std::uint64_t i) const { return *raw_.alerts[i]; }

 private:
  const cachify_alert_batch& raw_;
  std::chrono::steady_clock::time_point deadline_;
};

struct Delivery {
  std::uint32_t outcome = CACHIFY_DELIVERED;
  std::chrono::milliseconds retryAfter{};
  std::string why{};

  static Delivery done() { return {}; }
  static Delivery later(std::chrono::milliseconds after, std::string why) {
    return {CACHIFY_RETRY_AFTER, after, std::move(why)};
  }
  static Delivery failed(std::string why) { return {CACHIFY_DELIVERY_FAILED, {}, std::move(why)}; }
};

/// Made once, before the first call. Derive from it, with a static `describe`.
class AlertPublisher {
 public:
  using Batch = plugin::Batch;
  using Delivery = plugin::Delivery;
  using Description = PublisherDescription;
  using Parameters = plugin::Parameters;

  AlertPublisher() = default;
  AlertPublisher(const AlertPublisher&) = delete;
  AlertPublisher& operator=(const AlertPublisher&) = delete;
  virtual ~AlertPublisher() = default;

  /// Throw Refused for what cannot be; the configuration before holds then. Touches nothing outside.
  virtual void configure(const Parameters& configuration) = 0;
  /// What is thrown counts as failed.
  virtual Delivery deliver(const Batch& batch) = 0;
  /// Throw if a delivery would not work by now.
  virtual void health() {}
};

namespace detail {

template <class Publisher>
struct PublisherExtension {
  static constexpr std::string_view kId = CACHIFY_EXT_ALERT_PUBLISHER;

  static Publisher& instance() {
    static Publisher publisher;
    return publisher;
  }
  static void describe(cachify_publisher_description* out) noexcept {
    static const PublisherDescription kDescription = Publisher::describe();
    out->publisher = toText(kDescription.publisher);
    out->title = toText(kDescription.title);
    out->summary = toText(kDescription.summary);
    out->configuration_schema = toText(kDescription.configurationSchema);
  }
  static cachify_status configure(const cachify_parameters* configuration,
                                  const cachify_problem* problem) noexcept {
    return run(problem, [&] {
      instance().configure(Parameters(*configuration));
      return CACHIFY_OK;
    });
  }
  static cachify_status deliver(const cachify_alert_batch* batch, cachify_delivery* delivery,
                                const cachify_problem* problem) noexcept {
    return run(problem, [&] {
      const Delivery made = instance().deliver(Batch(*batch));
      delivery->outcome = made.outcome;
      delivery->retry_after_ms = static_cast<std::uint64_t>(made.retryAfter.count());
      if (!made.why.empty()) problem->report(problem, {}, toText(made.why));
      return CACHIFY_OK;
    });
  }
  static cachify_status health(const cachify_problem* problem) noexcept {
    return run(problem, [] {
      instance().health();
      return CACHIFY_OK;
    });
  }

  static const void* table() {
    static const cachify_alert_publisher kTable{
        sizeof(cachify_alert_publisher), 0, &describe, &configure, &deliver, &health};
    return &kTable;
  }
};

}  // namespace detail
}  // namespace cachify::plugin

// Once in a library, at global scope.
#define CACHIFY_ALERT_PUBLISHER(Publisher) \
  CACHIFY_PLUGIN_ENTRY(Publisher, ::cachify::plugin::detail::PublisherExtension<Publisher>)
