pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What lies on the search path, and whether it may be used.
ColumnLayout {
    id: view

    readonly property PluginsDesk desk: Studio.plugins
    signal chosen(row: int)

    function statusText(status: string): string {
        switch (status) {
        case "bundled": return qsTr("bundled");
        case "trusted": return qsTr("trusted");
        case "untrusted": return qsTr("not trusted");
        case "changed": return qsTr("changed since it was trusted");
        case "revoked": return qsTr("revoked");
        case "quarantined": return qsTr("in quarantine");
        }
        return qsTr("refused");
    }
    function statusTone(status: string, usable: bool): string { return usable ? "success" : status === "refused" ? "danger" : "warning"; }
    function originText(origin: string): string {
        switch (origin) {
        case "bundled": return qsTr("came with the program");
        case "system": return qsTr("installed for everybody");
        case "environment": return qsTr("from CACHIFY_PLUGIN_PATH");
        case "named": return qsTr("named by hand");
        }
        return qsTr("your own");
    }
    function faultsText(count: int): string { return count > 0 ? qsTr("%n fault(s) in a row", "", count) : ""; }
    function kindText(kind: string): string { return kind === "workflow" ? qsTr("workflow kind") : kind === "alertPublisher" ? qsTr("alert publisher") : kind; }

    spacing: 14

    Notice { visible: view.desk.error.present; Layout.fillWidth: true; text: view.desk.error.message; code: view.desk.error.code; AppButton { text: qsTr("Try again"); onClicked: view.desk.load() } }
    Loading { running: !view.desk.loaded && !view.desk.error.present; Layout.fillWidth: true }
    Txt { visible: view.desk.loaded && view.desk.list.count === 0; text: qsTr("None found."); color: Theme.muted; font.pixelSize: Theme.small }
    Repeater {
        model: view.desk.list
        RowLayout {
            id: plugin
            required property int index
            required property string pluginId
            required property string name
            required property string version
            required property string kind
            required property string status
            required property bool usable
            required property string refusal
            required property string description
            required property int faults
            readonly property string trouble: refusal !== "" ? refusal : view.faultsText(faults)
            Layout.fillWidth: true
            spacing: 12
            Accessible.role: Accessible.ListItem
            Accessible.name: Studio.spoken([plugin.name, plugin.version, view.kindText(plugin.kind), view.statusText(plugin.status), plugin.trouble])
            Icon { name: "plug"; Layout.alignment: Qt.AlignTop; Layout.topMargin: 2 }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true
                RowLayout {
                    spacing: 8
                    Txt { text: plugin.name; isData: true; font.weight: Font.Medium; font.pixelSize: Theme.small; Accessible.ignored: true }
                    Txt { text: plugin.version; color: Theme.muted; font.pixelSize: Theme.tiny; Accessible.ignored: true }
                }
                Txt { text: plugin.trouble !== "" ? plugin.trouble : plugin.description; color: plugin.trouble !== "" ? Theme.danger : Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; Layout.fillWidth: true; Accessible.ignored: true }
            }
            Badge { visible: text !== ""; text: view.kindText(plugin.kind); Accessible.ignored: true }
            Badge { text: view.statusText(plugin.status); tone: view.statusTone(plugin.status, plugin.usable); Accessible.ignored: true }
            AppButton { objectName: "plugin-" + plugin.pluginId; kind: "quiet"; text: qsTr("Details"); hint: qsTr("Details of %1").arg(plugin.name); onClicked: view.chosen(plugin.index) }
        }
    }
}
