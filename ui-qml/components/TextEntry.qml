import QtQuick
import QtQuick.Controls
import Cachify.Theme

TextField {
    id: control

    property string label: ""
    property bool invalid: false
    property string iconName: ""

    implicitHeight: Theme.controlHeight
    leftPadding: iconName !== "" ? Theme.scaled(16) + 16 : 10
    rightPadding: 10
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font.pixelSize: Theme.small
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    selectByMouse: true
    Accessible.role: Accessible.EditableText
    Accessible.name: label !== "" ? label : placeholderText

    background: Rectangle {
        radius: Theme.radius
        color: control.enabled ? Theme.surface : Theme.surface2
        border.width: 1
        border.color: control.invalid ? Theme.danger : control.activeFocus ? Theme.accent : Theme.border
        FocusRing { shown: control.activeFocus }
        Icon {
            visible: control.iconName !== ""
            name: control.iconName
            size: 16
            anchors.verticalCenter: parent.verticalCenter
            x: 10
        }
    }
}
