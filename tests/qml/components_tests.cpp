// Runs tst_*.qml of this folder.

#include <QQmlEngine>
#include <QQuickStyle>
#include <QtQuickTest>

namespace {

class ComponentsSetup : public QObject {
  Q_OBJECT

 public:
  ComponentsSetup() { QQuickStyle::setStyle("Fusion"); }

 public slots:
  void qmlEngineAvailable(QQmlEngine* engine) { engine->addImportPath("qrc:/qt/qml"); }
};

}  // namespace

QUICK_TEST_MAIN_WITH_SETUP(components, ComponentsSetup)
#include "components_tests.moc"
