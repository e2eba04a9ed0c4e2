import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// How one connection is doing. A click looks at it alone.
ItemDelegate {
    id: card

    required property string connectionId
    required property string name
    required property string environment
    required property string status
    required property string problem
    required property string p95
    required property bool alarming
    required property string errorRate
    required property string operations
    required property string slow
    required property string server
    required property string sampledAt
    property bool chosen: false
    readonly property string statusText: status === "healthy" ? qsTr("healthy") : status === "degraded" ? qsTr("degraded") : status === "offline" ? qsTr("offline") : qsTr("not used yet")

    padding: 14
    Accessible.name: Studio.spoken([name, environment, statusText, problem, qsTr("p95 %1").arg(p95), qsTr("errors %1").arg(errorRate)])

    component Fact: ColumnLayout {
        id: fact
        required property string label
        required property string value
        property bool alarming: false
        spacing: 0
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        Txt { text: fact.value; isData: true; font.pixelSize: Theme.small; font.weight: Font.DemiBold; color: fact.alarming ? Theme.danger : Theme.text; Layout.fillWidth: true; Accessible.ignored: true }
        Txt { text: fact.label; font.pixelSize: Theme.tiny; color: Theme.muted; Layout.fillWidth: true; Accessible.ignored: true }
    }

    background: Card {
        color: card.chosen ? Theme.accentTint : card.hovered ? Theme.hover : Theme.surface
        border.color: card.chosen ? Theme.accent : card.status === "offline" ? Theme.danger : Theme.border
        FocusRing { shown: card.visualFocus || (card.ListView.isCurrentItem && card.ListView.view.activeFocus); anchors.margins: 1 }
    }
    contentItem: ColumnLayout {
        spacing: 8
        RowLayout {
            spacing: 8
            Txt { text: card.name; isData: true; font.weight: Font.DemiBold; font.pixelSize: Theme.small; Layout.fillWidth: true; Accessible.ignored: true }
            EnvironmentBadge { environment: card.environment; Accessible.ignored: true }
        }
        Badge {
            text: card.statusText
            tone: card.status === "healthy" ? "success" : card.status === "degraded" ? "warning" : card.status === "offline" ? "danger" : ""
            iconName: card.status === "healthy" ? "check" : card.status === "unknown" ? "clock" : "warning"
            Accessible.ignored: true
        }
        RowLayout {
            spacing: 8
            Layout.fillWidth: true
            Fact { label: qsTr("p95"); value: card.p95 }
            Fact { label: qsTr("errors"); value: card.errorRate; alarming: card.alarming }
            Fact { label: qsTr("ops"); value: card.operations }
            Fact { label: qsTr("slow"); value: card.slow }
        }
        Txt {
            text: card.problem !== "" ? card.problem : card.server !== "" ? card.server : qsTr("no sample yet; open it to watch its server")
            color: card.problem !== "" ? Theme.danger : Theme.muted
            font.pixelSize: Theme.tiny
            wrapMode: Text.Wrap
            maximumLineCount: 2
            isData: true
            verticalAlignment: Text.AlignTop
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.ignored: true
        }
    }
}
