pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What a dry run froze: each key, what is done to it, what is known of it. In pages, as it is scrolled.
ListView {
    id: list

    required property RunPlan plan

    clip: true
    reuseItems: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    model: plan.steps
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Plan")
    Keys.onUpPressed: decrementCurrentIndex()
    Keys.onDownPressed: incrementCurrentIndex()
    onAtYEndChanged: if (atYEnd && count > 0) plan.more()
    ScrollBar.vertical: Bar { }

    Room { id: room; within: list; width: Theme.scaled(450) }
    delegate: Item {
        id: step
        required property string key
        required property string action
        required property string type
        required property string size
        required property string ttl
        required property string nextTtl
        width: ListView.view.width
        height: Theme.rowHeight
        Accessible.role: Accessible.Row
        Accessible.name: step.action + ", " + step.key + ", " + step.type + ", " + step.size
        Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 }
        RowLayout {
            anchors.fill: parent
            anchors.leftMargin: 12
            anchors.rightMargin: 16
            spacing: 12
            Badge { text: step.action; tone: step.action === "delete" ? "danger" : "info"; Layout.preferredWidth: Theme.scaled(68) }
            Txt { text: step.key; isData: true; font.family: Theme.mono; font.pixelSize: Theme.small; elide: Text.ElideMiddle; Layout.fillWidth: true }
            Txt { text: step.nextTtl !== "" ? (step.ttl !== "" ? step.ttl : qsTr("no TTL")) + " → " + step.nextTtl : step.ttl; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: step.nextTtl !== "" ? Theme.scaled(190) : Theme.scaled(90) }
            Txt { visible: room.enough; text: step.type; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: Theme.scaled(50) }
            Txt { text: step.size; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(64) }
        }
    }
}
