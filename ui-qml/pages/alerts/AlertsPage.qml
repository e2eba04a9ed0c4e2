pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What a person should look at, what raises it, and where it goes.
Item {
    id: page

    property string tab: "alerts"
    readonly property AlertCentre alerts: Studio.alerts
    readonly property bool unreadOnly: filter("unread") === "true"
    readonly property alias ruleSheet: ruleSheet_
    readonly property alias publisherSheet: publisherSheet_
    readonly property alias alertSheet: alertSheet_
    readonly property alias publishersView: publishersView_
    function filter(name: string): string { return alerts.filters[name] ?? ""; }
    signal causeWanted(event: string)

    Binding { target: page.alerts; property: "watching"; value: page.visible && Studio.state === "ready" }
    Timer {
        interval: 3000
        repeat: true
        running: page.visible && page.tab !== "alerts" && Studio.state === "ready"
        onTriggered: if (page.tab === "rules") page.alerts.rules.load(); else page.alerts.publishers.refresh()
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 14

        PageHead {
            title: qsTr("Alerts")
            detail: page.alerts.unread > 0 ? qsTr("%n unread", "", page.alerts.unread) : qsTr("Nothing unread")
            AppButton { objectName: "markAllRead"; visible: page.tab === "alerts"; text: qsTr("Mark all as read"); iconName: "check"; enabled: page.alerts.unread > 0; onClicked: page.alerts.markAllRead() }
            AppButton { iconName: "refresh"; hint: qsTr("Read again (F5)"); onClicked: page.alerts.load() }
        }
        Flow {
            id: bar
            spacing: 8
            Layout.fillWidth: true
            Segments {
                id: tabs
                width: Math.ceil(implicitWidth)
                objectName: "alertTabs"
                label: qsTr("Part")
                options: [{ value: "alerts", text: qsTr("Alerts") }, { value: "rules", text: qsTr("Rules") }, { value: "publishers", text: qsTr("Publishers") }]
                value: page.tab
                onChosen: value => page.tab = value
            }
            RowLayout {
                readonly property real beside: bar.width - tabs.width - bar.spacing
                visible: page.tab === "alerts"
                width: implicitWidth <= beside ? beside : bar.width
                spacing: 8
                Item { Layout.fillWidth: true }
                component Pick: Option {
                    id: pick
                    required property string name
                    given: page.filter(name)
                    onPicked: value => page.alerts.setFilter(pick.name, value)
                }
                Check { text: qsTr("Unread only"); checked: page.unreadOnly; onToggled: { page.alerts.setFilter("unread", checked ? "true" : ""); checked = Qt.binding(() => page.unreadOnly); } }
                Pick { name: "severity"; label: qsTr("Severity"); any: qsTr("Any severity"); options: [{ value: "critical", text: qsTr("critical") }, { value: "warning", text: qsTr("warning") }, { value: "info", text: qsTr("info") }]; Layout.preferredWidth: Math.max(Theme.scaled(126), needed) }
                Pick { name: "source"; label: qsTr("Source"); any: qsTr("Any source"); options: [{ value: "app", text: qsTr("app") }, { value: "policy", text: qsTr("policy") }, { value: "workflow", text: qsTr("workflow") }, { value: "observability", text: qsTr("observability") }, { value: "plugin", text: qsTr("plugin") }]; Layout.preferredWidth: Math.max(Theme.scaled(126), needed) }
                Pick { name: "connection"; label: qsTr("Connection"); any: qsTr("All connections"); options: Studio.connections.choices; Layout.preferredWidth: Theme.scaled(170) }
            }
        }
        AlertList {
            visible: page.tab === "alerts"
            alerts: page.alerts
            Layout.fillWidth: true
            Layout.fillHeight: true
            onAlertChosen: id => alertSheet_.show(id)
            onCauseWanted: event => page.causeWanted(event)
        }
        RulesView {
            visible: page.tab === "rules"
            desk: page.alerts.rules
            Layout.fillWidth: true
            Layout.fillHeight: true
            onNewWanted: {
                page.alerts.rules.startNew();
                ruleSheet_.open();
            }
            onEditWanted: id => {
                page.alerts.rules.startEdit(id);
                ruleSheet_.open();
            }
            onRemoveWanted: (id, name) => removal.ask(id, name)
        }
        PublishersView {
            id: publishersView_
            visible: page.tab === "publishers"
            desk: page.alerts.publishers
            Layout.fillWidth: true
            Layout.fillHeight: true
            onSettingsWanted: publisher => {
                page.alerts.publishers.startEdit(publisher);
                publisherSheet_.open();
            }
        }
    }
    AlertSheet {
        id: alertSheet_
        onCauseWanted: event => page.causeWanted(event)
    }
    RuleSheet { id: ruleSheet_ }
    PublisherSheet { id: publisherSheet_ }
    Ask {
        id: removal
        property string ruleId: ""
        function ask(id: string, name: string): void {
            ruleId = id;
            title = qsTr("Delete the rule “%1”?").arg(name);
            open();
        }
        title: ""
        text: qsTr("The alerts it raised stay.")
        accept: qsTr("Delete")
        dangerous: true
        onAccepted: page.alerts.rules.remove(ruleId)
    }
}
