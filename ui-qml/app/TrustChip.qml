import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

RowLayout {
    id: chip

    required property Workspace workspace

    spacing: 10
    Accessible.role: Accessible.StaticText
    Accessible.name: workspace.away ? qsTr("%1, %2: not reachable").arg(workspace.name).arg(workspace.environment)
        : workspace.active ? qsTr("Connected to %1, %2, %3").arg(workspace.name).arg(workspace.environment).arg(policyBadge.text)
        : qsTr("No connection")

    Txt {
        visible: !chip.workspace.active
        text: qsTr("No connection")
        color: Theme.muted
        font.weight: Font.Medium
    }
    EnvironmentBadge {
        visible: chip.workspace.active
        environment: chip.workspace.environment
    }
    Txt {
        visible: chip.workspace.active
        text: chip.workspace.name
        isData: true
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Layout.maximumWidth: Math.min(Math.ceil(implicitWidth), Theme.scaled(260))
    }
    Txt {
        visible: chip.workspace.active
        text: chip.workspace.engine + " · " + chip.workspace.address
        color: Theme.muted
        isData: true
        font.pixelSize: Theme.tiny
        Layout.fillWidth: true
        Layout.maximumWidth: Math.min(Math.ceil(implicitWidth), Theme.scaled(240))
    }
    Badge {
        visible: chip.workspace.active && chip.workspace.tls !== "off"
        text: chip.workspace.tls === "on" ? qsTr("TLS") : qsTr("TLS not verified")
        tone: chip.workspace.tls === "on" ? "success" : "warning"
        iconName: chip.workspace.tls === "on" ? "lock" : "warning"
    }
    Badge {
        objectName: "notReachable"
        visible: chip.workspace.active && chip.workspace.away
        text: qsTr("not reachable")
        tone: "danger"
        iconName: "warning"
    }
    Badge {
        id: policyBadge
        visible: chip.workspace.active
        text: chip.workspace.policy === "writable" ? qsTr("writable") : chip.workspace.policy === "readOnly" ? qsTr("read-only") : qsTr("policy: read-only")
        tone: chip.workspace.policy === "writable" ? "" : "info"
        iconName: chip.workspace.policy === "writable" ? "unlock" : "lock"
    }
}
