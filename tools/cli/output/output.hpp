#pragma once
// Where a command's words go. Results on stdout: text for people, or one JSON document a line. Everything
// else on stderr. Text is made safe for a terminal here, so no caller can forget it.

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cli {

struct OutputOptions {
  bool json = false;
  bool quiet = false;
  bool color = true;  ///< wanted; used only where the stream is a terminal
};

enum class Style : std::uint8_t { plain, strong, good, warning, bad, faint };

/// Not thread-safe. Writing to a pipe whose reader has gone ends in `broken`, never in a signal.
class Output {
 public:
  explicit Output(OutputOptions options);

  [[nodiscard]] bool json() const { return options_.json; }
  [[nodiscard]] bool color() const { return options_.color; }
  /// A person sits there and may be asked.
  [[nodiscard]] bool interactive() const;
  [[nodiscard]] bool broken() const { return broken_; }

  /// One JSON document, on a line of its own.
  void document(const boost::json::value& value);
  /// A result for a person. Control characters are escaped, so style a whole line or use `styled` on its
  /// parts.
  void line(std::string_view text, Style style = Style::plain);
  /// A cell of a line: made safe and coloured if stdout is a terminal.
  [[nodiscard]] std::string styled(std::string_view text, Style style) const;
  /// Writes text that is made of `styled` parts.
  void composed(std::string_view text);
  /// Stdout is a terminal, and what is written there may be written over: begins anew at the top of an empty
  /// screen. False, and nothing happens, where it is none, or with --json.
  bool beginScreen();
  /// A value to read: line ends and tabs stay.
  void block(std::string_view text);
  /// Bytes as they are, because it was asked for.
  void raw(BytesView bytes);
  /// What was done, when there is no result to show; silent with --quiet.
  void done(std::string_view text);

  /// On stderr, silent with --quiet.
  void note(std::string_view text);
  /// On stderr.
  void warning(std::string_view text);
  /// Text on stderr, or with --json {"error":{…}} on stdout.
  void error(const Error& error);
  /// A line on stderr that is written over again and again; only on terminals. Empty: it goes away.
  void progress(std::string_view text);

  /// A reader of a stream gets nothing before it; at the end it comes by itself.
  void flush();

 private:
  void write(std::string_view bytes);
  void writeError(std::string_view text);

  OutputOptions options_;
  bool outIsTerminal_;
  bool errIsTerminal_;
  bool broken_ = false;
  bool progressShown_ = false;
};

}  // namespace cachify::cli
