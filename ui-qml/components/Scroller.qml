import QtQuick
import QtQuick.Controls

// What is too large for its place, to be scrolled. Its bars say what they are.
ScrollView {
    Component.onCompleted: {
        ScrollBar.vertical.Accessible.name = qsTr("Scroll");
        ScrollBar.horizontal.Accessible.name = qsTr("Scroll sideways");
    }
}
