#pragma once
// The cache as the planner sees it: each call asks the engine and waits.

#include <cachify/plugin/plan_services.h>

#include <deque>

#include "plugin_host/child/engine_socket.hpp"

namespace cachify::plugin_host {

/// What a planner may ask, and what the engine asked meanwhile.
class EngineServices {
 public:
  explicit EngineServices(EngineSocket& engine);
  EngineServices(const EngineServices&) = delete;
  EngineServices& operator=(const EngineServices&) = delete;

  [[nodiscard]] const cachify_plan_services* table() const { return &table_; }
  /// The engine's next question: one that came in while a service was waited for, or the next from the
  /// socket.
  [[nodiscard]] std::optional<Received> nextQuestion();
  /// Services may be called only while this is on.
  void allow(bool allowed) { allowed_ = allowed; }

 private:
  static cachify_status scan(const cachify_plan_services* services, cachify_bytes pattern,
                             cachify_text cursor, std::uint32_t limit, cachify_scan_page* page);
  static cachify_status describe(const cachify_plan_services* services, const cachify_bytes* keys,
                                 std::uint64_t count, cachify_key_facts* facts);
  static cachify_status read(const cachify_plan_services* services, cachify_bytes key, std::uint64_t maxBytes,
                             cachify_bytes* value);

  /// CACHIFY_OK with the engine's answer, or what the plugin has to be told.
  cachify_status ask(MessageType call, BytesView body, MessageType expected, Bytes& answer);

  EngineSocket& engine_;
  cachify_plan_services table_;
  std::deque<Received> questions_;
  bool allowed_ = false;
  bool isGivenUp_ = false;
  // What the last call of each kind gave out, for as long as the contract says.
  Bytes scanned_;
  Bytes cursor_;
  std::vector<cachify_bytes> keys_;
  Bytes value_;
};

}  // namespace cachify::plugin_host
