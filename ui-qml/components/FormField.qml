import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// A label above a control, and below it what is wrong or what to know.
ColumnLayout {
    id: field

    required property string label
    property string error: ""
    property string hint: ""
    default property alias content: slot.data

    // A change as it comes in sight: Qt 6.4 does not place anew what was resized while it was hidden.
    spacing: visible ? 4 : 3
    Layout.fillWidth: true

    Txt {
        text: field.label
        font.pixelSize: Theme.tiny
        font.weight: Font.Medium
        color: Theme.muted
        Layout.fillWidth: true
    }
    RowLayout {
        id: slot
        spacing: 8
        Layout.fillWidth: true
    }
    Txt {
        visible: text !== ""
        text: field.error !== "" ? field.error : field.hint
        color: field.error !== "" ? Theme.danger : Theme.muted
        font.pixelSize: Theme.tiny
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
}
