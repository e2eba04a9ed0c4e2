import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The value changed since it was read: both versions, and three ways on.
Card {
    id: view

    required property KeyDocument document
    signal overwriteWanted()

    color: Theme.warningTint
    implicitHeight: column.implicitHeight + 24

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: 12
        spacing: 8
        RowLayout {
            spacing: 8
            Icon { name: "warning"; size: 16; color: Theme.warning }
            Txt {
                objectName: "conflictTitle"
                text: qsTr("Somebody changed this value since you read it. Nothing was written.")
                color: Theme.warning
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
        }
        RowLayout {
            spacing: 8
            ColumnLayout {
                Layout.preferredWidth: 1
                Txt { text: qsTr("On the server now"); color: Theme.warning; font.pixelSize: Theme.tiny }
                TextBlock { Layout.fillWidth: true; implicitHeight: Theme.scaled(90); readOnly: true; label: qsTr("On the server now"); text: view.document.theirs }
            }
            ColumnLayout {
                Layout.preferredWidth: 1
                Txt { text: qsTr("Yours, not saved"); color: Theme.warning; font.pixelSize: Theme.tiny }
                TextBlock { Layout.fillWidth: true; implicitHeight: Theme.scaled(90); readOnly: true; label: qsTr("Yours"); text: view.document.ours }
            }
        }
        RowLayout {
            spacing: 8
            Item { Layout.fillWidth: true }
            AppButton { objectName: "takeTheirs"; text: qsTr("Take theirs"); onClicked: view.document.takeTheirs() }
            AppButton { objectName: "overwrite"; text: qsTr("Overwrite with yours"); kind: "danger"; onClicked: view.overwriteWanted() }
        }
    }
}
