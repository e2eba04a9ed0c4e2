pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Cachify.Theme

// One of a few, all in sight. `options`: [{value, text, icon?}].
Rectangle {
    id: segments

    required property var options
    property string value: ""
    property string label: ""
    signal chosen(value: string)

    implicitHeight: Theme.controlHeight
    implicitWidth: row.implicitWidth + 4
    radius: Theme.radius
    color: Theme.surface2
    border.width: 1
    border.color: Theme.border
    Accessible.role: Accessible.PageTabList
    Accessible.name: label

    Row {
        id: row
        anchors.fill: parent
        anchors.margins: 2
        Repeater {
            model: segments.options
            TabButton {
                id: segment
                checkable: false
                required property var modelData
                readonly property bool current: segments.value === modelData.value
                objectName: segments.objectName + "-" + modelData.value
                height: row.height
                leftPadding: 10
                rightPadding: 10
                focusPolicy: Qt.TabFocus
                Accessible.role: Accessible.PageTab
                Accessible.selected: segment.current
                Accessible.name: segment.modelData.text
                onClicked: segments.chosen(segment.modelData.value)
                contentItem: Row {
                    spacing: 6
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: (segment.modelData.icon ?? "") !== ""
                        name: segment.modelData.icon ?? ""
                        size: 14
                        color: segment.current ? Theme.text : Theme.muted
                    }
                    Txt {
                        anchors.verticalCenter: parent.verticalCenter
                        text: segment.modelData.text
                        font.pixelSize: Theme.tiny
                        font.weight: segment.current ? Font.DemiBold : Font.Medium
                        color: segment.current ? Theme.text : Theme.muted
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radius - 2
                    color: segment.current ? Theme.surface : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.current ? 1 : 0
                    border.color: Theme.border
                    FocusRing { shown: segment.visualFocus }
                }
            }
        }
    }
}
