import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

Ask {
    id: dialog

    property string kind: "string"
    readonly property bool redis: Studio.workspace.engine === "redis"

    title: qsTr("New key")
    text: qsTr("An existing key is never overwritten.")
    accept: qsTr("Create")
    onAccepted: Studio.workspace.create(nameEntry.text, kind, firstEntry.text, secondEntry.text)
    onOpened: {
        nameEntry.text = "";
        firstEntry.text = "";
        secondEntry.text = "";
        nameEntry.forceActiveFocus();
    }
    field: ColumnLayout {
        spacing: 12
        FormField {
            label: qsTr("Key")
            TextEntry { id: nameEntry; objectName: "newKeyName"; label: qsTr("Key"); font.family: Theme.mono; Layout.fillWidth: true }
        }
        FormField {
            visible: dialog.redis
            label: qsTr("Type")
            Segments {
                label: qsTr("Type")
                options: [{ value: "string", text: "string" }, { value: "hash", text: "hash" }, { value: "list", text: "list" }, { value: "set", text: "set" }, { value: "zset", text: "zset" }]
                value: dialog.kind
                onChosen: value => dialog.kind = value
            }
        }
        FormField {
            label: dialog.kind === "string" ? qsTr("Value") : dialog.kind === "hash" ? qsTr("First field") : dialog.kind === "list" ? qsTr("First item") : qsTr("First member")
            TextEntry { id: firstEntry; objectName: "newKeyFirst"; label: qsTr("First"); font.family: Theme.mono; Layout.fillWidth: true }
        }
        FormField {
            visible: dialog.kind === "hash" || dialog.kind === "zset"
            label: dialog.kind === "hash" ? qsTr("Its value") : qsTr("Its score")
            TextEntry { id: secondEntry; label: qsTr("Second"); font.family: Theme.mono; Layout.fillWidth: true }
        }
    }
}
