pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// Many keys at once: a fresh dry run shows which, then just these go. The engine wants the same.
Ask {
    id: dialog

    readonly property BulkRun bulk: Studio.workspace.bulk
    readonly property string environment: Studio.workspace.environment
    readonly property int count: bulk.planTotal
    property bool going: false
    readonly property int rows: parent ? Math.max(2, Math.min(6, Math.floor((parent.height - Theme.scaled(260) - 48) / Theme.rowHeight))) : 6

    title: blocked ? qsTr("Looking at the selected keys") : qsTr("Delete %1 key(s)?", "", bulk.planTotal).arg(bulk.planCount)
    text: qsTr("On %1, %2. Only these, as they are now: a key that somebody changes before it is deleted is left alone.").arg(Studio.workspace.name).arg(Studio.workspace.address)
    accept: qsTr("Delete %1 key(s)", "", bulk.planTotal).arg(bulk.planCount)
    undoText: qsTr("Each key is kept first, so all of it can be rolled back.")
    breadth: 600
    dangerous: true
    prod: environment === "prod"
    typed: prod ? Studio.workspace.name : ""
    blocked: bulk.planId === "" || bulk.running || count === 0

    function begin(): void {
        going = false;
        Studio.workspace.planDeletion();
        open();
    }

    onAccepted: {
        going = true;
        bulk.run(typed);
    }
    onClosed: {
        if (!going && bulk.running)
            bulk.cancel();
    }

    field: ColumnLayout {
        spacing: 8
        Loading { running: dialog.bulk.running; Layout.fillWidth: true }
        Txt { visible: dialog.bulk.running; text: dialog.bulk.progressText; color: Theme.muted; font.pixelSize: Theme.tiny }
        Notice { visible: dialog.bulk.error.present; Layout.fillWidth: true; text: dialog.bulk.error.message; code: dialog.bulk.error.code }
        Notice { visible: dialog.bulk.planId !== "" && dialog.count === 0; Layout.fillWidth: true; tone: "info"; text: qsTr("None of the selected keys is there any more.") }
        Card {
            visible: dialog.bulk.plan.steps.count > 0
            Layout.fillWidth: true
            implicitHeight: Math.min(list.contentHeight, dialog.rows * Theme.rowHeight) + 2
            PlanList { id: list; objectName: "doomedKeys"; anchors.fill: parent; anchors.margins: 1; plan: dialog.bulk.plan }
        }
    }
}
