import QtQuick
import QtQuick.Controls
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// A place of the heatmap: darker with more errors, and their number in it.
AbstractButton {
    id: cell

    required property var place
    required property string who
    readonly property bool used: place["used"]
    readonly property real heat: place["heat"]
    readonly property string words: used
        ? qsTr("%1: %2 operations, %3 errors, %4 blocked").arg(Studio.spoken([who, place["label"]])).arg(place["operations"]).arg(place["errors"]).arg(place["blocked"])
        : qsTr("%1: nothing").arg(Studio.spoken([who, place["label"]]))

    objectName: place["errors"] > 0 ? "heatOfErrors" : ""
    enabled: used
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.name: words
    ToolTip.text: words
    ToolTip.visible: hovered
    ToolTip.delay: 300

    background: Rectangle {
        radius: 3
        color: !cell.used ? Theme.surface2 : cell.place["errors"] > 0 ? Qt.tint(Theme.dangerTint, Qt.rgba(Theme.danger.r, Theme.danger.g, Theme.danger.b, 0.12 + 0.5 * cell.heat)) : Theme.successTint
        border.width: cell.hovered ? 1 : 0
        border.color: Theme.muted
        FocusRing { shown: cell.visualFocus; anchors.margins: -1; radius: 4 }
    }
    contentItem: Txt {
        text: cell.place["errors"] > 0 ? (cell.place["errors"] > 999 ? qsTr("1k+") : cell.place["errors"]) : cell.place["blocked"] > 0 ? "–" : ""
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.tiny
        font.weight: Font.DemiBold
        elide: Text.ElideNone
        color: Theme.text
        Accessible.ignored: true
    }
}
