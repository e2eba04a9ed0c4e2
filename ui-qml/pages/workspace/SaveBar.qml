import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Only there when something was changed.
Rectangle {
    id: bar

    required property KeyDocument document
    property alias keepTtl: keep.checked
    // Whether the TTL is kept is said for one draft of one key.
    readonly property bool dirty: document.dirty
    signal saveWanted()

    onDirtyChanged: keep.checked = true
    onDocumentChanged: keep.checked = true

    implicitHeight: parts.implicitHeight + 24
    color: Theme.accentTint
    Rectangle { width: parent.width; height: 1; color: Theme.border }
    Flow {
        id: parts
        anchors { left: parent.left; right: parent.right; leftMargin: 20; rightMargin: 20; verticalCenter: parent.verticalCenter }
        spacing: 12
        RowLayout {
            id: told
            width: Math.min(Math.ceil(implicitWidth), parts.width)
            height: Theme.controlHeight
            spacing: 12
            Txt { objectName: "draftNote"; text: (bar.document.fileName !== "" ? qsTr("By the file: %1") : qsTr("Changed: %1")).arg(bar.document.draftNote); font.pixelSize: Theme.small; font.weight: Font.Medium }
            Check { id: keep; objectName: "keepTtl"; text: qsTr("Keep the TTL"); checked: true; visible: bar.document.expires }
        }
        RowLayout {
            readonly property real beside: parts.width - told.width - parts.spacing
            width: implicitWidth <= beside ? beside : parts.width
            spacing: 12
            Item { Layout.fillWidth: true }
            AppButton { text: qsTr("Discard"); enabled: !bar.document.saving; onClicked: bar.document.discard() }
            AppButton { objectName: "saveValue"; text: qsTr("Save"); kind: "primary"; iconName: "check"; enabled: !bar.document.saving; onClicked: bar.saveWanted() }
        }
    }
}
