pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Rows of a timeline, paged in as one scrolls; new ones come in above.
Card {
    id: panel

    required property Timeline timeline
    required property string emptyTitle
    property string emptyDetail: ""
    signal eventChosen(position: string)

    Room { id: forConnection; within: table; width: Theme.scaled(700) }
    Room { id: forSource; within: table; width: Theme.scaled(958) }
    Loading { running: panel.timeline.loading; width: parent.width; z: 1 }
    ColumnLayout {
        id: table
        anchors.fill: parent
        anchors.margins: 1
        spacing: 0
        visible: list.count > 0
        RowLayout {
            Layout.leftMargin: 16
            Layout.rightMargin: 16
            Layout.preferredHeight: Theme.scaled(34)
            spacing: 12
            component Head: Txt { color: Theme.muted; font.pixelSize: Theme.tiny; font.weight: Font.DemiBold }
            Head { text: qsTr("Time"); Layout.preferredWidth: Theme.scaled(132) }
            Head { text: qsTr("Status"); Layout.preferredWidth: Theme.scaled(76) }
            Head { text: qsTr("Action"); Layout.preferredWidth: Theme.scaled(forSource.enough ? 136 : 112) }
            Head { visible: forConnection.enough; text: qsTr("Connection"); Layout.preferredWidth: Theme.scaled(forSource.enough ? 128 : 104) }
            Head { text: qsTr("Key or pattern, and what came of it"); Layout.fillWidth: true }
            Head { text: qsTr("Took"); horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(60) }
            Head { visible: forSource.enough; text: qsTr("Source"); Layout.preferredWidth: Theme.scaled(64) }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        ListView {
            id: list
            objectName: "timelineList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: panel.timeline.rows
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Events")
            Keys.onUpPressed: decrementCurrentIndex()
            Keys.onDownPressed: incrementCurrentIndex()
            Keys.onReturnPressed: if (currentIndex >= 0) panel.eventChosen(panel.timeline.rows.text(currentIndex, "position"))
            onAtYEndChanged: if (atYEnd && count > 0) panel.timeline.older()
            ScrollBar.vertical: Bar { }
            delegate: ItemDelegate {
                id: row
                required property string position
                required property string time
                required property string status
                required property bool slow
                required property var model
                required property string connection
                required property string key
                required property string duration
                required property string source
                required property string about
                readonly property string told: row.slow && row.status === "success" ? qsTr("slow") : Studio.statusText(row.status)
                width: ListView.view.width
                height: Theme.rowHeight
                padding: 0
                Accessible.name: Studio.spoken([row.time, row.told, row.model.action, row.connection, row.key, row.about, row.duration])
                onClicked: panel.eventChosen(row.position)
                background: Rectangle { color: row.hovered ? Theme.hover : "transparent"; Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 } FocusRing { anchors.margins: 1; shown: list.activeFocus && row.ListView.isCurrentItem } }
                contentItem: RowLayout {
                    spacing: 12
                    component Cell: Txt { isData: true; font.pixelSize: Theme.tiny; Accessible.ignored: true }
                    Cell { text: row.time; color: Theme.muted; Layout.leftMargin: 16; Layout.preferredWidth: Theme.scaled(132) }
                    Item {
                        Layout.preferredWidth: Theme.scaled(76)
                        implicitHeight: Theme.scaled(20)
                        Badge { text: row.told; tone: row.status === "error" ? "danger" : row.slow || row.status === "blocked" ? "warning" : "success"; Accessible.ignored: true }
                    }
                    Cell { text: row.model.action; font.weight: Font.Medium; Layout.preferredWidth: Theme.scaled(forSource.enough ? 136 : 112) }
                    Cell { visible: forConnection.enough; text: row.connection; Layout.preferredWidth: Theme.scaled(forSource.enough ? 128 : 104) }
                    RowLayout {
                        spacing: 10
                        Layout.fillWidth: true
                        Cell { visible: text !== ""; text: row.key; font.family: Theme.mono; elide: Text.ElideMiddle; Layout.maximumWidth: Theme.scaled(260) }
                        Cell { text: row.about; color: row.status === "error" ? Theme.danger : Theme.muted; Layout.fillWidth: true }
                    }
                    Cell { text: row.duration; color: row.slow ? Theme.warning : Theme.muted; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(60) }
                    Cell { visible: forSource.enough; text: row.source; color: Theme.muted; Layout.preferredWidth: Theme.scaled(64) }
                    Item { implicitWidth: 4 }
                }
            }
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: panel.timeline.loaded && list.count === 0 && !panel.timeline.error.present
        iconName: "observability"
        title: panel.timeline.filtered ? qsTr("Nothing matches") : panel.emptyTitle
        detail: panel.timeline.filtered ? qsTr("No event of this period has all that is asked for.") : panel.emptyDetail
        AppButton { visible: panel.timeline.filtered; text: qsTr("Clear the filters"); onClicked: panel.timeline.clearFilters() }
    }
    EmptyState {
        anchors.fill: parent
        visible: panel.timeline.error.present && list.count === 0
        iconName: "warning"
        tone: "danger"
        title: qsTr("The timeline could not be read")
        detail: panel.timeline.error.message
        AppButton { text: qsTr("Try again"); onClicked: panel.timeline.load() }
    }
}
