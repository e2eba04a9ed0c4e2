import QtQuick
import QtQuick.Controls

// A scroll bar that says what it is.
ScrollBar {
    Accessible.name: orientation === Qt.Horizontal ? qsTr("Scroll sideways") : qsTr("Scroll")
}
