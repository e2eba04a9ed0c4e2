#include "log/timeline_output.hpp"

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::TimelineLine;

namespace {

void putText(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

Style styleOf(const std::string& status) {
  if (status == "success") return Style::good;
  if (status == "error") return Style::bad;
  return status.empty() ? Style::plain : Style::warning;
}

/// What the line is about, after who did what: key, change, or why it did not work.
std::string detailsOf(const TimelineLine& line) {
  std::string text;
  const auto add = [&](const std::string& part) { text += part.empty() ? "" : fmt::format("  {}", part); };
  add(escapeForDisplay(line.keyOrPattern));
  add(line.change);
  add(line.errorCode);
  add(line.message);
  if (line.purged) add("(purged)");
  return text;
}

}  // namespace

json::object toJson(const TimelineLine& line) {
  json::object object{{"position", line.position},
                      {"id", line.id.toString()},
                      {"type", line.type},
                      {"recordedAt", toIso8601(line.recordedAt)}};
  if (!line.connectionId.isNil()) object["connectionId"] = line.connectionId.toString();
  putText(object, "action", line.action);
  if (!line.keyOrPattern.empty()) putBytes(object, "keyOrPattern", line.keyOrPattern);
  putText(object, "status", line.status);
  if (line.duration) object["durationMs"] = toMs(*line.duration);
  if (line.attempts) object["attempts"] = *line.attempts;
  putText(object, "errorCode", line.errorCode);
  putText(object, "message", line.message);
  putText(object, "change", line.change);
  object["source"] = line.source;
  object["actor"] = line.actor;
  object["correlationId"] = line.correlationId.toString();
  if (!line.causationId.isNil()) object["causationId"] = line.causationId.toString();
  if (line.purged) object["purged"] = true;
  return object;
}

void printLine(Output& output, const TimelineLine& line, const ConnectionNames& names) {
  const auto name = names.find(line.connectionId);
  const std::string connection = name == names.end() ? std::string("-") : escapeForDisplay(name->second);
  const std::string time = line.duration ? durationWords(*line.duration) : std::string();
  output.composed(fmt::format(
      "{} {} {} {} {}{}", output.styled(fmt::format("{:>8}", line.position), Style::faint),
      output.styled(toIso8601(line.recordedAt), Style::faint),
      output.styled(fmt::format("{:<20}", line.type), styleOf(line.status)),
      output.styled(fmt::format("{:<16}", line.action.empty() ? "-" : line.action), Style::strong),
      output.styled(fmt::format("{:<12} {:>9}", connection, time), Style::plain),
      output.styled(detailsOf(line), Style::plain)));
}

}  // namespace cachify::cli
