pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What a file of connections holds, and which of them come in under which name.
SideSheet {
    id: sheet

    readonly property ConnectionExchange exchange: Studio.exchange

    objectName: "importSheet"
    iconName: "plug"
    title: qsTr("Import connections")
    subtitle: exchange.fileName
    breadth: 560
    onClosed: exchange.clear()

    function show(file: url): void {
        exchange.read(file);
        open();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        Loading { running: sheet.exchange.busy; Layout.fillWidth: true }
        Notice {
            visible: sheet.exchange.error.present
            Layout.fillWidth: true
            Layout.margins: 16
            text: sheet.exchange.error.message
            code: sheet.exchange.error.code
        }
        Txt {
            visible: list.count > 0
            Layout.fillWidth: true
            Layout.margins: 24
            Layout.bottomMargin: 8
            text: qsTr("Passwords never come along: give them here afterwards.")
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
        ListView {
            id: list
            objectName: "importList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: sheet.exchange.list
            spacing: 10
            bottomMargin: 16
            ScrollBar.vertical: Bar { }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Connections of the file")
            delegate: ColumnLayout {
                id: entry
                required property int index
                required property string name
                required property string original
                required property string address
                required property string engine
                required property string environment
                required property string tls
                required property string ssh
                required property bool lacksSecret
                required property bool isHere
                required property bool taken
                required property string problem
                required property string fault
                readonly property string title: original !== "" ? original : qsTr("Connection %1 of the file").arg(index + 1)
                x: 24
                width: ListView.view.width - 48
                spacing: 6
                Accessible.role: Accessible.ListItem
                Accessible.name: Studio.spoken([entry.title, entry.address, entry.environment, entry.taken ? qsTr("is imported") : qsTr("is left out"), entry.taken ? entry.problem : entry.fault])
                Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border; visible: entry.index > 0; Layout.bottomMargin: 4 }
                RowLayout {
                    spacing: 10
                    Check {
                        objectName: "take-" + entry.original
                        text: entry.title
                        enabled: entry.fault === ""
                        font.weight: Font.Medium
                        checked: entry.taken
                        onToggled: sheet.exchange.take(entry.index, checked)
                        Layout.fillWidth: true
                    }
                    Badge { visible: entry.isHere; text: qsTr("here already"); tone: "warning"; Accessible.ignored: true }
                    Badge { visible: entry.fault !== ""; text: qsTr("not valid"); tone: "danger"; Accessible.ignored: true }
                    Badge { visible: !entry.isHere && entry.fault === ""; text: qsTr("new"); tone: "success"; Accessible.ignored: true }
                    EnvironmentBadge { visible: entry.fault === ""; environment: entry.environment }
                }
                Txt {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.scaled(16) + 8
                    objectName: "about-" + entry.original
                    isData: true
                    wrapMode: Text.Wrap
                    text: entry.fault !== "" ? entry.fault : entry.engine + " · " + entry.address + (entry.tls === "unverified" ? " · " + qsTr("TLS without verification") : "") + (entry.ssh !== "" ? " · ssh " + entry.ssh : "") + (entry.lacksSecret ? " · " + qsTr("needs its password here") : "")
                    color: entry.fault !== "" ? Theme.danger : Theme.muted
                    font.pixelSize: Theme.tiny
                    Accessible.ignored: true
                }
                FormField {
                    visible: entry.taken && (entry.isHere || entry.problem !== "" || entry.name !== entry.original)
                    Layout.leftMargin: Theme.scaled(16) + 8
                    label: qsTr("Import it as")
                    error: entry.taken ? entry.problem : ""
                    TextEntry {
                        objectName: "importAs-" + entry.original
                        label: qsTr("Name of %1 here").arg(entry.original)
                        text: entry.name
                        invalid: entry.problem !== ""
                        Layout.fillWidth: true
                        onTextEdited: sheet.exchange.rename(entry.index, text)
                    }
                }
            }
            EmptyState {
                anchors.fill: parent
                visible: list.count === 0 && !sheet.exchange.busy
                iconName: sheet.exchange.error.present ? "warning" : "connections"
                tone: sheet.exchange.error.present ? "danger" : ""
                title: sheet.exchange.error.present ? qsTr("Nothing was imported") : qsTr("No connections in this file")
                detail: qsTr("A file that Export or `cachify connections export` wrote is needed.")
            }
        }
    }
    footer: [
        Txt { text: qsTr("%n of them chosen", "", sheet.exchange.chosen); color: Theme.muted; font.pixelSize: Theme.small; Layout.fillWidth: true },
        AppButton { text: qsTr("Cancel"); onClicked: sheet.close() },
        AppButton { objectName: "importChosen"; kind: "primary"; text: qsTr("Import"); enabled: sheet.exchange.ready; onClicked: sheet.exchange.import() }
    ]
    Connections {
        target: sheet.exchange
        function onImported(): void { sheet.close(); }
    }
}
