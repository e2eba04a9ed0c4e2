#pragma once
// The language of the user interface: "system", or one that there is a catalogue of. The GUI thread's.

#include <QString>
#include <QStringList>
#include <QTranslator>

namespace cachify::ui {

/// Codes of the catalogues there are: en, de, id.
[[nodiscard]] QStringList languages();
/// What "system" comes to by the languages a person prefers; English where there is none of them.
[[nodiscard]] QString languageFor(const QString& choice, const QStringList& preferred);

class Language {
 public:
  Language() = default;
  ~Language();
  Language(const Language&) = delete;
  Language& operator=(const Language&) = delete;

  /// False if nothing is different from before. What is shown already has to be asked for again.
  bool use(const QString& choice);

 private:
  QTranslator translator_;
  QString code_;
};

}  // namespace cachify::ui
