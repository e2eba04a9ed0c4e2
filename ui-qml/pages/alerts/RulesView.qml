pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What raises alerts: threshold rules, and the product's own sources.
Scroller {
    id: view

    required property AlertRulesDesk desk
    signal editWanted(id: string)
    signal newWanted()
    signal removeWanted(id: string, name: string)

    contentWidth: availableWidth

    component Line: Rectangle {
        id: line
        required property int index
        color: "transparent"
        Layout.fillWidth: true
        Rectangle { visible: line.index > 0; width: parent.width; height: 1; color: Theme.border } // the card has the outer ones
    }

    ColumnLayout {
        width: view.availableWidth
        spacing: 10

        Notice { visible: view.desk.error.present; Layout.fillWidth: true; text: view.desk.error.message; code: view.desk.error.code; AppButton { text: qsTr("Try again"); onClicked: view.desk.load() } }
        RowLayout {
            spacing: 12
            Txt { text: qsTr("Threshold rules"); font.pixelSize: Theme.title; font.weight: Font.DemiBold; Layout.fillWidth: true }
            AppButton { objectName: "newRule"; text: qsTr("New rule"); kind: "primary"; iconName: "plus"; onClicked: view.newWanted() }
        }
        Card {
            Layout.fillWidth: true
            implicitHeight: view.desk.rules.count === 0 ? Theme.scaled(132) : rules.implicitHeight
            EmptyState {
                anchors.fill: parent
                visible: view.desk.loaded && view.desk.rules.count === 0
                iconName: "alerts"
                title: qsTr("No rules yet")
            }
            ColumnLayout {
                id: rules
                width: parent.width
                spacing: 0
                Repeater {
                    model: view.desk.rules
                    Line {
                        id: rule
                        required property string ruleId
                        required property string name
                        required property string condition
                        required property string scope
                        required property string severity
                        required property bool active
                        required property string now
                        implicitHeight: Theme.scaled(56)
                        Accessible.role: Accessible.ListItem
                        Accessible.name: Studio.spoken([rule.name, rule.condition, rule.scope, severityBadge.text, rule.now])
                        RowLayout {
                            anchors.fill: parent
                            anchors.leftMargin: 16
                            anchors.rightMargin: 12
                            spacing: 12
                            ColumnLayout {
                                spacing: 2
                                Layout.fillWidth: true
                                Txt { text: rule.name; isData: true; font.pixelSize: Theme.small; font.weight: Font.Medium; Layout.fillWidth: true; Accessible.ignored: true }
                                Txt { text: rule.condition + " · " + rule.scope; isData: true; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.fillWidth: true; Accessible.ignored: true }
                            }
                            Txt { text: rule.now; isData: true; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.maximumWidth: Theme.scaled(240); Accessible.ignored: true }
                            SeverityBadge { id: severityBadge; severity: rule.severity; Accessible.ignored: true }
                            Check { text: qsTr("on"); checked: rule.active; hint: qsTr("Whether %1 raises alerts").arg(rule.name); onToggled: { view.desk.switchRule(rule.ruleId, checked); checked = Qt.binding(() => rule.active); } }
                            AppButton { kind: "quiet"; iconName: "edit"; hint: qsTr("Edit %1").arg(rule.name); onClicked: view.editWanted(rule.ruleId) }
                            AppButton { kind: "quiet"; iconName: "trash"; hint: qsTr("Delete %1").arg(rule.name); onClicked: view.removeWanted(rule.ruleId, rule.name) }
                        }
                    }
                }
            }
        }
        Txt { text: qsTr("What Cachify watches itself"); font.pixelSize: Theme.title; font.weight: Font.DemiBold; Layout.topMargin: 8 }
        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: 16
            implicitHeight: sources.implicitHeight
            ColumnLayout {
                id: sources
                width: parent.width
                spacing: 0
                Repeater {
                    model: view.desk.sources
                    Line {
                        id: source
                        required property string source
                        required property string title
                        required property bool active
                        implicitHeight: Theme.scaled(42)
                        RowLayout {
                            anchors.fill: parent
                            anchors.leftMargin: 16
                            anchors.rightMargin: 16
                            Txt { text: source.title; font.pixelSize: Theme.small; Layout.fillWidth: true }
                            Check { text: qsTr("on"); checked: source.active; hint: qsTr("Whether this raises alerts: %1").arg(source.title); onToggled: { view.desk.switchSource(source.source, checked); checked = Qt.binding(() => source.active); } }
                        }
                    }
                }
            }
        }
    }
}
