pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Where alerts go, and how each of them does.
Scroller {
    id: view

    required property AlertPublishersDesk desk
    property var outcomes: ({})
    signal settingsWanted(publisher: string)

    contentWidth: availableWidth

    function test(publisher: string): void {
        tell(publisher, "info", qsTr("Delivering a test…"));
        desk.test(publisher);
    }
    function tell(publisher: string, tone: string, text: string): void {
        const all = Object.assign({}, outcomes);
        all[publisher] = { tone: tone, text: text };
        outcomes = all;
    }
    Connections {
        target: view.desk
        function onTested(publisher: string, delivered: bool, message: string): void {
            view.tell(publisher, delivered ? "success" : "danger", delivered ? qsTr("A test was delivered.") : qsTr("Not delivered: %1").arg(message));
        }
        function onReplayed(publisher: string, count: int): void { view.tell(publisher, "info", qsTr("%n alert(s) will be delivered", "", count)); }
    }

    ColumnLayout {
        width: view.availableWidth
        spacing: 12
        Notice { visible: view.desk.error.present; Layout.fillWidth: true; text: view.desk.error.message; code: view.desk.error.code; AppButton { text: qsTr("Try again"); onClicked: view.desk.load() } }
        EmptyState {
            visible: view.desk.loaded && view.desk.list.count === 0
            Layout.fillWidth: true
            Layout.topMargin: 80
            iconName: "plug"
            title: qsTr("No publishers")
            detail: qsTr("Publishers are plugins; none is installed that may be used.")
        }
        Repeater {
            model: view.desk.list
            Card {
                id: card
                required property string publisher
                required property string title
                required property string summary
                required property bool active
                required property string minSeverity
                required property int delivered
                required property int retrying
                required property int parked
                required property string lastDelivered
                required property string nextAt
                required property string lastProblem
                required property string problem
                readonly property var outcome: view.outcomes[publisher] ?? null
                readonly property string state_: problem !== "" && active ? problem : lastProblem
                Layout.fillWidth: true
                implicitHeight: body.implicitHeight + 32
                Accessible.role: Accessible.ListItem
                Accessible.name: Studio.spoken([card.title, card.active ? qsTr("on") : qsTr("off"), counts.text, card.state_])
                ColumnLayout {
                    id: body
                    anchors { left: parent.left; right: parent.right; top: parent.top; margins: 16 }
                    spacing: 8
                    RowLayout {
                        spacing: 10
                        Icon { name: "plug" }
                        ColumnLayout {
                            spacing: 2
                            Layout.fillWidth: true
                            RowLayout {
                                spacing: 8
                                Txt { text: card.title; font.weight: Font.DemiBold; font.pixelSize: Theme.small; Accessible.ignored: true }
                                Badge { text: card.active ? qsTr("on") : qsTr("off"); tone: card.active ? (card.problem !== "" ? "danger" : "success") : ""; Accessible.ignored: true }
                                Txt { visible: card.active; text: card.minSeverity === "info" ? qsTr("every alert") : card.minSeverity === "warning" ? qsTr("warning and critical") : qsTr("critical only"); color: Theme.muted; font.pixelSize: Theme.tiny; Layout.fillWidth: true }
                                Item { visible: !card.active; Layout.fillWidth: true }
                            }
                            Txt { text: card.summary; color: Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; Layout.fillWidth: true; Accessible.ignored: true }
                        }
                        AppButton { objectName: "test-" + card.publisher; text: qsTr("Send a test"); iconName: "play"; hint: qsTr("Send a test to %1").arg(card.title); onClicked: view.test(card.publisher) }
                        AppButton { objectName: "settings-" + card.publisher; text: card.active ? qsTr("Settings") : qsTr("Set up"); iconName: "settings"; hint: qsTr("Settings of %1").arg(card.title); onClicked: view.settingsWanted(card.publisher) }
                        AppButton { visible: card.active; text: qsTr("Switch off"); hint: qsTr("Switch off %1; its settings stay").arg(card.title); onClicked: view.desk.switchPublisher(card.publisher, false) }
                    }
                    RowLayout {
                        visible: card.active || card.delivered + card.retrying + card.parked > 0
                        spacing: 12
                        Txt {
                            id: counts
                            text: Studio.spoken([qsTr("%n delivered", "", card.delivered), qsTr("%n waiting", "", card.retrying), qsTr("%n parked", "", card.parked), card.lastDelivered !== "" ? qsTr("last at %1").arg(card.lastDelivered) : "", card.nextAt !== "" ? qsTr("next attempt at %1").arg(card.nextAt) : ""])
                            color: card.parked > 0 ? Theme.warning : Theme.muted
                            font.pixelSize: Theme.tiny
                            wrapMode: Text.Wrap
                            Layout.fillWidth: true
                        }
                        AppButton { objectName: "replay-" + card.publisher; visible: card.parked > 0; text: qsTr("Deliver parked ones"); iconName: "refresh"; onClicked: view.desk.replayParked(card.publisher) }
                    }
                    Notice { visible: card.state_ !== "" && (!card.outcome || card.outcome.tone !== "danger"); Layout.fillWidth: true; tone: "warning"; text: card.state_ }
                    Notice { visible: card.outcome !== null; Layout.fillWidth: true; tone: card.outcome ? card.outcome.tone : "info"; text: card.outcome ? card.outcome.text : "" }
                }
            }
        }
        Item { implicitHeight: 12 }
    }
}
