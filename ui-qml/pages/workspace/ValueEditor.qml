import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The draft in a text field; a long one in parts, with a way to find a place in all of it.
ColumnLayout {
    id: editor

    required property KeyDocument document
    required property bool editing
    property bool lost: false

    spacing: 10

    // The cursor goes on in the part before or after.
    function leave(event: var): void {
        const area = block.area;
        const line = area.cursorRectangle;
        const isLast = line.y + line.height >= area.topPadding + area.contentHeight - 1;
        if (event.key === Qt.Key_Down && isLast && document.part < document.parts - 1)
            show(document.part + 1, 0);
        else if (event.key === Qt.Key_Up && line.y <= area.topPadding + 1 && document.part > 0)
            show(document.part - 1, -1);
        else
            return;
        event.accepted = true;
    }
    function show(part: int, at: int): void {
        document.part = part;
        block.area.cursorPosition = at < 0 ? block.area.length : at;
    }
    function paste(event: var): void {
        if (block.readOnly)
            return;
        const end = document.pasteLarge(block.area.selectionStart, block.area.selectionEnd);
        event.accepted = end >= 0;
        if (end >= 0)
            block.area.cursorPosition = end;
    }

    Connections {
        target: editor.document
        function onFound(at: int, length: int): void {
            editor.lost = length === 0;
            if (length > 0)
                block.area.select(at, at + length);
        }
    }

    Flow {
        id: parts
        visible: editor.document.parts > 1
        spacing: 10
        Layout.fillWidth: true
        TextEntry {
            id: words
            objectName: "findInValue"
            width: Math.min(Theme.scaled(160), parts.width)
            label: qsTr("Find in the value")
            placeholderText: label
            iconName: "search"
            invalid: editor.lost && text !== ""
            onTextEdited: editor.lost = false
            onAccepted: editor.document.find(text, block.area.selectionEnd)
        }
        Txt {
            visible: words.invalid
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Not found")
            color: Theme.danger
            font.pixelSize: Theme.small
        }
        Row {
            spacing: 10
            AppButton {
                objectName: "partBefore"
                text: qsTr("Back")
                hint: qsTr("To the part before")
                enabled: editor.document.part > 0
                onClicked: editor.show(editor.document.part - 1, 0)
            }
            Txt {
                height: Theme.controlHeight
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Part %1 of %2").arg(editor.document.part + 1).arg(editor.document.parts)
                color: Theme.muted
                font.pixelSize: Theme.small
            }
            AppButton {
                objectName: "nextPart"
                text: qsTr("Next")
                hint: qsTr("To the next part")
                enabled: editor.document.part < editor.document.parts - 1
                onClicked: editor.show(editor.document.part + 1, 0)
            }
        }
    }
    TextBlock {
        id: block
        objectName: "valueEditor"
        Layout.fillWidth: true
        Layout.fillHeight: true
        label: qsTr("New value")
        readOnly: editor.document.saving || editor.document.loading // what comes takes the draft's place
        text: editor.editing ? editor.document.draft : ""
        area.objectName: "valueArea"
        area.onTextChanged: if (editor.editing) editor.document.draft = area.text
        onKeyPressed: event => event.matches(StandardKey.Paste) ? editor.paste(event) : editor.leave(event)
    }
}
