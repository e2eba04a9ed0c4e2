import Cachify.Components

Badge {
    required property string severity

    text: severity === "critical" ? qsTr("critical") : severity === "warning" ? qsTr("warning") : qsTr("info")
    tone: severity === "critical" ? "danger" : severity === "warning" ? "warning" : "info"
    iconName: severity === "info" ? "info" : "warning"
}
