pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components

// A threshold rule: when, how bad, and of which connections.
SideSheet {
    id: sheet

    readonly property AlertRulesDesk desk: Studio.alerts.rules
    readonly property var form: desk.form
    readonly property bool fresh: (form["ruleId"] ?? "") === ""

    function problem(field: string): string { return desk.formError.field === field ? desk.formError.message : ""; }
    function value(field: string): string { return form[field] ?? ""; }

    objectName: "ruleSheet"
    title: fresh ? qsTr("New rule") : qsTr("Edit the rule")
    subtitle: qsTr("At most one alert in each look-back.")
    breadth: 480

    component Entry: FormField {
        id: entry
        required property string field
        property string sample: ""
        error: sheet.problem(field)
        TextEntry {
            objectName: "rule-" + entry.field
            label: entry.label
            placeholderText: entry.sample
            text: sheet.value(entry.field)
            invalid: entry.error !== ""
            Layout.fillWidth: true
            onTextEdited: sheet.desk.set(entry.field, text)
        }
    }
    component Pick: FormField {
        id: pick
        required property string field
        required property var options
        property string any: ""
        error: sheet.problem(field)
        Option {
            objectName: "rule-" + pick.field
            label: pick.label
            any: pick.any
            options: pick.options
            given: sheet.value(pick.field)
            Layout.fillWidth: true
            onPicked: value => sheet.desk.set(pick.field, value)
        }
    }

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        ColumnLayout {
            x: 24
            y: 24
            width: scroll.availableWidth - 48
            spacing: 14
            Notice {
                visible: sheet.desk.formError.present && sheet.desk.formError.field === ""
                Layout.fillWidth: true
                text: sheet.desk.formError.message
                code: sheet.desk.formError.code
            }
            Entry { field: "name"; label: qsTr("Name"); sample: qsTr("Too many errors in production") }
            Pick {
                field: "metric"
                label: qsTr("What is looked at")
                options: [{ value: "errorRate", text: qsTr("Error rate, 0 to 1") }, { value: "p95Ms", text: qsTr("p95 of durations, in ms") }, { value: "operationCount", text: qsTr("Number of operations") }, { value: "errorCount", text: qsTr("Number of errors") }, { value: "blockedCount", text: qsTr("Number of blocked operations") }, { value: "slowCount", text: qsTr("Number of slow operations") }, { value: "reconnectCount", text: qsTr("Number of reconnects") }, { value: "pingMs", text: qsTr("Longest ping, in ms") }, { value: "opsPerSecond", text: qsTr("Commands per second, on average") }, { value: "usedMemoryBytes", text: qsTr("Memory used, in bytes") }, { value: "clients", text: qsTr("Connected clients") }, { value: "hitRate", text: qsTr("Hit rate, 0 to 1") }, { value: "evictions", text: qsTr("Keys evicted") }, { value: "replicationLagMs", text: qsTr("Replication lag, in ms") }]
            }
            RowLayout {
                spacing: 12
                Pick {
                    field: "comparator"
                    label: qsTr("Is")
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    options: [{ value: ">", text: qsTr("above") }, { value: ">=", text: qsTr("at least") }, { value: "<", text: qsTr("below") }, { value: "<=", text: qsTr("at most") }]
                }
                Entry { field: "threshold"; label: qsTr("Threshold"); sample: qsTr("0.2"); Layout.preferredWidth: 1; Layout.alignment: Qt.AlignTop }
                Entry { field: "lookBackMinutes"; label: qsTr("Over minutes"); Layout.preferredWidth: 1; Layout.alignment: Qt.AlignTop }
            }
            Pick {
                field: "severity"
                label: qsTr("Severity")
                options: [{ value: "info", text: qsTr("info") }, { value: "warning", text: qsTr("warning") }, { value: "critical", text: qsTr("critical") }]
            }
            Pick {
                field: "connectionId"
                label: qsTr("Connection")
                any: qsTr("Every connection, each by itself")
                options: Studio.connections.choices
            }
            Pick {
                field: "environment"
                label: qsTr("Environment")
                any: qsTr("Any environment")
                options: [{ value: "prod", text: qsTr("Production") }, { value: "staging", text: qsTr("Staging") }, { value: "dev", text: qsTr("Development") }]
            }
            Item { implicitHeight: 24 }
        }
    }
    footer: [
        Item { Layout.fillWidth: true },
        AppButton { text: qsTr("Cancel"); onClicked: sheet.close() },
        AppButton { objectName: "saveRule"; text: sheet.fresh ? qsTr("Create the rule") : qsTr("Save the rule"); kind: "primary"; enabled: !sheet.desk.saving; onClicked: sheet.desk.save() }
    ]
    Connections {
        target: sheet.desk
        function onSaved(): void { sheet.close(); }
    }
}
