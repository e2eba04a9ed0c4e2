import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// A name and its value, side by side.
RowLayout {
    id: line

    required property string name
    required property string value
    property bool mono: false

    spacing: 12
    Txt {
        text: line.name
        color: Theme.muted
        font.pixelSize: Theme.small
        Layout.preferredWidth: Theme.scaled(120)
        Layout.alignment: Qt.AlignTop
    }
    TextEdit {
        text: line.value
        textFormat: TextEdit.PlainText
        readOnly: true
        selectByMouse: true
        color: Theme.text
        font.pixelSize: Theme.small
        font.family: line.mono ? Theme.mono : Theme.sans
        wrapMode: TextEdit.WrapAnywhere
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: line.name + ": " + line.value
    }
}
