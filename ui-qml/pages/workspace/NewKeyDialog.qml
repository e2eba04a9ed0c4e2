import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

Ask {
    id: dialog

    property string kind: "string"
    property string error: ""
    property string errorCode: ""
    readonly property bool redis: Studio.workspace.engine === "redis"

    title: qsTr("New key")
    text: qsTr("An existing key is never overwritten.")
    accept: qsTr("Create")
    staysOpen: true
    blocked: Studio.workspace.creating
    onAccepted: Studio.workspace.create(nameEntry.text, kind, firstEntry.text, secondEntry.text)
    onOpened: {
        error = "";
        kind = "string";
        nameEntry.text = "";
        firstEntry.text = "";
        secondEntry.text = "";
        nameEntry.forceActiveFocus();
    }
    // What was typed stays until the key is there.
    readonly property Connections outcome: Connections {
        target: Studio.workspace
        function onCreated(): void { dialog.close(); }
        function onNotCreated(error: studioError): void {
            dialog.error = error.message;
            dialog.errorCode = error.code;
            if (!dialog.opened)
                Studio.failed(error);
        }
    }
    field: ColumnLayout {
        spacing: 12
        Notice { objectName: "newKeyError"; visible: dialog.error !== ""; Layout.fillWidth: true; text: dialog.error; code: dialog.errorCode }
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
