import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Where one is and what one may do there; the way to everything else.
Rectangle {
    id: bar

    required property bool masked
    signal paletteWanted(scope: string)
    signal maskToggled()
    signal alertsWanted()

    readonly property Workspace workspace: Studio.workspace

    readonly property bool roomy: width >= trust.implicitWidth + Theme.scaled(250) + 4 * Theme.controlHeight + 80
    implicitHeight: Math.max(52, Theme.controlHeight + 16)
    color: Theme.background

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 16
        spacing: 10

        TrustChip {
            id: trust
            workspace: bar.workspace
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth)
        }
        AppButton {
            kind: "quiet"
            iconName: "down"
            hint: qsTr("Switch connection (Ctrl+P)")
            onClicked: bar.paletteWanted("connection")
        }
        Item { Layout.fillWidth: true }
        TaskChip { run: Studio.workspace.bulk; name: qsTr("Deleting keys") }
        TaskChip { run: Studio.workflows.run; name: qsTr("Workflow") }
        AppButton {
            id: paletteButton
            implicitWidth: bar.roomy ? Theme.scaled(250) : Theme.controlHeight
            iconName: "search"
            text: bar.roomy ? qsTr("Search or run a command") : ""
            hint: qsTr("Command palette (Ctrl+K)")
            onClicked: bar.paletteWanted("")
            Txt {
                anchors.right: parent.right
                anchors.rightMargin: 10
                anchors.verticalCenter: parent.verticalCenter
                visible: bar.roomy
                text: qsTr("Ctrl+K")
                color: Theme.muted
                font.pixelSize: Theme.tiny
                Accessible.ignored: true
            }
        }
        AppButton {
            kind: "quiet"
            iconName: bar.masked ? "eyeOff" : "eye"
            hint: bar.masked ? qsTr("Values are masked; show them") : qsTr("Mask values")
            onClicked: bar.maskToggled()
        }
        AppButton {
            objectName: "alertBell"
            kind: "quiet"
            iconName: "alerts"
            hint: Studio.alerts.unread > 0 ? qsTr("Alerts: %n unread (Ctrl+5)", "", Studio.alerts.unread) : qsTr("Alerts: nothing unread (Ctrl+5)")
            onClicked: bar.alertsWanted()
            UnreadBadge { x: parent.width - width + 4; y: -4; count: Studio.alerts.unread }
        }
    }
}
