// The draft: changed part by part, saved as a whole, beside what somebody else made of the value.

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

#include "actions/mutator.hpp"
#include "engine_host.hpp"
#include "key_document.hpp"
#include "shown_value.hpp"
#include "studio/engine.hpp"
#include "text.hpp"
#include "whole_value.hpp"

namespace cachify::ui {

namespace {

/// Of each version beside the other; longer ones from shortly before they differ.
constexpr std::size_t kMostOfAVersion = 8 << 10;
constexpr std::size_t kBeforeTheDifference = 1 << 10;

struct Versions {
  QString theirs;
  QString ours;
};

bool continuesACharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

QString excerpt(BytesView text, std::size_t from) {
  from = std::min(from, text.size());
  while (from < text.size() && from > 0 && continuesACharacter(text[from])) ++from;
  std::size_t end = std::min(text.size(), from + kMostOfAVersion);
  while (end < text.size() && end > from && continuesACharacter(text[end])) --end;
  const auto part = text.substr(from, end - from);
  const QString ellipsis(QChar(0x2026));
  return (from > 0 ? ellipsis : QString()) + (isUtf8(part) ? blockText(toText(part)) : toShown(part)) +
         (end < text.size() ? ellipsis : QString());
}

Versions versionsOf(BytesView theirs, BytesView ours) {
  const auto differs = static_cast<std::size_t>(std::ranges::mismatch(theirs, ours).in1 - theirs.begin());
  const bool isShort = std::max(theirs.size(), ours.size()) <= kMostOfAVersion;
  const std::size_t from = isShort || differs < kBeforeTheDifference ? 0 : differs - kBeforeTheDifference;
  return {.theirs = excerpt(theirs, from), .ours = excerpt(ours, from)};
}

}  // namespace

void KeyDocument::forgetDraft() {
  part_ = std::clamp(part_, 0, draft_.parts() - 1);
  file_.reset();
  fileName_.clear();
  conflict_ = false;
}

void KeyDocument::keepDraft() {
  draft_.keep();
  forgetDraft();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::setDraft(const QString& draft) {
  if (draft == draft_.part(part_)) return;
  draft_.setPart(part_, draft);
  emit draftChanged();
}

void KeyDocument::setPart(int part) {
  if (part == part_ || part < 0 || part >= draft_.parts()) return;
  part_ = part;
  emit draftChanged();
}

QString KeyDocument::draftNote() const {
  const auto before = file_ && value_ ? value_->sizeBytes : draft_.bytesBefore();
  const auto after = file_ ? file_->size() : draft_.bytesAfter();
  return tr("%1 → %2").arg(sizeText(before), sizeText(after));
}

void KeyDocument::discard() {
  draft_.discard();
  forgetDraft();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::find(const QString& words, int from) {
  using Place = std::optional<Draft::Place>;
  host_.ask<Place>(
      this,
      [draft = draft_, words, start = Draft::Place{.part = part_, .at = from}](
          studio::Engine&) -> Result<Place> { return draft.find(words, start); },
      [this, ticket = ticket_](Result<Place> place) {
        if (ticket != ticket_ || !place) return;
        if (!*place) return emit found(0, 0);
        setPart((*place)->part);
        emit found(static_cast<int>((*place)->at), static_cast<int>((*place)->length));
      });
}

int KeyDocument::pasteLarge(int from, int to) {
  QString text = QGuiApplication::clipboard()->text();
  const QString& part = draft_.part(part_);
  if (part.size() + text.size() <= kMostInAField) return -1;
  text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
  text = toField(text).value_or(text);
  qsizetype end = from + text.size();
  draft_.setPart(part_, part.left(from) + text + part.mid(to));
  while (part_ + 1 < draft_.parts() && end > draft_.part(part_).size()) end -= draft_.part(part_++).size();
  emit draftChanged();
  return static_cast<int>(end);
}

void KeyDocument::save(bool keepTtl, bool force, const QString& confirmation) {
  if (saving()) return;
  actions::SetOptions options{.force = force};
  if (!keepTtl) options.ttl = domain::NoTtl{};
  if (!force && exists()) options.ifDigest = digest_.toStdString();
  const auto size = file_ ? file_->size() : draft_.bytesAfter();
  wanted_ = std::clamp<std::uint64_t>(size, wanted_, kMostLoaded);
  mutate(
      tr("Saved %1").arg(name()), confirmation,
      [profile = profile_, key = key_, draft = draft_, file = file_, shown = value_, options](
          studio::Engine& engine,
          const actions::Consent& consent) mutable -> Result<actions::MutationReport> {
        if (options.ifDigest && options.ifDigest->empty()) {
          const auto digest = digestOfWhole(engine, profile, key, *shown);
          if (!digest) return std::unexpected(digest.error());
          options.ifDigest = *digest;
        }
        Bytes value = file ? *file : draft.bytes();
        return engine.wait(engine.keys().set(profile, key, std::move(value), options, consent, {}));
      },
      [this](const Error& error) {
        error.code == ErrorCode::conflict ? showConflict() : emit failed(StudioError(error));
      },
      [this, key = key_] {
        emit stored(QByteArray::fromStdString(key));
        if (shows(key)) keepDraft();
      });
}

/// Both versions are shown: ours stays the draft, theirs is read anew.
void KeyDocument::showConflict() {
  host_.ask<Versions>(
      this,
      [profile = profile_, key = key_, wanted = wanted_, draft = draft_,
       file = file_](studio::Engine& engine) -> Result<Versions> {
        const auto read = engine.wait(engine.keys().get(profile, key, {.maxBytes = wanted}, {}));
        const Bytes ours = file ? *file : draft.bytes();
        const auto* theirs = read ? std::get_if<Bytes>(&read->value) : nullptr;
        if (theirs == nullptr)
          return Versions{.theirs = tr("(not a text any more)"), .ours = excerpt(ours, 0)};
        return versionsOf(*theirs, ours);
      },
      [this, ticket = ticket_](Result<Versions> versions) {
        if (ticket != ticket_ || !versions) return;
        theirs_ = std::move(versions->theirs);
        ours_ = std::move(versions->ours);
        conflict_ = true;
        emit conflictChanged();
      });
}

}  // namespace cachify::ui
