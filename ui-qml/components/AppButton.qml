import QtQuick
import QtQuick.Controls
import Cachify.Theme

// kind: primary, secondary, danger, quiet.
Button {
    id: control

    property string kind: "secondary"
    property string iconName: ""
    property string hint: ""
    readonly property bool filled: kind === "primary" || kind === "danger"
    readonly property color ink: !enabled ? Theme.muted
        : kind === "primary" ? Theme.accentInk
        : kind === "danger" ? Theme.surface
        : kind === "quiet" ? Theme.muted : Theme.text

    implicitHeight: Theme.controlHeight
    leftPadding: text === "" ? Theme.scaled(7) : 12
    rightPadding: leftPadding
    font.pixelSize: Theme.small
    font.weight: filled ? Font.DemiBold : Font.Medium
    opacity: enabled ? 1 : 0.55
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text !== "" ? text : hint
    // Qt Quick tells screen readers nothing of what is switched off.
    Accessible.description: enabled ? hint : qsTr("Not available. %1").arg(hint).trim()

    ToolTip.text: hint
    ToolTip.visible: hint !== "" && hovered
    ToolTip.delay: 600

    contentItem: Row {
        spacing: 6
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.iconName !== ""
            name: control.iconName
            size: 16
            color: control.ink
        }
        Txt {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.text !== ""
            text: control.text
            font: control.font
            color: control.ink
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: {
            if (control.filled) {
                const base = control.kind === "primary" ? Theme.accent : Theme.danger;
                return !control.enabled ? Theme.pressed : control.down ? Qt.darker(base, 1.15) : control.hovered ? Qt.darker(base, 1.06) : base;
            }
            const rest = control.kind === "quiet" ? "transparent" : Theme.surface;
            return control.down ? Theme.pressed : control.hovered ? Theme.hover : rest;
        }
        border.width: control.kind === "secondary" ? 1 : 0
        border.color: Theme.border
        FocusRing { shown: control.visualFocus }
    }
}
