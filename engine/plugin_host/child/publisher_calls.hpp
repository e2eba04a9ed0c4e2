#pragma once
// The engine's questions to an alert publisher.

#include <cachify/plugin/alert_publisher.h>

#include "plugin_host/child/engine_socket.hpp"

namespace cachify::plugin_host {

class PublisherCalls {
 public:
  /// `publisher` is what the plugin gave for its extension; a table that cannot be right ends the process.
  PublisherCalls(EngineSocket& engine, const void* publisher);

  [[nodiscard]] LoadedReply describe();
  /// False for a question that is not about a publisher.
  [[nodiscard]] bool answer(const Received& question);

 private:
  void configure(const Received& question);
  void deliver(const Received& question);
  void health();
  void sayHow(cachify_status status, const class ProblemSink& problem);

  EngineSocket& engine_;
  const cachify_alert_publisher* publisher_;
};

}  // namespace cachify::plugin_host
