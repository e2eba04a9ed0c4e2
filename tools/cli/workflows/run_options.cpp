#include "workflows/run_options.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "options/bytes_options.hpp"
#include "options/number.hpp"

namespace cachify::cli {

namespace json = boost::json;

namespace {

std::unexpected<Error> wrongParameter(const std::string& text) {
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("--param takes name=value, not '{}'", escapeForDisplay(text))}
                  .with("field", std::string("param")));
}

Result<json::object> objectIn(const std::string& file) {
  ValueOption source;
  source.file = file;
  auto text = source.resolve(std::nullopt);
  if (!text) return std::unexpected(text.error());
  json::error_code error;
  json::value value = json::parse(*text, error);
  if (!error && value.is_object()) return std::move(value.get_object());
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("'{}' does not hold one JSON object", escapeForDisplay(file))}
                  .with("field", std::string("params")));
}

template <class T>
Result<void> takeNumber(const OptionalText& text, std::string_view field, std::int64_t low, std::int64_t high,
                        T& out) {
  if (!text) return {};
  const auto number = parseInteger(field, *text, low, high);
  if (!number) return std::unexpected(number.error());
  out = static_cast<T>(*number);
  return {};
}

}  // namespace

void ParameterOptions::addTo(Arguments& app) {
  app.addOption("--param", parameters, "name=value, as often as needed").typeName("P").onePerName();
  addText(app, "--params", file, "A file with a JSON object of parameters; --param overlays it")
      .typeName("FILE");
}

Result<std::string> ParameterOptions::resolve() const {
  json::object object;
  if (file) {
    auto read = objectIn(*file);
    if (!read) return std::unexpected(read.error());
    object = std::move(*read);
  }
  for (const auto& text : parameters) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return wrongParameter(text);
    if (!isUtf8(text)) return wrongParameter(text);
    object[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return json::serialize(object);
}

void SettingOptions::addTo(Arguments& app) {
  addText(app, "--concurrency", concurrency, "Batches under way at once, 1 to 16 (default 4)").typeName("N");
  addText(app, "--rate", rate, "At most so many steps a second").typeName("N");
  addText(app, "--on-drift", onDrift, "A key that changed since the plan: skip (default) or apply")
      .typeName("WHAT");
  app.addFlag("--exact", exact, "A changed content is drift, too, not only type, size and TTL");
  addText(app, "--retry-attempts", attempts, "Of each step, 1 to 10 (default: the connection's)")
      .typeName("N");
  addText(app, "--retry-backoff-ms", backoffMs, "Before another attempt").typeName("N");
  addText(app, "--retry-strategy", strategy, "fixed or exponential").typeName("S");
  addText(app, "--abort-error-rate", abortRate, "Above this share of failed steps the run ends, 0 to 1")
      .typeName("R");
}

Result<domain::RunSettings> SettingOptions::resolve(const domain::ConnectionProfile& profile) const {
  domain::RunSettings settings{.exact = exact};
  auto ok = takeNumber(concurrency, "concurrency", 1, 16, settings.concurrency);
  if (ok) ok = takeNumber(rate, "rate", 1, 10'000'000, settings.maxStepsPerSecond);
  if (!ok) return std::unexpected(ok.error());
  if (onDrift && *onDrift != "skip" && *onDrift != "apply") {
    return fail(
        Error{.code = ErrorCode::validationError,
              .message = fmt::format("--on-drift is skip or apply, not '{}'", escapeForDisplay(*onDrift))}
            .with("field", std::string("onDrift")));
  }
  if (onDrift == "apply") settings.onDrift = domain::OnDrift::apply;
  if (!attempts && !backoffMs && !strategy && !abortRate) return settings;
  domain::RetryPolicy retry = profile.retry;
  std::int64_t backoff = retry.backoff.count();
  ok = takeNumber(attempts, "retryAttempts", 1, 10, retry.maxAttempts);
  if (ok) ok = takeNumber(backoffMs, "retryBackoffMs", 0, 120'000, backoff);
  if (!ok) return std::unexpected(ok.error());
  retry.backoff = std::chrono::milliseconds(backoff);
  if (strategy) {
    const auto parsed = domain::parseBackoffStrategy(*strategy);
    if (!parsed) return std::unexpected(parsed.error());
    retry.strategy = *parsed;
  }
  if (abortRate) {
    const auto parsed = parseNumber("abortErrorRate", *abortRate);
    if (!parsed) return std::unexpected(parsed.error());
    retry.abortOnErrorRate = *parsed;
  }
  settings.retry = retry;
  return settings;
}

Result<ExecutionId> parseExecution(std::string_view text) {
  auto id = ExecutionId::parse(text);
  if (id) return id;
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("'{}' is no execution's id; `cachify workflows history` shows them",
                                   escapeForDisplay(text.substr(0, 100)))}
          .with("field", std::string("id")));
}

}  // namespace cachify::cli
