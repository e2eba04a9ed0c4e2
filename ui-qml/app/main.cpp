// cachify-studio [--data-dir DIR] [--capture DIR [--size WIDTHxHEIGHT] [--text-size PERCENT]] [URL]

#include <QCommandLineParser>
#include <QFont>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <cstdio>
#include <optional>

#include "capture.hpp"
#include "single_instance.hpp"
#include "studio.hpp"
#include "studio/engine.hpp"

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

bool wantsCapture(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (QByteArray(argv[i]).startsWith("--capture")) return true;
  }
  return false;
}

int misused(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (wantsCapture(argc, argv)) prepareCapture();
  QQuickStyle::setStyle("Fusion");
  QGuiApplication app(argc, argv);
  QGuiApplication::setApplicationName("cachify-studio");
  QGuiApplication::setApplicationDisplayName("Cachify Studio");
  QGuiApplication::setDesktopFileName("cachify-studio");
  useOurFont(app);

  QCommandLineParser options;
  options.setApplicationDescription("A studio for Redis and Memcached");
  options.addHelpOption();
  options.addPositionalArgument("url",
                                "A connection to fill the form with: redis://, rediss://, memcached://");
  const QCommandLineOption dataDirectory("data-dir", "Where the event log lies", "DIR");
  const QCommandLineOption capture("capture", "Write pictures of all pages to DIR, and end", "DIR");
  const QCommandLineOption sandbox("sandbox", "Start with throw-away servers and sample data");
  const QCommandLineOption size("size", "Of the window, such as 1120x700", "WIDTHxHEIGHT");
  const QCommandLineOption textSize("text-size", "Of the text in pictures: 100, 125 or 150", "PERCENT",
                                    "100");
  options.addOptions({dataDirectory, capture, sandbox, size, textSize});
  options.process(app);
  if (options.isSet(textSize) && !options.isSet(capture)) return misused("--text-size goes with --capture");
  if (!cachify::ui::Preferences::isTextSize(options.value(textSize).toInt()))
    return misused("--text-size is 100, 125 or 150");

  std::optional<QTemporaryDir> temporary;
  std::filesystem::path directory = cachify::studio::defaultDataDirectory();
  if (options.isSet(dataDirectory)) directory = options.value(dataDirectory).toStdString();
  if (options.isSet(capture)) directory = temporary.emplace().path().toStdString();
  std::filesystem::create_directories(directory);

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
  if (window == nullptr) {
    std::fprintf(stderr, "the window could not be loaded; is a Qt Quick module missing?\n");
    return 1;
  }
  if (const auto sides = options.value(size).split('x'); sides.size() == 2)
    window->resize(sides[0].toInt(), sides[1].toInt());
  QObject::connect(&instance, &cachify::ui::SingleInstance::asked, window, [window](const QString& given) {
    QMetaObject::invokeMethod(window, "raiseWith", Q_ARG(QString, given));
  });
  if (options.isSet(capture)) cachify::ui::captureTour(*window, options.value(capture));
  return QGuiApplication::exec();
}
