import QtQuick
import Cachify.Theme

// Around whatever the keyboard speaks to.
Rectangle {
    required property bool shown

    anchors.fill: parent
    anchors.margins: -2
    visible: shown
    color: "transparent"
    radius: Theme.radius + 2
    border.width: 2
    border.color: Theme.focus
}
