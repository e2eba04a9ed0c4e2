pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Every action, connection and recent key, found by a few letters.
Popup {
    id: palette

    required property Actions actions
    property string scope: ""
    signal connectionChosen(id: string)
    signal keyChosen(connection: string, key: string)

    readonly property int keysAtOnce: 5 // while nothing is typed: the newest, above all else

    parent: Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: 96
    width: Theme.scaled(600)
    height: Math.min(Theme.scaled(420), parent ? parent.height - y - 24 : 0)
    padding: 0
    modal: true
    focus: true
    Overlay.modal: Rectangle { color: Theme.scrim }
    onAboutToShow: {
        contentItem.parent.Accessible.name = entry.placeholderText;
        entry.text = "";
        list.currentIndex = 0;
        entry.forceActiveFocus();
    }
    background: Rectangle { color: Theme.surface; radius: Theme.radius + 2; border.width: 1; border.color: Theme.border }

    function entries(words: string): var {
        const found = [];
        for (const one of Studio.connections.choices)
            found.push({ kind: "connection", text: one.text, group: qsTr("Connection"), icon: "connections", keys: "", id: one.value });
        const acts = scope === "" ? actions.listed().filter(one => one.enabled) : [];
        const keys = scope === "" ? recentKeys() : [];
        if (words === "")
            return keys.slice(0, keysAtOnce).concat(found, acts);
        const wanted = words.toLowerCase();
        return found.concat(acts, keys).filter(one => one.text.toLowerCase().includes(wanted));
    }
    function recentKeys(): var {
        const found = [];
        for (const one of Studio.recentKeys.list()) {
            if (!one.inSight || actions.shell.page !== "workspace")
                found.push({ kind: "key", text: one.text, group: one.connection, icon: "key", keys: "", id: one.connectionId, key: one.key });
        }
        return found;
    }

    function run(one: var): void {
        close();
        if (one.kind === "key")
            keyChosen(one.id, one.key);
        else if (one.kind === "connection")
            connectionChosen(one.id);
        else
            actions.all[one.at].trigger();
    }

    contentItem: ColumnLayout {
        spacing: 0
        TextField {
            id: entry
            objectName: "paletteEntry"
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.scaled(48)
            leftPadding: Theme.scaled(18) + 26
            font.pixelSize: Theme.title
            color: Theme.text
            placeholderText: palette.scope === "connection" ? qsTr("Switch to a connection") : qsTr("Type a command, a connection or a key")
            placeholderTextColor: Theme.muted
            background: Item {
                Icon { name: "search"; x: 16; anchors.verticalCenter: parent.verticalCenter }
                Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
            }
            Accessible.name: placeholderText
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            onAccepted: if (list.currentIndex >= 0 && list.count > 0) palette.run(list.model[list.currentIndex])
        }
        ListView {
            id: list
            objectName: "paletteList"
            cacheBuffer: 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: 6
            clip: true
            model: palette.opened || palette.visible ? palette.entries(entry.text) : []
            onModelChanged: currentIndex = 0
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: entry.placeholderText
            delegate: ItemDelegate {
                id: row
                required property var modelData
                required property int index
                readonly property bool isKey: modelData.kind === "key"
                width: ListView.view.width
                height: Theme.scaled(36)
                highlighted: ListView.isCurrentItem
                Accessible.role: Accessible.ListItem
                Accessible.name: row.modelData.text
                Accessible.description: row.modelData.group
                onClicked: palette.run(row.modelData)
                background: Rectangle { radius: Theme.radius; color: row.highlighted ? Theme.accentTint : row.hovered ? Theme.hover : "transparent" }
                contentItem: RowLayout {
                    spacing: 10
                    Icon { name: row.modelData.icon; size: 16; color: row.highlighted ? Theme.accent : Theme.muted }
                    Txt {
                        text: row.modelData.text
                        isData: row.modelData.kind !== "action"
                        elide: row.isKey ? Text.ElideMiddle : Text.ElideRight
                        font.family: row.isKey ? Theme.mono : Theme.sans
                        font.pixelSize: Theme.small
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    Txt { text: row.modelData.group; isData: row.isKey; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.maximumWidth: row.isKey ? Theme.scaled(200) : -1; Accessible.ignored: true }
                    Badge { visible: row.modelData.keys !== ""; text: row.modelData.keys }
                }
            }
            Txt {
                visible: list.count === 0
                anchors.centerIn: parent
                text: qsTr("Nothing matches")
                color: Theme.muted
            }
        }
    }
}
