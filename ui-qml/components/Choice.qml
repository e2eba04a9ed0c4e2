import QtQuick
import QtQuick.Controls
import Cachify.Theme

ComboBox {
    id: control

    property string label: ""
    readonly property int needed: Math.ceil(contentItem.implicitWidth + leftPadding + rightPadding) // for all that it shows

    implicitHeight: Theme.controlHeight
    font.pixelSize: Theme.small
    leftPadding: 10
    hoverEnabled: true
    Accessible.role: Accessible.ComboBox
    Accessible.name: label

    contentItem: Txt {
        text: control.displayText
        font: control.font
        rightPadding: control.indicator.width + 8
        Accessible.ignored: true
    }
    indicator: Icon {
        name: "down"
        size: 14
        x: control.width - width - 9
        y: (control.height - height) / 2
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.pressed : control.hovered ? Theme.hover : Theme.surface
        border.width: 1
        border.color: Theme.border
        FocusRing { shown: control.visualFocus }
    }
}
