#pragma once
// C++ over the C ABI, what every kind of plugin needs. Header-only, C++17 and later. What a plugin throws
// becomes a status and words; nothing of C++ crosses the border. Include workflow_kind.hpp or
// alert_publisher.hpp.
//
// Threads: everything on the one thread that the host calls on, but for `log`.

#include <cachify/plugin/drafts/self_test.h>
#include <cachify/plugin/parameters.h>
#include <cachify/plugin/plugin.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace cachify::plugin {

/// Throw it for wrong parameters. `field` names the parameter, or is empty.
class Refused : public std::runtime_error {
 public:
  Refused(std::string field, const std::string& message)
      : std::runtime_error(message), field_(std::move(field)) {}
  [[nodiscard]] const std::string& field() const { return field_; }

 private:
  std::string field_;
};

/// Throw it for a file or key that must be there and is not.
class NotFound : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown by the wrapper when the host cannot serve the call any more. Let it through.
class GivenUp : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override {
    return "the host cannot serve this call any more";
  }
};

[[nodiscard]] inline cachify_text toText(std::string_view text) {
  return {text.data(), text.size()};
}
[[nodiscard]] inline cachify_bytes toBytes(std::string_view bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline std::string_view view(const cachify_text& text) {
  return text.size == 0 ? std::string_view()
                        : std::string_view(text.data, static_cast<std::size_t>(text.size));
}
[[nodiscard]] inline std::string_view view(const cachify_bytes& bytes) {
  if (bytes.size == 0) return {};
  return {reinterpret_cast<const char*>(bytes.data), static_cast<std::size_t>(bytes.size)};
}

/// Parameters or configuration: one JSON object, whose parts are named by JSON Pointers ("/entries/0/key").
/// What is missing or of another type is thrown as Refused, with words for people. Lives as long as the call
/// it came with.
class Parameters {
 public:
  explicit Parameters(const cachify_parameters& table) : table_(table) {}

  [[nodiscard]] std::string_view json() const { return view(table_.json(&table_)); }
  [[nodiscard]] bool has(std::string_view pointer) const {
    const auto type = table_.type(&table_, toText(pointer));
    return type != CACHIFY_JSON_MISSING && type != CACHIFY_JSON_NULL;
  }
  [[nodiscard]] bool isArray(std::string_view pointer) const {
    return table_.type(&table_, toText(pointer)) == CACHIFY_JSON_ARRAY;
  }
  /// Of an array or object.
  [[nodiscard]] std::uint64_t size(std::string_view pointer) const {
    std::uint64_t size = 0;
    check(table_.size(&table_, toText(pointer), &size), pointer, "a list or an object");
    return size;
  }
  [[nodiscard]] std::string text(std::string_view pointer) const {
    cachify_text text{};
    check(table_.text(&table_, toText(pointer), &text), pointer, "a text");
    return std::string(view(text));
  }
  [[nodiscard]] std::int64_t integer(std::string_view pointer) const {
    std::int64_t number = 0;
    check(table_.integer(&table_, toText(pointer), &number), pointer, "a whole number");
    return number;
  }
  /// From `low` to `high`.
  [[nodiscard]] std::int64_t integer(std::string_view pointer, std::int64_t low, std::int64_t high) const {
    const std::int64_t number = integer(pointer);
    if (number >= low && number <= high) return number;
    throw Refused(fieldOf(pointer), fieldOf(pointer) + " must be from " + std::to_string(low) + " to " +
                                        std::to_string(high) + ", not " + std::to_string(number));
  }
  [[nodiscard]] bool boolean(std::string_view pointer) const {
    std::uint32_t value = 0;
    check(table_.boolean(&table_, toText(pointer), &value), pointer, "true or false");
    return value != 0;
  }

  /// "/entries/3/key" is shown as entries.3.key.
  [[nodiscard]] static std::string fieldOf(std::string_view pointer) {
    std::string field(pointer.empty() ? pointer : pointer.substr(1));
    for (char& c : field) c = c == '/' ? '.' : c;
    return field;
  }

 private:
  static void check(cachify_status status, std::string_view pointer, const char* expected) {
    if (status == CACHIFY_OK) return;
    const std::string field = fieldOf(pointer);
    if (status == CACHIFY_NOT_FOUND) throw Refused(field, field + " is missing");
    throw Refused(field, field + " must be " + expected);
  }

  const cachify_parameters& table_;
};

enum class LogLevel : std::uint32_t {
  debug = CACHIFY_LOG_DEBUG,
  info = CACHIFY_LOG_INFO,
  warning = CACHIFY_LOG_WARNING,
  error = CACHIFY_LOG_ERROR
};

namespace detail {

inline const cachify_host* theHost = nullptr;

/// Runs `call`, which answers a status, and turns what it throws into one.
template <class Call>
[[nodiscard]] cachify_status run(const cachify_problem* problem, Call&& call) noexcept {
  const auto report = [problem](std::string_view field, const char* message) {
    problem->report(problem, toText(field), toText(message));
  };
  try {
    return call();
  } catch (const GivenUp&) {
    return CACHIFY_GIVE_UP;
  } catch (const Refused& refused) {
    report(refused.field(), refused.what());
    return CACHIFY_REFUSED;
  } catch (const NotFound& missing) {
    report({}, missing.what());
    return CACHIFY_NOT_FOUND;
  } catch (const std::exception& error) {
    report({}, error.what());
    return CACHIFY_FAILED;
  } catch (...) {
    report({}, "an error without words");
    return CACHIFY_FAILED;
  }
}

template <class Plugin, class = void>
struct SelfTest {
  static const void* table() { return nullptr; }
};
/// Where the plugin has `static void selfTest()`, which throws when something does not hold.
template <class Plugin>
struct SelfTest<Plugin, std::void_t<decltype(Plugin::selfTest())>> {
  static cachify_status run(const cachify_problem* problem) noexcept {
    return detail::run(problem, [] {
      Plugin::selfTest();
      return CACHIFY_OK;
    });
  }
  static const void* table() {
    static const cachify_self_test kTable{sizeof(cachify_self_test), 0, &run};
    return &kTable;
  }
};

/// The plugin's own table. `Extension::kId` and `Extension::table()` are of what it is.
template <class Plugin, class Extension>
struct PluginTable {
  static cachify_status start(const cachify_host* host, const cachify_problem*) noexcept {
    theHost = host;
    return CACHIFY_OK;
  }
  static void stop() noexcept { theHost = nullptr; }
  static const void* getExtension(cachify_text id) noexcept {
    if (view(id) == Extension::kId) return Extension::table();
    if (view(id) == CACHIFY_EXT_SELF_TEST) return SelfTest<Plugin>::table();
    return nullptr;
  }
  static const cachify_plugin* table(std::string_view id, std::string_view version) {
    static const cachify_plugin kTable{sizeof(cachify_plugin),
                                       CACHIFY_ABI_MAJOR,
                                       CACHIFY_ABI_MINOR,
                                       toText(id),
                                       toText(version),
                                       &start,
                                       &stop,
                                       &getExtension};
    return &kTable;
  }
};

}  // namespace detail

/// A line for the program's diagnostics; never a cached value, never a secret. From any thread, between start
/// and stop.
inline void log(LogLevel level, std::string_view line) {
  if (detail::theHost != nullptr)
    detail::theHost->log(detail::theHost, static_cast<std::uint32_t>(level), toText(line));
}

}  // namespace cachify::plugin

// The entry of the library. Id and version come from the manifest: cachify_add_plugin in CMake defines both.
#define CACHIFY_PLUGIN_ENTRY(Plugin, Extension)                                                      \
  extern "C" CACHIFY_EXPORT const cachify_plugin* cachify_plugin_entry(void) {                       \
    return ::cachify::plugin::detail::PluginTable<Plugin, Extension>::table(CACHIFY_PLUGIN_ID,       \
                                                                            CACHIFY_PLUGIN_VERSION); \
  }
