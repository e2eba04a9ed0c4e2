#include "options/bytes_options.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace cachify::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Result<Bytes> readAll(std::FILE* file, std::string_view name) {
  Bytes bytes;
  constexpr std::size_t kChunkBytes = 1UL << 16;
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunkBytes);
    const std::size_t got = std::fread(bytes.data() + before, 1, kChunkBytes, file);
    bytes.resize(before + got);
    if (got < kChunkBytes) break;
  }
  if (std::ferror(file) != 0) {
    return fail(ErrorCode::validationError, fmt::format("cannot read {}: {}", name, std::strerror(errno)));
  }
  return bytes;
}

Result<Bytes> readFile(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    return fail(ErrorCode::validationError,
                fmt::format("cannot read '{}': {}", escapeForDisplay(path), std::strerror(errno)));
  }
  return readAll(file.get(), fmt::format("'{}'", escapeForDisplay(path)));
}

Result<Bytes> decode(std::string_view option, std::string_view text) {
  auto bytes = fromBase64(text);
  if (bytes) return bytes;
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("{} is not padded base64 text", option)}
                  .with("field", std::string(option)));
}

std::unexpected<Error> notOnce(int given, std::string_view field, std::string_view ways) {
  return fail(Error{.code = ErrorCode::validationError,
                    .message = given == 0 ? fmt::format("the {} is missing: give it {}", field, ways)
                                          : fmt::format("give the {} just once: {}", field, ways)}
                  .with("field", std::string(field)));
}

}  // namespace

void KeyOption::addTo(Arguments& app, const std::string& option) {
  addText(app, option, base64, "The key's bytes in base64, instead of KEY").typeName("B64");
}

Result<Bytes> KeyOption::resolve(const OptionalText& positional) const {
  const int forms = int{positional.has_value()} + int{base64.has_value()};
  if (forms != 1) return notOnce(forms, "key", "as KEY or --key-base64");
  if (positional) return *positional;
  return decode("--key-base64", *base64);
}

void ValueOption::addTo(Arguments& app) {
  addText(app, "--value-file", file, "Take the value from this file, byte for byte").typeName("FILE");
  addText(app, "--value-base64", base64, "The value's bytes in base64").typeName("B64");
  app.addFlag("--value-stdin", fromStdin, "Take the value from stdin, byte for byte");
}

Result<Bytes> ValueOption::resolve(const OptionalText& positional) const {
  const int forms =
      int{positional.has_value()} + int{file.has_value()} + int{base64.has_value()} + int{fromStdin};
  if (forms != 1) return notOnce(forms, "value", "as VALUE, --value-file, --value-base64 or --value-stdin");
  if (positional) return *positional;
  if (file) return readFile(*file);
  if (base64) return decode("--value-base64", *base64);
  return readStdin();
}

Result<Bytes> readStdin() {
  return readAll(stdin, "stdin");
}

Result<std::string> readLineOfStdin() {
  auto text = readStdin();
  if (!text) return text;
  if (text->ends_with('\n')) text->pop_back();
  if (text->ends_with('\r')) text->pop_back();
  return text;
}

}  // namespace cachify::cli
