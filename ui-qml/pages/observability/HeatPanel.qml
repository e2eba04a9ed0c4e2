pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Where errors are: connection by time, or by environment. A place leads to its events.
Card {
    id: panel

    required property Observatory observatory
    property string by: "time"
    signal placeChosen(connection: string, environment: string, fromMs: double, toMs: double)

    readonly property int nameWidth: Theme.scaled(248)
    readonly property bool byTime: by === "time"
    readonly property int rows: byTime ? observatory.heat.count : observatory.environments.count

    implicitHeight: Theme.scaled(84) + Math.min(5, Math.max(2, rows)) * (Theme.scaled(26) + 4)

    RowLayout {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 10; leftMargin: 16; rightMargin: 12 }
        spacing: 16
        Txt { text: qsTr("Errors"); font.weight: Font.DemiBold; font.pixelSize: Theme.small }
        Txt {
            text: panel.observatory.heatTruncated && panel.byTime ? qsTr("Not all connections are shown: choose one, or a shorter period.") : qsTr("The number in a place is how many failed; – was blocked.")
            color: panel.observatory.heatTruncated && panel.byTime ? Theme.warning : Theme.muted
            font.pixelSize: Theme.tiny
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
        Segments {
            objectName: "heatBy"
            label: qsTr("Errors by")
            options: [{ value: "time", text: qsTr("By time") }, { value: "environment", text: qsTr("By environment") }]
            value: panel.by
            onChosen: value => panel.by = value
        }
    }
    Row {
        id: labels
        anchors { left: parent.left; right: parent.right; top: head.bottom; leftMargin: 16 + panel.nameWidth; rightMargin: 16; topMargin: 4 }
        height: Theme.scaled(18)
        Repeater {
            model: panel.byTime ? panel.observatory.heatLabels : [qsTr("Production"), qsTr("Staging"), qsTr("Development")]
            Item {
                id: slot
                required property string modelData
                required property int index
                readonly property int total: panel.byTime ? panel.observatory.heatLabels.length : 3
                readonly property int every: Math.max(1, Math.ceil(Theme.scaled(104) / Math.max(1, width)))
                width: labels.width / Math.max(1, total)
                height: labels.height
                Txt { visible: slot.index % slot.every === 0 && slot.x + width <= labels.width; text: slot.modelData; color: Theme.muted; font.pixelSize: Theme.tiny; Accessible.ignored: true }
            }
        }
    }
    component Cells: Row {
        id: cells
        required property var places
        required property string who
        signal chosen(place: var)
        Repeater {
            model: cells.places
            Item {
                id: spot
                required property var modelData
                width: cells.width / Math.max(1, cells.places.length)
                height: cells.height
                HeatCell { anchors.fill: parent; anchors.margins: 1; place: spot.modelData; who: cells.who; onClicked: cells.chosen(spot.modelData) }
            }
        }
    }
    ListView {
        id: list
        objectName: "heatList"
        anchors { left: parent.left; right: parent.right; top: labels.bottom; bottom: parent.bottom; leftMargin: 16; rightMargin: 16; bottomMargin: 12 }
        clip: true
        spacing: 4
        boundsBehavior: Flickable.StopAtBounds
        model: panel.byTime ? panel.observatory.heat : panel.observatory.environments
        Accessible.role: Accessible.Table
        Accessible.name: panel.byTime ? qsTr("Errors, connection by time") : qsTr("Errors, connection by environment")
        ScrollBar.vertical: Bar { policy: list.contentHeight > list.height ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff }
        delegate: RowLayout {
            id: row
            required property var model
            width: ListView.view.width
            height: Theme.scaled(26)
            spacing: 0
            Accessible.role: Accessible.Row
            Accessible.name: model.name
            Txt { text: row.model.name; isData: true; Accessible.ignored: true; font.pixelSize: Theme.small; Layout.preferredWidth: panel.nameWidth - Theme.scaled(92) - 4; Layout.rightMargin: 4 }
            Item {
                Layout.preferredWidth: Theme.scaled(92)
                implicitHeight: Theme.scaled(20)
                EnvironmentBadge { visible: panel.byTime; environment: row.model.environment ?? "" }
            }
            Cells {
                places: row.model.cells
                who: row.model.name
                Layout.fillWidth: true
                Layout.fillHeight: true
                onChosen: place => panel.placeChosen(row.model.connectionId, panel.byTime ? row.model.environment : place["environment"], place["fromMs"] ?? 0, place["toMs"] ?? 0)
            }
        }
    }
    Txt {
        visible: panel.rows === 0
        anchors.centerIn: list
        text: qsTr("No connection was used in this period.")
        color: Theme.muted
        font.pixelSize: Theme.small
    }
}
