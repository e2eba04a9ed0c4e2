#include "observe/period_options.hpp"

#include <fmt/format.h>

#include "options/number.hpp"

namespace cachify::cli {
namespace {

constexpr std::int64_t kMostSpanSeconds = 3650LL * 86'400;

std::int64_t secondsIn(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3'600;
    case 'd':
      return 86'400;
    default:
      return 0;
  }
}

std::unexpected<Error> noSpan(std::string_view field, std::string_view text) {
  return fail(Error{
      .code = ErrorCode::validationError,
      .message = fmt::format("{} must be a number with s, m, h or d behind it, such as 30m or 7d, from 1s "
                             "to 3650d; '{}' is not",
                             field, escapeForDisplay(text))}
                  .with("field", std::string(field)));
}

Result<WallTime> timeOf(std::string_view field, const std::string& text) {
  auto time = fromIso8601(text);
  if (time) return time;
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("{} must be a time in UTC such as 2026-01-31T12:00:00Z; '{}' is not",
                                   field, escapeForDisplay(text))}
          .with("field", std::string(field)));
}

}  // namespace

Result<std::chrono::seconds> parseSpan(std::string_view field, std::string_view text) {
  const std::int64_t unit = text.empty() ? 0 : secondsIn(text.back());
  if (unit == 0) return noSpan(field, text);
  const auto number = parseInteger(field, text.substr(0, text.size() - 1), 1, kMostSpanSeconds / unit);
  if (!number) return noSpan(field, text);
  return std::chrono::seconds(*number * unit);
}

void PeriodOptions::addTo(Arguments& app, const std::string& usual) {
  auto span = addText(app, "--last", last, "So far back from now: 90s, 30m, 24h, 7d (default " + usual + ")")
                  .typeName("SPAN");
  addText(app, "--from", from, "From this time on (UTC, 2026-01-31T12:00:00Z)")
      .typeName("TIME")
      .excludes(span);
  addText(app, "--to", to, "Before this time").typeName("TIME").excludes(span);
}

Result<Period> PeriodOptions::period(WallTime now, std::optional<std::chrono::seconds> usual) const {
  Period period{.to = now};
  if (to) {
    const auto end = timeOf("to", *to);
    if (!end) return std::unexpected(end.error());
    period.to = *end;
  }
  if (from) {
    const auto begin = timeOf("from", *from);
    if (!begin) return std::unexpected(begin.error());
    period.from = *begin;
  } else if (last) {
    const auto span = parseSpan("last", *last);
    if (!span) return std::unexpected(span.error());
    period.from = period.to - *span;
  } else if (usual) {
    period.from = period.to - *usual;
  }
  if (period.from && *period.from >= period.to)
    return fail(Error{.code = ErrorCode::validationError, .message = "the period ends before it begins"}.with(
        "field", std::string(from ? "from" : "to")));
  return period;
}

}  // namespace cachify::cli
