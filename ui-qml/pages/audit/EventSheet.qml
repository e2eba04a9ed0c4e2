import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// One event of the log in full: the one the audit inspects.
SideSheet {
    id: sheet

    readonly property AuditLog audit: Studio.audit

    function fact(name: string): string { return audit.inspected[name] ?? ""; }
    // By position or id.
    function show(event: string): void {
        audit.inspect(event);
        open();
    }

    objectName: "eventSheet"
    title: fact("type")
    subtitle: qsTr("Position %1").arg(fact("position"))
    breadth: 560

    ColumnLayout {
        objectName: "eventSheetBody"
        anchors.fill: parent
        anchors.margins: 24
        spacing: 10
        SheetLine { name: qsTr("Time"); value: sheet.fact("time"); Layout.fillWidth: true }
        SheetLine { name: qsTr("Who"); value: sheet.fact("actor"); Layout.fillWidth: true }
        SheetLine { name: qsTr("Source"); value: sheet.fact("source"); Layout.fillWidth: true }
        SheetLine { name: qsTr("Event id"); value: sheet.fact("id"); mono: true; Layout.fillWidth: true }
        SheetLine { name: qsTr("Correlation"); value: sheet.fact("correlation"); mono: true; Layout.fillWidth: true }
        SheetLine { visible: sheet.fact("causation") !== ""; name: qsTr("Caused by"); value: sheet.fact("causation"); mono: true; Layout.fillWidth: true }
        Txt { text: qsTr("Payload"); color: Theme.muted; font.pixelSize: Theme.small; Layout.topMargin: 6 }
        TextBlock { readOnly: true; label: qsTr("Payload"); text: sheet.fact("payload"); Layout.fillWidth: true; Layout.fillHeight: true }
    }
}
