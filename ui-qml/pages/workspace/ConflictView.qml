import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The value changed since it was read: both versions, and three ways on.
Card {
    id: view

    required property KeyDocument document
    required property bool masked
    signal overwriteWanted()

    objectName: "conflict"
    color: Theme.warningTint
    implicitHeight: column.implicitHeight + 24

    component Version: ColumnLayout {
        id: version
        required property string title
        required property string text
        Layout.preferredWidth: 1
        spacing: 4
        Txt { text: version.title; color: Theme.warning; font.pixelSize: Theme.tiny }
        TextBlock { Layout.fillWidth: true; Layout.fillHeight: true; Layout.minimumHeight: Theme.scaled(40); implicitHeight: Theme.scaled(90); readOnly: true; label: version.title; text: version.text }
    }

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
            Version { title: qsTr("On the server now"); text: view.masked ? "••••••" : view.document.theirs }
            Version { title: qsTr("Yours, not saved"); text: view.masked ? "••••••" : view.document.ours }
        }
        Flow { // to the right, where no toast lies
            spacing: 8
            layoutDirection: Qt.RightToLeft
            Layout.fillWidth: true
            AppButton { objectName: "overwrite"; text: qsTr("Overwrite with yours"); kind: "danger"; onClicked: view.overwriteWanted() }
            AppButton { objectName: "takeTheirs"; text: qsTr("Take theirs"); onClicked: view.document.takeTheirs() }
        }
    }
}
