import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Components
import Cachify.Theme

ItemDelegate {
    id: row

    required property int index
    required property string name
    required property string type
    required property string ttl
    required property string size
    required property bool selected
    property bool current: false
    property bool focused: false
    signal opened(row: int)
    signal pinned(row: int)
    signal toggled(row: int)
    signal extended(row: int)

    property bool roomy: true // for the size

    height: Theme.rowHeight
    padding: 0
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: type + (ttl !== "" ? ", " + ttl : "") + (size !== "" ? ", " + size : "")
    Accessible.selected: selected

    background: Rectangle {
        color: row.selected ? Theme.accentTint : row.current ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
        Rectangle { visible: row.current; width: 3; height: parent.height; color: Theme.accent }
        FocusRing { anchors.margins: 1; shown: row.focused }
    }
    TapHandler {
        acceptedModifiers: Qt.NoModifier
        onTapped: row.opened(row.index)
        onDoubleTapped: row.pinned(row.index)
    }
    TapHandler {
        acceptedModifiers: Qt.ControlModifier
        onTapped: row.toggled(row.index)
    }
    TapHandler {
        acceptedModifiers: Qt.ShiftModifier
        onTapped: row.extended(row.index)
    }
    contentItem: RowLayout {
        spacing: 10
        Badge {
            Layout.leftMargin: 12
            Layout.preferredWidth: Theme.scaled(54)
            text: row.type === "" ? "…" : row.type
            tone: ({ "string": "info", "hash": "accent", "list": "success", "set": "warning", "zset": "warning" })[row.type] ?? ""
        }
        Txt {
            text: row.name
            font.family: Theme.mono
            font.pixelSize: Theme.small
            isData: true
            elide: Text.ElideMiddle
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Txt { text: row.ttl; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Math.max(Theme.scaled(76), Math.ceil(implicitWidth)); Layout.rightMargin: row.roomy ? 0 : 14; Accessible.ignored: true }
        Txt { visible: row.roomy; text: row.size; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(58); Layout.rightMargin: 14; Accessible.ignored: true }
    }
}
