pragma ComponentBehavior: Bound

import QtQuick
import Cachify.Bridge

// Everything that can be done, declared once: shortcuts, the palette, buttons and the shortcut sheet share it.
QtObject {
    id: actions

    required property var shell // Main; naming its type would be a cycle
    readonly property bool working: Studio.workspace.active
    readonly property bool keyOpen: Studio.workspace.document.isOpen
    readonly property bool keyInSight: keyOpen && shell.page === "workspace"

    readonly property list<Act> all: [
        Act { name: "connections"; text: qsTr("Connections"); group: qsTr("Go to"); iconName: "connections"; shortcut: "Ctrl+1"; onTriggered: actions.shell.go("connections") },
        Act { name: "workspace"; text: qsTr("Workspace"); group: qsTr("Go to"); iconName: "workspace"; shortcut: "Ctrl+2"; onTriggered: actions.shell.go("workspace") },
        Act { name: "workflows"; text: qsTr("Workflows"); group: qsTr("Go to"); iconName: "workflows"; shortcut: "Ctrl+3"; onTriggered: actions.shell.go("workflows") },
        Act { name: "observability"; text: qsTr("Observability"); group: qsTr("Go to"); iconName: "observability"; shortcut: "Ctrl+4"; onTriggered: actions.shell.go("observability") },
        Act { name: "alerts"; text: qsTr("Alerts"); group: qsTr("Go to"); iconName: "alerts"; shortcut: "Ctrl+5"; onTriggered: actions.shell.go("alerts") },
        Act { name: "audit"; text: qsTr("Audit"); group: qsTr("Go to"); iconName: "audit"; shortcut: "Ctrl+6"; onTriggered: actions.shell.go("audit") },
        Act { name: "settings"; text: qsTr("Settings"); group: qsTr("Go to"); iconName: "settings"; shortcut: "Ctrl+7"; onTriggered: actions.shell.go("settings") },
        Act { name: "palette"; text: qsTr("Command palette"); iconName: "command"; shortcut: "Ctrl+K"; onTriggered: actions.shell.openPalette("") },
        Act { name: "switch"; text: qsTr("Switch connection"); iconName: "connections"; shortcut: "Ctrl+P"; onTriggered: actions.shell.openPalette("connection") },
        Act { name: "shortcuts"; text: qsTr("Keyboard shortcuts"); iconName: "list"; shortcut: "Ctrl+/"; onTriggered: actions.shell.openShortcuts() },
        Act { name: "preferences"; text: qsTr("Open settings"); iconName: "settings"; shortcut: "Ctrl+,"; onTriggered: actions.shell.go("settings") },
        Act { name: "theme"; text: qsTr("Switch between light and dark"); iconName: "eye"; onTriggered: actions.shell.toggleTheme() },
        Act { name: "mask"; text: qsTr("Mask values"); iconName: "eyeOff"; onTriggered: actions.shell.masked = !actions.shell.masked },
        Act { name: "sandbox"; text: qsTr("Start the sandbox"); iconName: "flask"; enabled: !Studio.sandboxRunning; onTriggered: Studio.startSandbox() },
        Act { name: "readAlerts"; text: qsTr("Mark all alerts as read"); iconName: "check"; enabled: Studio.alerts.unread > 0; onTriggered: Studio.alerts.markAllRead() },
        Act { name: "newConnection"; text: qsTr("New connection"); iconName: "plus"; shortcut: "Ctrl+Shift+N"; onTriggered: actions.shell.newConnection() },
        Act { name: "importConnections"; text: qsTr("Import connections…"); iconName: "import"; onTriggered: actions.shell.importConnections() },
        Act { name: "exportConnections"; text: qsTr("Export connections…"); iconName: "export"; enabled: Studio.connections.total > 0; onTriggered: actions.shell.exportConnections() },
        Act { name: "refresh"; text: qsTr("Refresh"); group: qsTr("Workspace"); iconName: "refresh"; shortcut: "F5"; also: "Ctrl+R"; onTriggered: actions.shell.refresh() },
        Act { name: "find"; text: qsTr("Search keys"); group: qsTr("Workspace"); iconName: "search"; shortcut: "Ctrl+F"; onTriggered: actions.shell.find() },
        Act { name: "newKey"; text: qsTr("New key"); group: qsTr("Workspace"); iconName: "plus"; shortcut: "Ctrl+N"; enabled: actions.working && Studio.workspace.writable; onTriggered: actions.shell.newKey() },
        Act { name: "save"; text: qsTr("Save the value"); group: qsTr("Workspace"); iconName: "check"; shortcut: "Ctrl+S"; enabled: Studio.workspace.document.dirty; onTriggered: actions.shell.save() },
        Act { name: "history"; text: qsTr("Roll back this key"); group: qsTr("Workspace"); iconName: "undo"; shortcut: "Ctrl+Z"; enabled: actions.keyOpen; onTriggered: actions.shell.openHistory() },
        Act { name: "nextKey"; text: qsTr("Next open key"); group: qsTr("Workspace"); iconName: "right"; shortcut: "Ctrl+Tab"; enabled: actions.keyOpen; onTriggered: Studio.workspace.openKeys.next(1) },
        Act { name: "pinKey"; text: qsTr("Keep this key open"); group: qsTr("Workspace"); iconName: "star"; shortcut: "Ctrl+D"; enabled: actions.keyOpen; onTriggered: Studio.workspace.openKeys.pin() },
        Act { name: "tree"; text: qsTr("Keys as a list or in folders"); group: qsTr("Workspace"); iconName: "tree"; shortcut: "Ctrl+T"; enabled: actions.working; onTriggered: Studio.workspace.tree.active = !Studio.workspace.tree.active },
        Act { name: "closeKey"; text: qsTr("Close the key"); group: qsTr("Workspace"); iconName: "close"; shortcut: "Ctrl+W"; enabled: actions.keyInSight; onTriggered: actions.shell.closeKey() },
        Act { name: "clearClipboard"; text: qsTr("Clear the clipboard"); iconName: "trash"; onTriggered: Studio.copy("") }
    ]

    // As plain values, for views.
    function listed(): var {
        const found = [];
        for (let i = 0; i < all.length; ++i) {
            const act = all[i];
            found.push({ kind: "action", text: act.text, group: act.group, icon: act.iconName, keys: [act.shortcut, act.also].filter(keys => keys).map(notation).join(", "), enabled: act.enabled, at: i });
        }
        return found;
    }

    // With the names of the keys in the app's language.
    function notation(shortcut: string): string { return shortcut.replace("Ctrl", qsTr("Ctrl")).replace("Shift", qsTr("Shift")); }

    function named(name: string): Act {
        for (let i = 0; i < all.length; ++i) {
            if (all[i].name === name)
                return all[i];
        }
        return null;
    }
}
