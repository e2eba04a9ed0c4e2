import QtQuick
import QtQuick.Controls
import Cachify.Theme

CheckBox {
    id: control

    property string hint: ""

    spacing: 8
    padding: 0
    font.pixelSize: Theme.small
    Accessible.role: Accessible.CheckBox
    Accessible.checked: checked
    Accessible.name: text
    Accessible.description: hint

    indicator: Rectangle {
        x: 0
        y: (control.height - height) / 2
        width: Theme.scaled(16)
        height: Theme.scaled(16)
        radius: 4
        color: control.checked ? Theme.accent : Theme.surface
        border.width: 1
        border.color: control.checked ? Theme.accent : Theme.muted
        FocusRing { shown: control.visualFocus }
        Icon {
            anchors.centerIn: parent
            visible: control.checked
            name: "check"
            size: 12
            stroke: 2.6
            color: Theme.accentInk
        }
    }
    contentItem: Txt {
        leftPadding: control.indicator.width + control.spacing
        text: control.text
        font: control.font
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
