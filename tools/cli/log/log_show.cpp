// log show

#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "log/log_commands.hpp"
#include "log/timeline_output.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using actions::FoundEvent;

namespace {

struct ShowOptions {
  std::string event;
};

/// A payload as JSON; as text where it is none, null where it was purged.
json::value payloadOf(const FoundEvent& found) {
  const std::string& payload = found.frame.payloads[found.index];
  if (payload.empty()) return nullptr;
  json::error_code error;
  json::value value = json::parse(payload, error);
  if (error) return json::value(payload);
  return value;
}

json::object eventToJson(const FoundEvent& found) {
  const log::Frame& frame = found.frame;
  json::object object = toJson(actions::timelineLine(frame, found.index));
  object["schemaVersion"] = frame.schemaVersion;
  object["stream"] = frame.stream;
  object["streamVersion"] = frame.firstStreamVersion + found.index;
  object["payload"] = payloadOf(found);
  object["digest"] = toHex(frame.digest(found.index));
  object["frame"] = json::object{{"firstPosition", frame.firstPosition},
                                 {"lastPosition", frame.lastPosition()},
                                 {"chain", toHex(frame.chain)}};
  return object;
}

void printFields(Output& output, const json::object& object, const std::string& indent) {
  for (const auto& field : object) {
    const std::string label = output.styled(
        fmt::format("{}{:<{}}", indent, std::string_view(field.key()), 16 - indent.size()), Style::faint);
    if (field.value().is_object()) {
      output.composed(label);
      printFields(output, field.value().get_object(), indent + "  ");
    } else if (field.value().is_string()) {
      output.composed(fmt::format("{} {}", label,
                                  output.styled(std::string_view(field.value().get_string()), Style::plain)));
    } else {
      output.composed(fmt::format("{} {}", label, toJsonText(field.value())));
    }
  }
}

Outcome showEvent(CommandContext& context, const ShowOptions& options) {
  const auto log = context.logToRead();
  if (!log) return std::unexpected(log.error());
  const auto found = actions::findEvent(**log, options.event);
  if (!found) return std::unexpected(found.error());
  if (context.output().json()) {
    context.output().document(eventToJson(*found));
  } else {
    printFields(context.output(), eventToJson(*found), "");
  }
  return ExitCode::done;
}

}  // namespace

void addLogShow(CommandGroup& log) {
  auto show = log.add<ShowOptions>("show", "One event with its payload, digest and chain", &showEvent);
  addText(show.app, "EVENT", show.options.event, "Position or event id");
}

}  // namespace cachify::cli
