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
    signal saveWanted()

    implicitHeight: Theme.controlHeight + 24
    color: Theme.accentTint
    Rectangle { width: parent.width; height: 1; color: Theme.border }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        spacing: 12
        Txt { text: qsTr("Changed: %1").arg(bar.document.draftNote); font.pixelSize: Theme.small; font.weight: Font.Medium }
        Check { id: keep; text: qsTr("Keep the TTL"); checked: true; visible: bar.document.expires }
        Item { Layout.fillWidth: true }
        AppButton { text: qsTr("Discard"); onClicked: bar.document.discard() }
        AppButton { objectName: "saveValue"; text: qsTr("Save"); kind: "primary"; iconName: "check"; enabled: !bar.document.saving; onClicked: bar.saveWanted() }
    }
}
