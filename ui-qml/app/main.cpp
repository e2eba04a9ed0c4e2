// cachify-studio [--data-dir DIR] [--capture DIR [--size WIDTHxHEIGHT] [--text-size PERCENT]] [URL]

#include <QCommandLineParser>
#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QSize>
#include <QTemporaryDir>
#include <cstdio>
#include <optional>

#include "capture.hpp"
#include "single_instance.hpp"
#include "studio.hpp"
#include "studio/engine.hpp"
#include "studio/environment.hpp"

// Keeps the linker from dropping the registration of types out of the static libraries.
extern void qml_register_types_Cachify_Bridge();
extern void qml_register_types_Cachify_Components();

namespace {

void useOurFont(QGuiApplication& app) {
  QFont font = app.font();
  font.setFamilies({"Inter", font.family()});
  font.setPixelSize(14);
  QGuiApplication::setFont(font);
}

void prepareCapture() {
  // Headless, alike on every machine, and with nothing of this user in the pictures.
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  qputenv("CACHIFY_SECRET_STORE", "file");
}

int complain(const QString& what, int exitCode) {
  std::fprintf(stderr, "error: %s\n", qUtf8Printable(what));
  return exitCode;
}

int failed(const QString& what) {
  return complain(what, 1);
}

int misused(QString what) {
  if (what.endsWith('.')) what.chop(1);  // as Qt's own words do
  return complain(what + "; `cachify-studio --help` shows what there is", 2);
}

/// Nothing for text that is no size.
std::optional<QSize> sizeIn(const QString& text) {
  static const QRegularExpression form("^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$");
  const auto sides = form.match(text);
  if (!sides.hasMatch()) return std::nullopt;
  return QSize(sides.captured(1).toInt(), sides.captured(2).toInt());
}

bool takesFiles(const QString& directory) {
  return QDir().mkpath(directory) && QTemporaryDir(QDir(directory).filePath("XXXXXX")).isValid();
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication::setApplicationName("cachify-studio");
  QCoreApplication::setApplicationVersion(CACHIFY_VERSION);
  QCommandLineParser options;
  options.setApplicationDescription("A studio for Redis and Memcached");
  options.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);  // Qt has some: -platform
  const QCommandLineOption help({"h", "help"}, "Displays this help.");
  const QCommandLineOption version = options.addVersionOption();
  options.addPositionalArgument(
      "url", "A connection to fill the form with: redis://, rediss://, redis+unix://, memcached://", "[url]");
  const QCommandLineOption dataDirectory("data-dir", "Where the event log lies", "DIR");
  const QCommandLineOption capture("capture", "Write pictures of all pages to DIR, and end", "DIR");
  const QCommandLineOption sandbox("sandbox", "Start with throw-away servers and sample data");
  const QCommandLineOption size("size", "Of the window, such as 1120x700", "WIDTHxHEIGHT");
  const QCommandLineOption textSize("text-size", "Of the text in pictures: 100, 125 or 150", "PERCENT",
                                    "100");
  options.addOptions({help, dataDirectory, capture, sandbox, size, textSize});
  // What needs no display, or must be known before there is one.
  QStringList words;
  for (int i = 0; i < argc; ++i) words.append(QString::fromLocal8Bit(argv[i]));
  options.parse(words);
  if (options.isSet(version) || options.isSet(help)) {
    const QCoreApplication program(argc, argv);
    options.isSet(version) ? options.showVersion() : options.showHelp();
  }
  if (options.isSet(capture)) prepareCapture();

  QQuickStyle::setStyle("Fusion");
  QGuiApplication app(argc, argv);
  QGuiApplication::setApplicationDisplayName("Cachify Studio");
  QGuiApplication::setDesktopFileName("cachify-studio");
  useOurFont(app);

  if (!options.parse(QGuiApplication::arguments())) return misused(options.errorText());
  if (options.isSet(textSize) && !options.isSet(capture)) return misused("--text-size goes with --capture");
  if (!cachify::ui::Preferences::isTextSize(options.value(textSize).toInt()))
    return misused("--text-size is 100, 125 or 150");
  const std::optional<QSize> wantedSize = sizeIn(options.value(size));
  if (options.isSet(size) && !wantedSize) return misused("--size is WIDTHxHEIGHT, such as 1120x700");
  if (options.isSet(capture) && !takesFiles(options.value(capture)))
    return failed("cannot write to the directory " + options.value(capture));

  std::optional<QTemporaryDir> temporary;
  std::filesystem::path directory = cachify::studio::defaultDataDirectory();
  if (options.isSet(dataDirectory)) directory = options.value(dataDirectory).toStdString();
  if (options.isSet(capture)) directory = temporary.emplace().path().toStdString();
  if (const auto made = cachify::studio::makePrivateDirectory(directory); !made)
    return failed(QString::fromStdString(made.error().message));

  cachify::ui::SingleInstance instance(QString::fromStdString(directory.string()));
  const QString url = options.positionalArguments().value(0);
  if (!options.isSet(capture) && instance.handOver(url)) return 0;
  instance.listen();

  qml_register_types_Cachify_Bridge();
  qml_register_types_Cachify_Components();
  cachify::ui::Studio studio(directory);
  if (options.isSet(capture)) studio.preferences()->setTextSize(options.value(textSize).toInt());
  QQmlApplicationEngine engine;
  engine.addImportPath("qrc:/qt/qml");
  QObject::connect(&studio, &cachify::ui::Studio::languageChanged, &engine,
                   &QQmlApplicationEngine::retranslate);
  engine.setInitialProperties(
      {{"givenUrl", url}, {"wantsSandbox", options.isSet(sandbox)}, {"touring", options.isSet(capture)}});
  engine.load(QUrl("qrc:/qt/qml/Cachify/Shell/Main.qml"));
  auto* window =
      engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().front());
  if (window == nullptr) return failed("the window could not be loaded; is a Qt Quick module missing?");
  if (wantedSize) window->resize(*wantedSize);
  QObject::connect(&instance, &cachify::ui::SingleInstance::asked, window, [window](const QString& given) {
    QMetaObject::invokeMethod(window, "raiseWith", Q_ARG(QString, given));
  });
  if (options.isSet(capture)) cachify::ui::captureTour(*window, options.value(capture));
  return QGuiApplication::exec();
}
