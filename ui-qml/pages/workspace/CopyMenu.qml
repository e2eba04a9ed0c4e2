import QtQuick
import QtQuick.Controls
import Cachify.Bridge
import Cachify.Theme

// What is loaded of the value, in three forms; and the way out of the clipboard again.
Menu {
    id: menu

    required property KeyDocument document
    signal fileWanted()

    component Entry: MenuItem {
        id: entry
        implicitHeight: Theme.rowHeight
        font.pixelSize: Theme.small
        contentItem: Text {
            leftPadding: 8
            text: entry.text
            textFormat: Text.PlainText
            font: entry.font
            color: entry.enabled ? Theme.text : Theme.muted
            verticalAlignment: Text.AlignVCenter
        }
        background: Rectangle { radius: Theme.radius; color: entry.highlighted ? Theme.hover : "transparent" }
    }

    padding: 4
    background: Rectangle { implicitWidth: Theme.scaled(220); radius: Theme.radius; color: Theme.surface; border.width: 1; border.color: Theme.border }

    Entry { text: qsTr("Copy as it is"); onTriggered: menu.document.copy("raw") }
    Entry { text: qsTr("Copy as shown"); onTriggered: menu.document.copy("pretty") }
    Entry { text: qsTr("Copy as a command"); enabled: menu.document.hasCommand; onTriggered: menu.document.copy("command") }
    Entry { objectName: "writeValueFile"; text: qsTr("Write to a file…"); enabled: menu.document.type === "string"; onTriggered: menu.fileWanted() }
    MenuSeparator { contentItem: Rectangle { implicitHeight: 1; color: Theme.border } }
    Entry { text: qsTr("Clear the clipboard"); onTriggered: Studio.copy("") }
}
