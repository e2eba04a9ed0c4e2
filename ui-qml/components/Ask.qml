import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Theme

// A question before an act. With `typed` set its exact text must be typed first; Cancel has the focus.
Popup {
    id: ask

    required property string title
    property string text: ""
    property string detail: ""
    property string accept: qsTr("Continue")
    property string typed: ""
    property bool dangerous: false
    property bool prod: false
    property bool blocked: false
    property bool staysOpen: false // what it asks for may fail; then it is closed by who asked
    property string undoText: ""
    property int breadth: 480
    property alias field: slot.data
    readonly property bool ready: !blocked && (typed === "" || entry.text === typed)
    signal accepted()

    parent: Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.scaled(breadth), parent ? parent.width - 48 : 0)
    padding: 0
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape
    Overlay.modal: Rectangle { color: Theme.scrim }
    onAboutToShow: {
        contentItem.parent.Accessible.name = title;
        entry.text = "";
        cancel.forceActiveFocus(Qt.TabFocusReason); // so that its ring is seen
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motion } }

    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius + 2
        border.width: ask.prod ? 2 : 1
        border.color: ask.prod ? Theme.danger : Theme.border
    }

    contentItem: ColumnLayout {
        spacing: 12

        Rectangle {
            visible: ask.prod
            Layout.fillWidth: true
            implicitHeight: Theme.scaled(36)
            color: Theme.dangerTint
            Layout.margins: 2
            Row {
                anchors.centerIn: parent
                spacing: 8
                EnvironmentBadge { environment: "prod" }
                Txt {
                    text: qsTr("You are about to change production")
                    color: Theme.danger
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                }
            }
        }
        Txt {
            text: ask.title
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Layout.leftMargin: 24
            Layout.rightMargin: 24
            Layout.topMargin: ask.prod ? 4 : 20
        }
        Txt {
            visible: text !== ""
            text: ask.text
            wrapMode: Text.Wrap
            maximumLineCount: 6
            color: Theme.muted
            lineHeight: 1.2
            Layout.fillWidth: true
            Layout.leftMargin: 24
            Layout.rightMargin: 24
        }
        Txt {
            visible: text !== ""
            text: ask.detail
            font.family: Theme.mono
            font.pixelSize: Theme.small
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 5
            Layout.fillWidth: true
            Layout.leftMargin: 24
            Layout.rightMargin: 24
        }
        RowLayout {
            visible: ask.undoText !== ""
            spacing: 8
            Layout.leftMargin: 24
            Layout.rightMargin: 24
            Icon { name: "undo"; size: 14 }
            Txt { text: ask.undoText; color: Theme.muted; font.pixelSize: Theme.small; wrapMode: Text.Wrap; Layout.fillWidth: true }
        }
        ColumnLayout {
            id: slot
            visible: children.length > 0
            Layout.fillWidth: true
            Layout.leftMargin: 24
            Layout.rightMargin: 24
        }
        FormField {
            visible: ask.typed !== ""
            label: qsTr("Type the connection's name to go on: %1").arg(ask.typed)
            Layout.leftMargin: 24
            Layout.rightMargin: 24
            TextEntry {
                id: entry
                objectName: "askTyped"
                label: qsTr("The connection's name")
                Layout.fillWidth: true
                onAccepted: if (ask.ready) acceptButton.clicked()
            }
        }
        RowLayout {
            spacing: 8
            Layout.margins: 24
            Layout.topMargin: 8
            Item { Layout.fillWidth: true }
            AppButton { id: cancel; objectName: "askCancel"; text: qsTr("Cancel"); onClicked: ask.close() }
            AppButton {
                id: acceptButton
                objectName: "askAccept"
                text: ask.accept
                kind: ask.dangerous ? "danger" : "primary"
                enabled: ask.ready
                onClicked: {
                    if (!ask.staysOpen)
                        ask.close();
                    ask.accepted();
                }
            }
        }
    }
}
