#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QQuickStyle>

// Keeps the registration of the bridge's types in the program.
extern void qml_register_types_Cachify_Bridge();
extern void qml_register_types_Cachify_Components();

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  qputenv("CACHIFY_SECRET_STORE", "file");
  testing::InitGoogleTest(&argc, argv);
  QQuickStyle::setStyle("Fusion");
  const QGuiApplication app(argc, argv);
  qml_register_types_Cachify_Bridge();
  qml_register_types_Cachify_Components();
  return RUN_ALL_TESTS();
}
