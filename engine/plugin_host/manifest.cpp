#include "plugin_host/manifest.hpp"

#include <cachify/plugin/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "domain/words.hpp"
#include "events/json_fields.hpp"

namespace cachify::plugin_host {
namespace {

constexpr domain::Words<PluginKind, 2> kKinds{
    {{PluginKind::workflow, "workflow"}, {PluginKind::alertPublisher, "alertPublisher"}}};
constexpr domain::Words<Capability, 3> kCapabilities{
    {{Capability::network, "network"}, {Capability::processes, "processes"}, {Capability::files, "files"}}};

constexpr std::int64_t kManifestVersion = 1;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

struct TextRule {
  std::string_view field;
  std::size_t least;
  std::size_t most;
  std::string allowed;  ///< empty: any text
  std::string_view words;
};

Error wrong(const TextRule& rule, std::string_view text) {
  return Error{.code = ErrorCode::validationError,
               .message = fmt::format("field '{}' must be {}", rule.field, rule.words)}
      .with("field", std::string(rule.field))
      .with("value", escapeForDisplay(text.substr(0, 100)));
}

void check(events::Fields& fields, const TextRule& rule, std::string_view text) {
  const bool fits = text.size() >= rule.least && text.size() <= rule.most && isUtf8(text) &&
                    (rule.allowed.empty() || text.find_first_not_of(rule.allowed) == std::string_view::npos);
  if (!fits) fields.reject(wrong(rule, text));
}

bool startsWithLetter(std::string_view text) {
  return !text.empty() && (kLower.contains(text[0]) || kUpper.contains(text[0]));
}

void checkNames(events::Fields& fields, const PluginManifest& manifest) {
  const TextRule id{"id", 3, 100, fmt::format("{}{}.-", kLower, kDigits),
                    "3 to 100 small letters, digits, dots and dashes, beginning with a letter"};
  check(fields, id, manifest.id);
  if (!startsWithLetter(manifest.id)) fields.reject(wrong(id, manifest.id));
  const TextRule provides{"provides", 1, 60, fmt::format("{}{}{}-", kLower, kUpper, kDigits),
                          "1 to 60 letters, digits and dashes, beginning with a letter"};
  check(fields, provides, manifest.provides);
  if (!startsWithLetter(manifest.provides)) fields.reject(wrong(provides, manifest.provides));
  check(fields,
        {"version", 1, 40, fmt::format("{}{}{}.+-", kLower, kUpper, kDigits), "a version such as 1.0.0"},
        manifest.version);
  check(fields, {"name", 1, 80, {}, "1 to 80 bytes of text"}, manifest.name);
  check(fields, {"description", 0, 2000, {}, "at most 2000 bytes of text"}, manifest.description);
  check(fields, {"vendor", 0, 200, {}, "at most 200 bytes of text"}, manifest.vendor);
  check(fields, {"license", 0, 200, {}, "at most 200 bytes of text"}, manifest.license);
}

void checkLibrary(events::Fields& fields, const PluginManifest& manifest) {
  const TextRule library{"library", 1, 200, fmt::format("{}{}{}._+-", kLower, kUpper, kDigits),
                         "the plain name of a file beside the manifest"};
  check(fields, library, manifest.library);
  if (manifest.library.starts_with('.')) fields.reject(wrong(library, manifest.library));
  check(fields, {"librarySha256", 64, 64, fmt::format("{}abcdef", kDigits), "64 hexadecimal digits"},
        manifest.librarySha256);
}

/// "1.0"
std::optional<AbiVersion> parseAbi(std::string_view text) {
  AbiVersion version;
  const char* end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc() || minor.ptr != end) return std::nullopt;
  return version;
}

void readAbi(events::Fields& fields, PluginManifest& manifest) {
  const std::string text = fields.text("abi");
  const auto version = parseAbi(text);
  if (!version) return fields.reject(wrong({"abi", 0, 0, {}, "a version such as 1.0"}, text));
  manifest.abi = *version;
}

void readKind(events::Fields& fields, PluginManifest& manifest) {
  const auto kind = domain::parseWord(kKinds, "kind", fields.text("kind"));
  if (!kind) return fields.reject(kind.error());
  manifest.kind = *kind;
}

void readCapabilities(events::Fields& fields, PluginManifest& manifest) {
  for (const auto& item : fields.array("capabilities")) {
    const std::string_view word = item.is_string() ? std::string_view(item.get_string()) : std::string_view();
    const auto capability = domain::parseWord(kCapabilities, "capabilities", word);
    if (!capability) return fields.reject(capability.error());
    if (!manifest.asksFor(*capability)) manifest.capabilities.push_back(*capability);
  }
}

}  // namespace

std::string_view wireName(PluginKind kind) {
  return domain::wordOf(kKinds, kind);
}

std::string_view wireName(Capability capability) {
  return domain::wordOf(kCapabilities, capability);
}

AbiVersion hostAbi() {
  return {.major = CACHIFY_ABI_MAJOR, .minor = CACHIFY_ABI_MINOR};
}

bool PluginManifest::asksFor(Capability capability) const {
  return std::ranges::find(capabilities, capability) != capabilities.end();
}

Result<PluginManifest> parseManifest(std::string_view json) {
  const auto object = events::parseObject(json);
  if (!object) return fail(ErrorCode::validationError, "the manifest is not one JSON object");
  events::Fields fields(*object);
  if (const auto version = fields.integer("manifestVersion"); version != kManifestVersion) {
    fields.reject(Error{
        .code = ErrorCode::validationError,
        .message = fmt::format("manifest version {} is not known here; update to use this plugin", version)}
                      .with("field", std::string("manifestVersion")));
  }
  PluginManifest manifest;
  manifest.id = fields.text("id");
  manifest.name = fields.text("name");
  manifest.version = fields.text("version");
  manifest.description = fields.textOr("description", "");
  manifest.vendor = fields.textOr("vendor", "");
  manifest.license = fields.textOr("license", "");
  manifest.provides = fields.text("provides");
  manifest.library = fields.text("library");
  manifest.librarySha256 = fields.text("librarySha256");
  readAbi(fields, manifest);
  readKind(fields, manifest);
  readCapabilities(fields, manifest);
  checkNames(fields, manifest);
  checkLibrary(fields, manifest);
  if (auto ok = fields.finish(); !ok) return std::unexpected(ok.error());
  return manifest;
}

Digest packageDigest(std::string_view manifestBytes, std::string_view libraryBytes) {
  return sha256(
      fmt::format("cachify-plugin-1\n{}\n{}\n", toHex(sha256(manifestBytes)), toHex(sha256(libraryBytes))));
}

}  // namespace cachify::plugin_host
