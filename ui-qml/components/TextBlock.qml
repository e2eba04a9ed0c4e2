import QtQuick
import QtQuick.Controls
import Cachify.Theme

// Many lines in the fixed-width font, to read or to edit.
Rectangle {
    id: block

    property alias text: area.text
    property alias readOnly: area.readOnly
    property alias area: area
    property string label: ""
    property bool wraps: true
    // Before the field takes it.
    signal keyPressed(event: var)

    color: Theme.surface
    border.width: 1
    border.color: area.activeFocus && !area.readOnly ? Theme.accent : Theme.border
    radius: Theme.radius
    clip: true

    Scroller {
        anchors.fill: parent
        anchors.margins: 1

        TextArea {
            id: area
            textFormat: TextEdit.PlainText
            font.family: Theme.mono
            font.pixelSize: Theme.small
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            wrapMode: block.wraps ? TextEdit.WrapAnywhere : TextEdit.NoWrap
            selectByMouse: true
            padding: 12
            implicitHeight: font.pixelSize + topPadding + bottomPadding // what scrolls asks for its content
            background: null
            Accessible.name: block.label
            Keys.onPressed: event => block.keyPressed(event)
            KeyNavigation.priority: KeyNavigation.BeforeItem
        }
    }
}
