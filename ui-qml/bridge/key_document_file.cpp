// The value from a file, and into one.

#include "engine_host.hpp"
#include "file_content.hpp"
#include "key_document.hpp"
#include "text.hpp"
#include "whole_value.hpp"

namespace cachify::ui {

namespace {

/// What Redis takes at most, unless it is told otherwise.
constexpr qint64 kMostOfAFile = 512LL << 20;

}  // namespace

void KeyDocument::takeFile(const QUrl& file) {
  using Content = std::shared_ptr<const Bytes>;
  setTransferring(true);
  host_.ask<Content>(
      this,
      [path = pathOf(file)](studio::Engine&) -> Result<Content> {
        const QString tooLarge = tr("%1 is larger than %2").arg(path, sizeText(kMostOfAFile));
        auto content = contentOf(path, kMostOfAFile, tooLarge);
        if (!content) return std::unexpected(content.error());
        return std::make_shared<const Bytes>(std::move(*content));
      },
      [this, name = file.fileName(), key = key_](Result<Content> content) {
        // Told before it counts as over, as of a change.
        if (!content) {
          emit failed(StudioError(content.error()));
        } else if (shows(key) && exists()) {
          file_ = *content;
          fileName_ = toShown(toBytes(name));
          emit draftChanged();
        }
        setTransferring(false);
      });
}

void KeyDocument::writeFile(const QUrl& file) {
  setTransferring(true);
  host_.ask<void>(
      this,
      [profile = profile_, key = key_, path = pathOf(file)](studio::Engine& engine) {
        return writePrivately(path,
                              [&](const WritePart& write) { return readWhole(engine, profile, key, write); });
      },
      [this, name = file.fileName()](Result<void> done) {
        done ? emit written(name) : emit failed(StudioError(done.error()));
        setTransferring(false);
      });
}

}  // namespace cachify::ui
