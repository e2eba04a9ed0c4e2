#include "language.hpp"

#include <QCoreApplication>
#include <QLocale>

namespace cachify::ui {

QStringList languages() {
  return {QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("id")};
}

QString languageFor(const QString& choice, const QStringList& preferred) {
  if (languages().contains(choice)) return choice;
  for (const QString& name : preferred) {
    const QString code = name.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0).toLower();
    if (languages().contains(code)) return code;
  }
  return QStringLiteral("en");
}

Language::~Language() {
  QCoreApplication::removeTranslator(&translator_);
}

bool Language::use(const QString& choice) {
  const QString code = languageFor(choice, QLocale::system().uiLanguages());
  if (code == code_) return false;
  code_ = code;
  QCoreApplication::removeTranslator(&translator_);
  // English has a catalogue too: of its plurals.
  if (translator_.load(QStringLiteral(":/i18n/cachify_%1.qm").arg(code)))
    QCoreApplication::installTranslator(&translator_);
  return true;
}

}  // namespace cachify::ui
