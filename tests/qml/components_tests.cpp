// Runs tst_*.qml of this folder.

#include <QQmlEngine>
#include <QQuickStyle>
#include <QtQuickTest>

extern void qml_register_types_Cachify_Components();

namespace {

class ComponentsSetup : public QObject {
  Q_OBJECT

 public:
  ComponentsSetup() {
    QQuickStyle::setStyle("Fusion");
    qml_register_types_Cachify_Components();
  }

 public slots:
  void qmlEngineAvailable(QQmlEngine* engine) { engine->addImportPath("qrc:/qt/qml"); }
};

}  // namespace

QUICK_TEST_MAIN_WITH_SETUP(components, ComponentsSetup)
#include "components_tests.moc"
