pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// How connections are doing, over one period, while one looks at it.
Item {
    id: page

    property string tab: "overview"
    readonly property Observatory observatory: Studio.observatory
    readonly property alias sheet: eventSheet
    property alias heatBy: heat.by
    signal connectionsWanted()

    function showEvents(connection: string, environment: string, status: string, fromMs: double, toMs: double): void {
        observatory.timeline.show({ connection: connection, environment: environment, status: status }, fromMs, toMs);
        tab = "timeline";
    }

    Binding { target: page.observatory; property: "watching"; value: page.visible && Studio.state === "ready" }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 14

        PageHead {
            title: qsTr("Observability")
            detail: page.observatory.updatedText !== "" ? qsTr("%1 · goes on by itself").arg(page.observatory.updatedText) : qsTr("Health, trend, errors and what was slow.")
            Option {
                objectName: "observedConnection"
                label: qsTr("Connection")
                any: qsTr("All connections")
                options: Studio.connections.choices
                given: page.observatory.connectionId
                Layout.preferredWidth: Theme.scaled(190)
                onPicked: value => page.observatory.connectionId = value
            }
            Segments {
                objectName: "period"
                label: qsTr("Period")
                options: [{ value: "15m", text: qsTr("15 min") }, { value: "1h", text: qsTr("1 h") }, { value: "6h", text: qsTr("6 h") }, { value: "24h", text: qsTr("24 h") }, { value: "7d", text: qsTr("7 d") }, { value: "30d", text: qsTr("30 d") }, { value: "custom", text: qsTr("Custom") }]
                value: page.observatory.period
                onChosen: value => page.observatory.period = value
            }
            AppButton { iconName: "refresh"; hint: qsTr("Read again (F5)"); onClicked: page.observatory.load() }
        }
        RowLayout {
            visible: page.observatory.period === "custom"
            spacing: 8
            component Moment: TextEntry {
                required property string field
                invalid: page.observatory.periodError.field === field
                placeholderText: qsTr("2026-01-31 12:00")
                font.family: Theme.mono
                Layout.preferredWidth: Theme.scaled(170)
                onEditingFinished: page.observatory.setCustom(from.text, to.text)
            }
            Txt { text: qsTr("From"); color: Theme.muted; font.pixelSize: Theme.small }
            Moment { id: from; objectName: "periodFrom"; field: "from"; label: qsTr("From"); text: page.observatory.customFrom }
            Txt { text: qsTr("to"); color: Theme.muted; font.pixelSize: Theme.small }
            Moment { id: to; objectName: "periodTo"; field: "to"; label: qsTr("To"); text: page.observatory.customTo }
            Txt { text: page.observatory.periodError.message; color: Theme.danger; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; Layout.fillWidth: true }
        }
        Flow {
            spacing: 12
            Layout.fillWidth: true
            Segments {
                width: Math.ceil(implicitWidth)
                objectName: "observabilityTabs"
                label: qsTr("Part")
                options: [{ value: "overview", text: qsTr("Overview") }, { value: "timeline", text: qsTr("Timeline") }, { value: "slow", text: qsTr("Slow operations") }]
                value: page.tab
                onChosen: value => page.tab = value
            }
            RowLayout {
                height: Theme.controlHeight
                spacing: 12
                Badge { visible: page.tab === "timeline" && page.observatory.timeline.rangeText !== ""; text: page.observatory.timeline.rangeText; tone: "info"; iconName: "clock" }
                Badge { visible: page.tab === "timeline" && page.observatory.timeline.connectionText !== ""; text: page.observatory.timeline.connectionText; tone: "info"; iconName: "connections" }
            }
        }
        Notice {
            objectName: "observatoryError"
            visible: page.observatory.error.present
            Layout.fillWidth: true
            text: page.observatory.error.message
            code: page.observatory.error.code
            AppButton { text: qsTr("Try again"); onClicked: page.observatory.load() }
        }
        Loading { running: page.observatory.loading; Layout.fillWidth: true; Layout.preferredHeight: 2 }

        Scroller {
            id: overview
            objectName: "overview"
            visible: page.tab === "overview" && page.observatory.health.count > 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: availableWidth
            clip: true
            ColumnLayout {
                width: overview.availableWidth
                height: Math.max(overview.availableHeight, implicitHeight)
                spacing: 14
                ListView {
                    id: cards
                    objectName: "healthCards"
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.scaled(140) + 32
                    orientation: ListView.Horizontal
                    spacing: 12
                    clip: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: page.observatory.health
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Health of connections")
                    ScrollBar.horizontal: Bar { policy: cards.contentWidth > cards.width ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff }
                    Keys.onReturnPressed: (currentItem as HealthCard)?.clicked()
                    delegate: HealthCard {
                        width: Theme.scaled(268)
                        height: cards.height - 8
                        chosen: page.observatory.connectionId === connectionId
                        onClicked: page.observatory.connectionId = chosen ? "" : connectionId
                    }
                }
                TrendPanel {
                    trend: page.observatory.trend
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredHeight: Theme.scaled(196)
                    Layout.minimumHeight: Theme.scaled(184)
                    onColumnChosen: (fromMs, toMs) => page.showEvents("", "", "", fromMs, toMs)
                }
                HeatPanel {
                    id: heat
                    observatory: page.observatory
                    Layout.fillWidth: true
                    Layout.preferredHeight: implicitHeight
                    onPlaceChosen: (connection, environment, fromMs, toMs) => page.showEvents(connection, environment, "", fromMs, toMs)
                }
            }
        }
        TimelineFilters {
            visible: page.tab === "timeline"
            timeline: page.observatory.timeline
            Layout.fillWidth: true
        }
        EventList {
            objectName: "timelinePanel"
            visible: page.tab === "timeline"
            timeline: page.observatory.timeline
            emptyTitle: qsTr("Nothing happened in this period")
            emptyDetail: qsTr("Every operation, reads included, appears here, whoever did it.")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onEventChosen: position => eventSheet.show(position)
        }
        EventList {
            objectName: "slowPanel"
            visible: page.tab === "slow"
            timeline: page.observatory.slow
            emptyTitle: qsTr("Nothing was slow in this period")
            emptyDetail: qsTr("What takes at least a connection's threshold appears here, and entries of the servers' slow logs.")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onEventChosen: position => eventSheet.show(position)
        }
        EmptyState {
            visible: page.tab === "overview" && page.observatory.loaded && page.observatory.health.count === 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "observability"
            title: qsTr("No connections yet")
            detail: qsTr("Add one: everything that is done over it, and how its server does, appears here.")
            AppButton { text: qsTr("Connections"); kind: "primary"; onClicked: page.connectionsWanted() }
        }
        Item { visible: page.tab === "overview" && !page.observatory.loaded; Layout.fillHeight: true }
    }
    EventSheet { id: eventSheet }
}
