import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// What a view shows when there is nothing to show, or nothing may be shown: what it is and what to do next.
Item {
    id: state

    required property string title
    property string detail: ""
    property string iconName: "info"
    property string tone: ""
    default property alias actions: row.data

    // The icon goes first where there is little room.
    readonly property real withIcon: Theme.scaled(48) + 12 + title_.implicitHeight + (detail_.visible ? detail_.implicitHeight + 8 : 0) + (row.implicitHeight > 0 ? row.implicitHeight + 16 : 0)

    implicitHeight: withIcon

    ColumnLayout {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 32, Theme.scaled(440))
        spacing: 8

        Rectangle {
            visible: state.height >= state.withIcon
            Layout.alignment: Qt.AlignHCenter
            implicitWidth: Theme.scaled(48)
            implicitHeight: implicitWidth
            radius: width / 2
            color: Theme.tint(state.tone)
            Icon {
                anchors.centerIn: parent
                name: state.iconName
                size: 22
                color: state.tone === "" ? Theme.muted : Theme.tone(state.tone)
            }
        }
        Txt {
            id: title_
            Layout.fillWidth: true
            Layout.topMargin: 4
            horizontalAlignment: Text.AlignHCenter
            text: state.title
            wrapMode: Text.Wrap
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
        }
        Txt {
            id: detail_
            Layout.fillWidth: true
            visible: state.detail !== ""
            horizontalAlignment: Text.AlignHCenter
            text: state.detail
            wrapMode: Text.Wrap
            maximumLineCount: 8
            color: Theme.muted
            font.pixelSize: Theme.small
            lineHeight: 1.25
        }
        Row {
            id: row
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: 8
            spacing: 8
        }
    }
}
