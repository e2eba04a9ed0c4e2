pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// The open key: what it is, its value, and what may be done to it.
Rectangle {
    id: panel

    required property Guard guard
    required property bool masked
    readonly property OpenKeys openKeys: Studio.workspace.openKeys
    readonly property KeyDocument document: Studio.workspace.document
    readonly property bool writable: Studio.workspace.writable
    property bool editing: false
    property alias ttlDialog: ttlDialog
    property alias elementDialog: elements.dialog
    property bool editingWanted: false // once all of it is here
    readonly property bool fromFile: document.fileName !== ""
    readonly property bool reading: !editing && !fromFile
    // Where both versions take the room of the draft.
    readonly property bool choosing: document.inConflict && cramped
    readonly property bool cramped: height < Theme.scaled(560)
    signal historyWanted()

    color: Theme.surface

    function save(force: bool): void {
        if (!document.saving && (document.dirty || force))
            guard.ask(qsTr("Overwrite this value?"), document.name, qsTr("Save"), false, confirmation => document.save(saveBar.keepTtl, force, confirmation));
    }
    function follow(): void {
        if (!document.loading && editingWanted) {
            editing = document.editable;
            editingWanted = false;
        } else if (!document.editable)
            editing = false;
    }
    function toggleEditing(): void {
        editingWanted = !editing && !document.editable;
        if (editingWanted)
            document.loadAll();
        else
            editing = !editing;
    }
    function valueFiles(): ValueFiles {
        files.active = true;
        return files.item as ValueFiles;
    }
    function changeElement(row: int): void { elements.edit(row); }
    function close(tab: int): void {
        guard.askToDiscard(openKeys.unsavedIn(tab), "", () => openKeys.close(tab));
    }
    function remove(): void {
        guard.askToDiscard(openKeys.unsavedIn(openKeys.current), "", () => guard.ask(qsTr("Delete this key?"), document.name, qsTr("Delete"), true, confirmation => document.remove(confirmation)));
    }
    function readAgain(): void {
        guard.askToDiscard(openKeys.unsavedIn(openKeys.current), "", () => document.reload());
    }

    Connections {
        target: panel.document
        function onChanged(): void { panel.follow(); }
    }
    onDocumentChanged: {
        editingWanted = false;
        editing = document.dirty && document.editable;
    }

    EmptyState {
        anchors.fill: parent
        visible: !panel.document.isOpen
        iconName: "key"
        title: qsTr("Choose a key")
        detail: qsTr("Its value, TTL and history show here. The arrow keys go through the list.")
    }

    ColumnLayout {
        anchors.fill: parent
        visible: panel.document.isOpen
        spacing: 0

        KeyTabs { Layout.fillWidth: true; onCloseWanted: tab => panel.close(tab) }
        ColumnLayout {
            Layout.margins: 20
            Layout.bottomMargin: 14
            spacing: 10
            RowLayout {
                spacing: 8
                TextEdit {
                    objectName: "documentName"
                    text: panel.document.name
                    textFormat: TextEdit.PlainText
                    readOnly: true
                    selectByMouse: true
                    color: Theme.text
                    font.family: Theme.mono
                    font.pixelSize: Theme.title
                    font.weight: Font.DemiBold
                    wrapMode: TextEdit.WrapAnywhere
                    Layout.fillWidth: true
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                AppButton {
                    id: copyButton
                    objectName: "copyValue"
                    kind: "quiet"
                    iconName: "copy"
                    hint: qsTr("Copy the value")
                    enabled: panel.document.exists
                    onClicked: copyMenu.popup(copyButton, 0, copyButton.height)
                    CopyMenu { id: copyMenu; document: panel.document; onFileWanted: panel.valueFiles().chooseTarget(panel.document) }
                }
                AppButton { kind: "quiet"; iconName: "refresh"; objectName: "readAgain"; hint: qsTr("Read again"); enabled: !panel.document.saving; onClicked: panel.readAgain() }
                AppButton { objectName: "openHistory"; text: qsTr("History"); iconName: "undo"; onClicked: panel.historyWanted() }
                AppButton { objectName: "deleteKey"; kind: "quiet"; iconName: "trash"; hint: panel.writable ? qsTr("Delete the key") : qsTr("This connection is read-only"); enabled: panel.writable && panel.document.exists; onClicked: panel.remove() }
            }
            Flow {
                visible: panel.document.exists && !(panel.cramped && (!panel.reading || panel.document.inConflict))
                spacing: 8
                Layout.fillWidth: true
                component Fact: Item {
                    property alias text: badge.text
                    property alias tone: badge.tone
                    property alias iconName: badge.iconName
                    implicitWidth: Math.ceil(badge.implicitWidth)
                    implicitHeight: Theme.controlHeight
                    Badge { id: badge; text: ""; anchors.verticalCenter: parent.verticalCenter }
                }
                Fact { text: panel.document.type; tone: "info" }
                Fact {
                    text: panel.document.expires ? qsTr("TTL %1").arg(panel.document.ttl) : panel.document.ttl
                    iconName: "clock"
                    tone: panel.document.expires ? "warning" : ""
                }
                Fact { text: panel.document.size }
                Fact { visible: panel.document.encoding !== ""; text: panel.document.encoding }
                AppButton { kind: "quiet"; iconName: "clock"; text: qsTr("Set TTL"); enabled: panel.writable; onClicked: ttlDialog.open() }
            }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        Loading { running: panel.document.loading || panel.document.saving || panel.document.transferring; objectName: "valueLoading"; Layout.fillWidth: true }

        EmptyState {
            visible: panel.document.error.present
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "warning"
            tone: "danger"
            title: qsTr("The value could not be read")
            detail: panel.document.error.code + " · " + panel.document.error.message
            AppButton { text: qsTr("Try again"); kind: "primary"; onClicked: panel.readAgain() }
        }
        EmptyState {
            visible: !panel.document.exists && !panel.document.loading && !panel.document.error.present
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "key"
            title: qsTr("This key is not there any more")
            detail: qsTr("It was deleted, renamed, or has expired. Its history may bring it back.")
            AppButton { text: qsTr("Open history"); kind: "primary"; iconName: "undo"; onClicked: panel.historyWanted() }
        }

        ColumnLayout {
            visible: panel.document.exists && panel.document.type === "string"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: 20
            Layout.topMargin: 12
            Layout.bottomMargin: 12
            spacing: 10
            GridLayout {
                id: views
                readonly property real needed: choice.implicitWidth + chain.implicitWidth + edit.implicitWidth + fileButton.implicitWidth + 30
                visible: !panel.document.inConflict
                columns: needed <= width ? 2 : 1
                columnSpacing: 10
                rowSpacing: 10
                Layout.fillWidth: true
                Segments {
                    id: choice
                    visible: panel.reading
                    label: qsTr("View")
                    options: [{ value: "auto", text: qsTr("Auto") }, { value: "raw", text: qsTr("Text") }, { value: "json", text: "JSON" }, { value: "hex", text: qsTr("Hex") }, { value: "msgpack", text: "MessagePack" }]
                    value: panel.document.view
                    onChosen: value => panel.document.view = value
                }
                RowLayout {
                    Layout.fillWidth: true
                    spacing: 10
                    Txt {
                        id: chain
                        visible: !panel.editing
                        text: panel.document.chain
                        isData: true
                        color: Theme.muted
                        font.pixelSize: Theme.tiny
                        Layout.fillWidth: true
                    }
                    Item { visible: panel.editing; Layout.fillWidth: true }
                    AppButton {
                        id: edit
                        objectName: "editValue"
                        text: panel.editing ? qsTr("View") : qsTr("Edit")
                        iconName: panel.editing ? "eye" : "edit"
                        enabled: (panel.document.editable || panel.document.canLoadAll) && panel.writable && !panel.document.loading && !panel.fromFile
                        hint: panel.document.editable || panel.document.canLoadAll ? "" : panel.document.hasMore ? qsTr("Too large to be edited here: replace it by a file") : qsTr("Not plain text: replace it by a file")
                        onClicked: panel.toggleEditing()
                    }
                    AppButton {
                        id: fileButton
                        objectName: "valueFromFile"
                        iconName: "import"
                        hint: qsTr("Replace the value by a file")
                        enabled: panel.writable && !panel.document.saving
                        onClicked: panel.valueFiles().chooseSource(panel.document)
                    }
                }
            }
            Notice {
                visible: panel.document.stopped !== "" && panel.reading
                Layout.fillWidth: true
                tone: "warning"
                text: panel.document.stopped
            }
            ValueLines {
                visible: panel.reading && !panel.masked && panel.document.isLarge
                Layout.fillWidth: true
                Layout.fillHeight: true
                document: panel.document
            }
            TextBlock {
                objectName: "valueText"
                visible: panel.reading && !panel.masked && !panel.document.isLarge
                Layout.fillWidth: true
                Layout.fillHeight: true
                label: qsTr("Value")
                readOnly: true
                wraps: !panel.document.chain.endsWith("binary") && panel.document.view !== "hex"
                text: panel.document.isLarge ? "" : panel.document.text
                color: Theme.background
            }
            EmptyState {
                visible: panel.masked && panel.reading
                Layout.fillWidth: true
                Layout.fillHeight: true
                iconName: "eyeOff"
                title: qsTr("Values are masked")
                detail: qsTr("The eye in the top bar shows them again.")
            }
            ValueEditor {
                visible: panel.editing && !panel.fromFile && !panel.choosing
                Layout.fillWidth: true
                Layout.fillHeight: true
                document: panel.document
                editing: panel.editing
            }
            EmptyState {
                objectName: "fileTakesItsPlace"
                visible: panel.fromFile && !panel.choosing
                Layout.fillWidth: true
                Layout.fillHeight: true
                iconName: "import"
                title: panel.document.fileName
                detail: qsTr("What is in this file takes the value's place when you save, byte for byte.")
            }
            ConflictView {
                visible: panel.document.inConflict
                Layout.fillWidth: true
                Layout.fillHeight: panel.choosing
                document: panel.document
                masked: panel.masked
                onOverwriteWanted: panel.save(true)
            }
            Flow {
                visible: panel.document.hasMore && !panel.fromFile
                Layout.fillWidth: true
                spacing: 10
                AppButton { text: qsTr("Load more"); enabled: !panel.document.loading; onClicked: panel.document.loadMore() }
                AppButton { objectName: "loadAll"; visible: panel.document.canLoadAll; text: qsTr("Load all, %1").arg(panel.document.size); enabled: !panel.document.loading; onClicked: panel.document.loadAll() }
            }
        }
        ElementsView {
            id: elements
            visible: panel.document.exists && panel.document.type !== "string"
            Layout.fillWidth: true
            Layout.fillHeight: true
            guard: panel.guard
            masked: panel.masked
            document: panel.document
            writable: panel.writable
        }
        SaveBar {
            id: saveBar
            visible: panel.document.dirty && !panel.reading && !panel.document.inConflict
            Layout.fillWidth: true
            document: panel.document
            onSaveWanted: panel.save(false)
        }
    }

    // Only when somebody asks: file dialogs cost time and memory.
    Loader {
        id: files
        active: false
        source: "ValueFiles.qml"
    }
    Ask {
        id: ttlDialog
        title: qsTr("Time to live")
        text: panel.document.expires ? qsTr("Now %1. Leave it empty to keep the key for ever.").arg(panel.document.ttl) : qsTr("The key does not expire now. Leave it empty to keep it so.")
        accept: qsTr("Set TTL")
        onAccepted: panel.guard.ask(qsTr("Change the TTL?"), panel.document.name, qsTr("Set TTL"), false, confirmation => panel.document.setTtlSeconds(ttlEntry.text, confirmation))
        field: TextEntry { id: ttlEntry; objectName: "ttlEntry"; label: qsTr("Seconds"); placeholderText: qsTr("Seconds, e.g. 3600") }
    }
}
