#include "output/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "output/json_text.hpp"
#include "output/safe_text.hpp"

namespace cachify::cli {
namespace {

// ECMA-48 select graphic rendition.
std::string_view startOf(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "\x1b[1m";
    case Style::good:
      return "\x1b[32m";
    case Style::warning:
      return "\x1b[33m";
    case Style::bad:
      return "\x1b[31m";
    case Style::faint:
      return "\x1b[2m";
  }
  return "";
}

std::string colored(std::string_view text, Style style, bool color) {
  if (!color || style == Style::plain) return safeText(text);
  return fmt::format("{}{}\x1b[0m", startOf(style), safeText(text));
}

}  // namespace

Output::Output(OutputOptions options)
    : options_(options),
      outIsTerminal_(isatty(STDOUT_FILENO) == 1),
      errIsTerminal_(isatty(STDERR_FILENO) == 1) {
  // The library's buffer is a page: a million keys would be thousands of writes.
  constexpr std::size_t kBufferBytes = 64 * 1024;
  if (!outIsTerminal_) std::setvbuf(stdout, nullptr, _IOFBF, kBufferBytes);
}

bool Output::interactive() const {
  return !options_.json && !options_.quiet && outIsTerminal_ && errIsTerminal_ && isatty(STDIN_FILENO) == 1;
}

void Output::write(std::string_view bytes) {
  progress({});
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) broken_ = true;
}

void Output::writeError(std::string_view text) {
  progress({});
  std::fflush(stdout);  // both may go to one place, where order tells
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Output::document(const boost::json::value& value) {
  write(toJsonText(value) + "\n");
}

void Output::line(std::string_view text, Style style) {
  write(styled(text, style) + "\n");
}

std::string Output::styled(std::string_view text, Style style) const {
  return colored(text, style, options_.color && outIsTerminal_);
}

void Output::composed(std::string_view text) {
  write(std::string(text) += '\n');
}

bool Output::beginScreen() {
  if (!outIsTerminal_ || options_.json) return false;
  write("\x1b[H\x1b[J");
  return true;
}

void Output::block(std::string_view text) {
  write(safeBlock(text));
  if (!text.ends_with('\n')) write("\n");
}

void Output::raw(BytesView bytes) {
  write(bytes);
}

void Output::done(std::string_view text) {
  if (!options_.quiet && !options_.json) line(text);
}

void Output::note(std::string_view text) {
  if (!options_.quiet) writeError(colored(text, Style::faint, options_.color && errIsTerminal_) + "\n");
}

void Output::warning(std::string_view text) {
  const std::string label = colored("warning:", Style::warning, options_.color && errIsTerminal_);
  writeError(fmt::format("{} {}\n", label, safeText(text)));
}

void Output::error(const Error& error) {
  if (options_.json) {
    document(boost::json::object{{"error", toJson(error)}});
    return;
  }
  const std::string label = colored("error:", Style::bad, options_.color && errIsTerminal_);
  writeError(fmt::format("{} {}\n", label, safeText(error.message)));
  if (error.retryable) note("This may pass: try again.");
}

void Output::progress(std::string_view text) {
  if (!errIsTerminal_ || options_.quiet || (text.empty() && !progressShown_)) return;
  progressShown_ = !text.empty();
  const std::string shown = fmt::format("\r\x1b[K{}", safeText(text));
  std::fwrite(shown.data(), 1, shown.size(), stderr);
}

void Output::flush() {
  progress({});
  if (std::fflush(stdout) != 0) broken_ = true;
}

}  // namespace cachify::cli
