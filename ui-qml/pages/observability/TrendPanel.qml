pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Operations with their errors as columns, and below them how long they took. A column leads to its events.
Card {
    id: panel

    required property TrendChart trend
    signal columnChosen(fromMs: double, toMs: double)

    property int current: -1
    readonly property int hovered: mouse.containsMouse && trend.columns.count > 0 ? Math.min(trend.columns.count - 1, Math.max(0, Math.floor(mouse.mouseX / plots.step))) : -1
    readonly property int chosen: plots.activeFocus && current < trend.columns.count ? current : -1
    readonly property int shown: hovered >= 0 ? hovered : chosen
    // What is said of a column changes with the data, live. A reader is told of the chosen one, wherever the
    // pointer rests.
    readonly property var told: trend.version >= 0 ? at(shown) : null
    readonly property string spoken: trend.version >= 0 && chosen >= 0 ? at(chosen).words : trend.summary

    function at(column: int): var { return column >= 0 && column < trend.columns.count ? trend.columns.get(column) : null; }
    function choose(column: int): void {
        const one = at(column);
        if (one && one.share > 0)
            columnChosen(one.fromMs, one.toMs);
    }

    implicitHeight: Theme.scaled(236)

    component Key: Row {
        id: key
        required property color tint
        required property string text
        property bool line: false
        spacing: 6
        Rectangle { width: Theme.scaled(key.line ? 14 : 10); height: key.line ? 2 : width; radius: 2; color: key.tint; anchors.verticalCenter: parent.verticalCenter }
        Txt { text: key.text; color: Theme.muted; font.pixelSize: Theme.tiny }
    }
    component Scale: Txt { color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; width: plots.x - 24; x: 16 }
    component Curve: Repeater {
        id: curve
        required property int percentile
        required property color stroke
        required property real weight
        model: panel.trend.lines(panel.trend.version, percentile, times.width, times.height)
        Shape {
            id: shape
            required property var modelData
            width: times.width
            height: times.height
            ShapePath {
                strokeColor: curve.stroke
                strokeWidth: curve.weight
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin
                capStyle: ShapePath.RoundCap
                PathPolyline { path: shape.modelData }
            }
        }
    }

    RowLayout {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; leftMargin: 16; rightMargin: 16; topMargin: 12 }
        spacing: 16
        Txt { text: qsTr("Operations"); font.weight: Font.DemiBold; font.pixelSize: Theme.small }
        Txt { text: panel.told ? panel.told.words : panel.trend.summary; color: panel.told ? Theme.text : Theme.muted; isData: true; font.pixelSize: Theme.tiny; Layout.fillWidth: true }
        Key { tint: Theme.series; text: qsTr("operations") }
        Key { tint: Theme.danger; text: qsTr("errors") }
        Key { tint: Theme.accent; text: qsTr("p95"); line: true }
        Key { tint: Theme.muted; text: qsTr("p50"); line: true }
    }
    Scale { text: panel.trend.mostOperations; y: plots.y - 4 }
    Scale { text: "0"; y: plots.y + bars.height - height + 4 }
    Scale { text: panel.trend.mostTime; y: plots.y + times.y - 4 }
    Scale { text: "0"; y: plots.y + plots.height - height + 4 }

    FocusScope {
        id: plots
        objectName: "trendColumns"
        readonly property real step: trend_.count > 0 ? width / trend_.count : width
        readonly property RecordModel trend_: panel.trend.columns

        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: labels.top; leftMargin: Theme.scaled(60) + 24; rightMargin: 16; topMargin: 10; bottomMargin: 4 }
        activeFocusOnTab: true
        Accessible.role: Accessible.Chart
        Accessible.name: qsTr("Operations over time")
        Accessible.description: panel.spoken
        Keys.onLeftPressed: panel.current = Math.max(0, panel.current - 1)
        Keys.onRightPressed: panel.current = Math.min(trend_.count - 1, panel.current + 1)
        Keys.onReturnPressed: panel.choose(panel.current)
        onActiveFocusChanged: if (activeFocus && (panel.current < 0 || panel.current >= trend_.count)) panel.current = trend_.count - 1
        FocusRing { shown: plots.activeFocus; anchors.margins: -4 }

        Rectangle { visible: panel.shown >= 0; x: panel.shown * plots.step; width: plots.step; height: plots.height; color: Theme.hover; radius: 2 }
        Item {
            id: bars
            width: parent.width
            height: Math.round((parent.height - 14) * 0.58)
            Repeater {
                model: plots.trend_
                Item {
                    id: column
                    required property int index
                    required property real share
                    required property real errorShare
                    x: column.index * plots.step
                    width: plots.step
                    height: bars.height
                    Rectangle { visible: column.share > 0; anchors.bottom: parent.bottom; x: 1; width: Math.max(1, parent.width - 2); height: Math.max(2, parent.height * column.share); radius: Math.min(2, width / 2); color: Theme.series }
                    Rectangle { visible: column.errorShare > 0; anchors.bottom: parent.bottom; x: 1; width: Math.max(1, parent.width - 2); height: Math.max(3, parent.height * column.errorShare); radius: Math.min(2, width / 2); color: Theme.danger }
                }
            }
            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
        }
        Item {
            id: times
            anchors { left: parent.left; right: parent.right; top: bars.bottom; bottom: parent.bottom; topMargin: 14 }
            Curve { percentile: 50; stroke: Theme.muted; weight: 1.5 }
            Curve { percentile: 95; stroke: Theme.accent; weight: 2 }
            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
        }
        MouseArea {
            id: mouse
            anchors.fill: parent
            hoverEnabled: true
            cursorShape: panel.told && panel.told.share > 0 ? Qt.PointingHandCursor : Qt.ArrowCursor
            onClicked: panel.choose(panel.hovered)
            Accessible.ignored: true
        }
    }
    Item {
        id: labels
        anchors { left: plots.left; right: plots.right; bottom: parent.bottom; bottomMargin: 10 }
        height: Theme.scaled(16)
        Repeater {
            model: plots.trend_
            Txt {
                required property int index
                required property string label
                readonly property int every: Math.max(1, Math.ceil(plots.trend_.count / Math.max(1, Math.floor(labels.width / Theme.scaled(104)))))
                visible: index % every === 0 && x + width <= labels.width
                x: index * plots.step
                text: label
                color: Theme.muted
                font.pixelSize: Theme.tiny
                Accessible.ignored: true
            }
        }
    }
    Txt {
        visible: panel.trend.empty
        anchors.centerIn: plots
        text: qsTr("Nothing was done in this period.")
        color: Theme.muted
        font.pixelSize: Theme.small
    }
}
