#include "observe/history_output.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "command_context.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using views::HistoryRow;

namespace {

void putIfAny(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

Style styleOfStatus(const HistoryRow& row) {
  if (row.status == "error") return Style::bad;
  if (row.status == "blocked" || row.slow) return Style::warning;
  return Style::good;
}

}  // namespace

Result<NamesById> namesOfConnections(CommandContext& context) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto all = (*engine)->control().all();
  if (!all) return std::unexpected(all.error());
  NamesById names;
  for (const auto& profile : all->profiles) names[profile.id] = profile.name;
  return names;
}

json::object toJson(const HistoryRow& row) {
  json::object object{{"position", row.position},
                      {"id", row.id.toString()},
                      {"type", row.type},
                      {"recordedAt", toIso8601(row.recordedAt)}};
  if (!row.connectionId.isNil()) object["connectionId"] = row.connectionId.toString();
  putIfAny(object, "environment", row.environment);
  object["action"] = row.action;
  if (!row.keyOrPattern.empty()) putBytes(object, "keyOrPattern", row.keyOrPattern);
  object["status"] = row.status;
  object["slow"] = row.slow;
  if (row.duration) object["durationMs"] = toMs(*row.duration);
  if (row.attempts) object["attempts"] = *row.attempts;
  putIfAny(object, "change", row.change);
  putIfAny(object, "errorCode", row.errorCode);
  putIfAny(object, "message", row.message);
  object["source"] = row.source;
  object["actor"] = row.actor;
  object["correlationId"] = row.correlationId.toString();
  if (!row.causationId.isNil()) object["causationId"] = row.causationId.toString();
  json::error_code error;
  if (auto details = json::parse(row.detailsJson, error); !error && details.is_object())
    object["details"] = std::move(details);
  return object;
}

std::string lineOf(const Output& output, const HistoryRow& row, const NamesById& names) {
  const auto name = names.find(row.connectionId);
  const std::string connection = name == names.end() ? std::string("-") : escapeForDisplay(name->second);
  const std::string time = row.duration ? durationWords(*row.duration) : std::string();
  std::string about;
  for (const std::string& part : {escapeForDisplay(row.keyOrPattern), row.change, row.errorCode, row.message})
    about += part.empty() ? "" : "  " + part;
  return fmt::format(
      "{} {} {} {}{}", output.styled(toIso8601(row.recordedAt), Style::faint),
      output.styled(fmt::format("{:<8}", row.slow ? "slow" : row.status), styleOfStatus(row)),
      output.styled(fmt::format("{:<20}", row.action), Style::strong),
      output.styled(fmt::format("{:<16} {:>9} {:<8}", connection, time, row.source), Style::plain),
      output.styled(about, Style::plain));
}

}  // namespace cachify::cli
