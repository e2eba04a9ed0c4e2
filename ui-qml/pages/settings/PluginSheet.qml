import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components

// One plugin in full; trust is given and taken here.
SideSheet {
    id: sheet

    required property PluginsView view
    readonly property PluginsDesk desk: Studio.plugins
    property int row: -1
    property var plugin: ({})
    readonly property bool canTrust: plugin["canTrust"] ?? false
    readonly property bool canRevoke: plugin["canRevoke"] ?? false

    function fact(name: string): string { return plugin[name] ?? ""; }
    function show(which: int): void {
        row = which;
        plugin = desk.list.get(which);
        open();
    }
    property string seenDigest: "" // when it was asked
    function askTrust(): void {
        seenDigest = fact("digest");
        trustQuestion.open();
    }

    objectName: "pluginSheet"
    iconName: "plug"
    title: fact("name")
    subtitle: fact("description")

    Connections {
        target: sheet.desk
        function onChanged(): void { if (sheet.opened) sheet.plugin = sheet.desk.list.get(sheet.row); }
    }

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        ColumnLayout {
            x: 24
            width: scroll.availableWidth - 48
            spacing: 10
            RowLayout {
                Layout.topMargin: 20
                Layout.bottomMargin: 6
                spacing: 8
                Badge { visible: text !== ""; text: sheet.view.kindText(sheet.fact("kind")) }
                Badge { text: sheet.view.statusText(sheet.fact("status")); tone: sheet.view.statusTone(sheet.fact("status"), sheet.plugin["usable"] ?? false) }
            }
            Notice { visible: sheet.fact("refusal") !== ""; Layout.fillWidth: true; text: sheet.fact("refusal") }
            Notice {
                visible: text !== ""
                Layout.fillWidth: true
                tone: "warning"
                text: sheet.view.faultsText(sheet.plugin["faults"] ?? 0)
            }
            SheetLine { name: qsTr("Id"); value: sheet.fact("pluginId"); mono: true; Layout.fillWidth: true }
            SheetLine { name: qsTr("Version"); value: sheet.fact("version"); Layout.fillWidth: true }
            SheetLine { name: qsTr("Provides"); value: sheet.fact("provides"); Layout.fillWidth: true }
            SheetLine { name: qsTr("May use"); value: sheet.fact("capabilities") !== "" ? sheet.fact("capabilities") : qsTr("nothing but what it is given"); Layout.fillWidth: true }
            SheetLine { name: qsTr("From"); value: sheet.view.originText(sheet.fact("origin")); Layout.fillWidth: true }
            SheetLine { visible: value !== ""; name: qsTr("Vendor"); value: sheet.fact("vendor"); Layout.fillWidth: true }
            SheetLine { visible: value !== ""; name: qsTr("License"); value: sheet.fact("license"); Layout.fillWidth: true }
            SheetLine { name: qsTr("ABI"); value: sheet.fact("abi"); Layout.fillWidth: true }
            SheetLine { name: qsTr("Folder"); value: sheet.fact("folder"); mono: true; Layout.fillWidth: true }
            SheetLine { visible: value !== ""; name: qsTr("Digest"); value: sheet.fact("digest"); mono: true; Layout.fillWidth: true; Layout.bottomMargin: 20 }
        }
    }
    footer: [
        Item { Layout.fillWidth: true },
        AppButton { objectName: "revokePlugin"; visible: sheet.canRevoke; text: qsTr("Revoke…"); enabled: !sheet.desk.busy; onClicked: revokeQuestion.open() },
        AppButton { objectName: "trustPlugin"; visible: sheet.canTrust; kind: "primary"; text: qsTr("Trust…"); enabled: !sheet.desk.busy; onClicked: sheet.askTrust() }
    ]

    Ask {
        id: trustQuestion
        title: qsTr("Trust %1?").arg(sheet.fact("name"))
        text: qsTr("A plugin is native code: it can do what you can do. Trust is for just the bytes of this digest, in %1.").arg(sheet.fact("folder"))
        detail: sheet.seenDigest
        accept: qsTr("Trust")
        dangerous: true
        onAccepted: sheet.desk.trust(sheet.row, sheet.seenDigest)
    }
    Ask {
        id: revokeQuestion
        title: qsTr("Revoke %1?").arg(sheet.fact("name"))
        text: qsTr("It is used no more, whatever its version, by the app and the command line alike. It can be trusted again.")
        accept: qsTr("Revoke")
        dangerous: true
        onAccepted: sheet.desk.revoke(sheet.row)
    }
}
