#pragma once
// Where a plan's items go: into the piece that is being written.

#include <cachify/plugin/plan_sink.h>

#include "plugin_host/child/engine_socket.hpp"
#include "plugin_host/protocol/plan_piece_codec.hpp"

namespace cachify::plugin_host {

class PlanSink {
 public:
  PlanSink(EngineSocket& engine, PieceWriter& piece);
  PlanSink(const PlanSink&) = delete;
  PlanSink& operator=(const PlanSink&) = delete;

  [[nodiscard]] const cachify_plan_sink* table() const { return &table_; }

 private:
  static cachify_status push(const cachify_plan_sink* sink, const cachify_plan_item* item);
  static void expectTotal(const cachify_plan_sink* sink, std::uint64_t items);

  EngineSocket& engine_;
  PieceWriter& piece_;
  bool isFull_ = false;
  int offeredToFull_ = 0;
  cachify_plan_sink table_;
};

}  // namespace cachify::plugin_host
