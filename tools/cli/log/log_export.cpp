// log export

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

#include "actions/audit.hpp"
#include "log/log_commands.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {
namespace {

constexpr std::int64_t kMostPosition = std::numeric_limits<std::int64_t>::max();

struct ExportOptions {
  std::string from = "1";
  OptionalText to;
  OptionalText file;
};

/// A new file that only the user can read; removed again unless `finish` succeeded.
class NewFile {
 public:
  [[nodiscard]] static Result<NewFile> create(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) return NewFile(path, fdopen(descriptor, "wb"));
    const std::string shown = escapeForDisplay(path);
    if (errno == EEXIST)
      return fail(ErrorCode::conflict, fmt::format("'{}' is there already; choose another name", shown));
    return fail(ErrorCode::internalError, fmt::format("cannot make '{}': {}", shown, std::strerror(errno)));
  }
  NewFile(NewFile&& other) noexcept
      : path_(std::move(other.path_)), file_(std::exchange(other.file_, nullptr)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    unlink(path_.c_str());
  }

  Result<void> write(std::string_view line) {
    if (std::fwrite(line.data(), 1, line.size(), file_) == line.size() && std::fputc('\n', file_) != EOF)
      return {};
    return failed();
  }
  Result<void> finish() {
    if (std::fflush(file_) != 0 || fsync(fileno(file_)) != 0) return failed();
    std::fclose(std::exchange(file_, nullptr));
    return {};
  }

 private:
  NewFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  [[nodiscard]] std::unexpected<Error> failed() const {
    return fail(ErrorCode::internalError,
                fmt::format("cannot write '{}': {}", escapeForDisplay(path_), std::strerror(errno)));
  }

  std::string path_;
  std::FILE* file_;
};

struct Range {
  log::Position from;
  log::Position to;
};

Result<Range> rangeOf(const ExportOptions& options) {
  const auto from = parseInteger("from", options.from, 1, kMostPosition);
  if (!from) return std::unexpected(from.error());
  const auto to = options.to ? parseInteger("to", *options.to, *from, kMostPosition)
                             : Result<std::int64_t>(kMostPosition);
  if (!to) return std::unexpected(to.error());
  return Range{static_cast<log::Position>(*from), static_cast<log::Position>(*to)};
}

Result<void> exportToFile(CommandContext& context, const log::EventLog& log, const Range& range,
                          const std::string& path) {
  auto file = NewFile::create(path);
  if (!file) return std::unexpected(file.error());
  std::uint64_t lines = 0;
  const auto done =
      actions::exportLog(log, range.from, range.to, [&](const json::object& line) -> Result<void> {
        if (auto ok = context.goOn(); !ok) return ok;
        if (++lines % 10'000 == 0) context.output().progress(plural(lines, "line"));
        return file->write(toJsonText(line));
      });
  if (!done) return done;
  if (auto ok = file->finish(); !ok) return ok;
  context.output().done(fmt::format("{} in '{}'", plural(lines, "line"), escapeForDisplay(path)));
  if (context.output().json()) context.output().document(json::object{{"file", path}, {"lines", lines}});
  return {};
}

Outcome exportLog(CommandContext& context, const ExportOptions& options) {
  const auto range = rangeOf(options);
  if (!range) return std::unexpected(range.error());
  const auto log = context.logToRead();
  if (!log) return std::unexpected(log.error());
  Result<void> done;
  if (options.file) {
    done = exportToFile(context, **log, *range, *options.file);
  } else {
    done = actions::exportLog(**log, range->from, range->to, [&](const json::object& line) {
      context.output().document(line);
      return context.goOn();
    });
  }
  if (!done) return std::unexpected(done.error());
  return ExitCode::done;
}

}  // namespace

void addLogExport(CommandGroup& log) {
  auto command = log.add<ExportOptions>("export", "JSON lines that standard tools can verify", &exportLog);
  command.app.addOption("--from", command.options.from, "First position (default 1)").typeName("N");
  addText(command.app, "--to", command.options.to, "Last position (default: the newest)").typeName("N");
  addText(command.app, "--output", command.options.file, "A new file instead of stdout").typeName("FILE");
  command.app.footer(
      "All hashes are SHA-256 and written in hex. `digest` is that of the salt's bytes and the payload's "
      "text, `root` that of the\n"
      "digests of a frame's events, `chain` that of chainBefore, header and root. For one event line in $e:\n"
      "  { jq -r .salt <<<\"$e\" | xxd -r -p; jq -j .payload <<<\"$e\"; } | sha256sum");
}

}  // namespace cachify::cli
