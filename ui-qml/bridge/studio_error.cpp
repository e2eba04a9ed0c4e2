#include "studio_error.hpp"

#include "text.hpp"

namespace cachify::ui {

namespace {

QString nextStepOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::timeout:
    case ErrorCode::connectionFailed:
      return QStringLiteral("editConnection");
    case ErrorCode::conflict:
      return QStringLiteral("reload");
    default:
      return error.retryable ? QStringLiteral("retry") : QString();
  }
}

}  // namespace

StudioError::StudioError(const Error& error)
    : code(toText(wireName(error.code))),
      message(toText(error.message)),
      nextStep(nextStepOf(error)),
      retryable(error.retryable) {
  if (const auto* named = error.detail("field")) {
    if (const auto* text = std::get_if<std::string>(named)) field = toText(*text);
  }
}

}  // namespace cachify::ui
