#include "core/clock.hpp"

#include <fmt/format.h>

#include <charconv>

namespace cachify::inline core {
namespace {

using namespace std::chrono;

bool readNumber(std::string_view text, std::size_t at, std::size_t length, unsigned& out) {
  if (at + length > text.size()) return false;
  const char* const first = text.data() + at;
  const auto [end, error] = std::from_chars(first, first + length, out);
  return error == std::errc() && end == first + length;
}

}  // namespace

std::string toIso8601(WallTime time) {
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<milliseconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

Result<WallTime> fromIso8601(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::validationError,
                fmt::format("not a UTC time like 2026-01-31T12:00:00.000Z: {}", text));
  };
  unsigned y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, fraction = 0;
  const bool shape = text.size() >= 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
                     text[13] == ':' && text[16] == ':' && text.back() == 'Z';
  if (!shape || !readNumber(text, 0, 4, y) || !readNumber(text, 5, 2, mo) || !readNumber(text, 8, 2, d) ||
      !readNumber(text, 11, 2, h) || !readNumber(text, 14, 2, mi) || !readNumber(text, 17, 2, s)) {
    return bad();
  }
  const year_month_day date(year(static_cast<int>(y)), month(mo), day(d));
  if (!date.ok() || h > 23 || mi > 59 || s > 60) return bad();
  WallTime result = sys_days(date) + hours(h) + minutes(mi) + seconds(s);
  if (text[19] == '.') {
    const std::size_t digits = text.size() - 21;
    if (digits == 0 || digits > 6 || !readNumber(text, 20, digits, fraction)) return bad();
    for (std::size_t i = digits; i < 6; ++i) fraction *= 10;
    result += microseconds(fraction);
  } else if (text.size() != 20) {
    return bad();
  }
  return result;
}

}  // namespace cachify::inline core
