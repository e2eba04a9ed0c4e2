import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

ItemDelegate {
    id: row

    required property string connectionId
    required property string name
    required property string engine
    required property string address
    required property string environment
    required property var tags
    required property string policy
    required property string tls
    required property string link
    required property string lastUsed
    required property bool favourite
    required property string heading
    property bool focused: false
    signal opened()
    signal edited()
    signal duplicated()

    readonly property string linkText: link === "open" ? qsTr("connected") : link === "lost" ? qsTr("not reachable") : lastUsed === "" ? qsTr("not used yet") : ""

    height: Theme.scaled(Theme.compact ? 52 : 60) + topPadding
    padding: 0
    topPadding: heading === "" ? 0 : Theme.scaled(34)
    Accessible.name: Studio.spoken([name, favourite ? qsTr("favourite") : "", environment, address, linkText, lastUsed])
    onClicked: opened()

    background: Item {
        Txt {
            y: Theme.scaled(10)
            text: row.heading
            color: Theme.muted
            font.pixelSize: Theme.tiny
            font.weight: Font.DemiBold
        }
        Card {
            anchors.fill: parent
            anchors.topMargin: row.topPadding
            color: row.hovered ? Theme.hover : Theme.surface
            FocusRing { shown: row.focused || row.visualFocus }
        }
    }
    contentItem: RowLayout {
        spacing: 12
        Rectangle {
            Layout.leftMargin: 16
            implicitWidth: 9
            implicitHeight: 9
            radius: 5
            color: row.link === "open" ? Theme.success : row.link === "lost" ? Theme.danger : "transparent"
            border.width: row.link === "unknown" ? 1.5 : 0
            border.color: Theme.muted
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true
            RowLayout {
                spacing: 8
                Txt { text: row.name; isData: true; font.weight: Font.DemiBold; Layout.fillWidth: true; Layout.maximumWidth: Math.min(Math.ceil(implicitWidth), Theme.scaled(360)); Accessible.ignored: true }
                Icon { visible: row.favourite; name: "star"; size: 14; color: Theme.accent }
                EnvironmentBadge { environment: row.environment }
                Badge {
                    visible: row.policy !== "writable"
                    text: row.policy === "readOnly" ? qsTr("read-only") : qsTr("policy: read-only")
                    tone: "info"
                    iconName: "lock"
                }
                Badge {
                    visible: row.tls === "unverified"
                    text: qsTr("TLS not verified")
                    tone: "warning"
                    iconName: "warning"
                }
            }
            Txt {
                text: row.engine + " · " + row.address + (row.tls === "on" ? " · TLS" : "") + (row.linkText === "" ? "" : " · " + row.linkText) + (row.link === "open" || row.lastUsed === "" ? "" : " · " + row.lastUsed)
                isData: true
                color: Theme.muted
                font.pixelSize: Theme.tiny
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Repeater {
            model: row.tags
            Badge {
                required property string modelData
                text: modelData
            }
        }
        AppButton {
            objectName: "favourite-" + row.name
            kind: "quiet"
            iconName: "star"
            hint: row.favourite ? qsTr("%1 is a favourite: not any more").arg(row.name) : qsTr("Make %1 a favourite: first in lists").arg(row.name)
            onClicked: Studio.connections.setFavourite(row.connectionId, !row.favourite)
        }
        AppButton { kind: "quiet"; iconName: "copy"; hint: qsTr("Duplicate %1").arg(row.name); onClicked: row.duplicated() }
        AppButton { kind: "quiet"; iconName: "edit"; hint: qsTr("Edit %1").arg(row.name); onClicked: row.edited() }
        AppButton { Layout.rightMargin: 12; text: qsTr("Open"); onClicked: row.opened() }
    }
}
