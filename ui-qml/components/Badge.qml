import QtQuick
import Cachify.Theme

// A small word with a state: label, icon and colour together.
Rectangle {
    id: badge

    required property string text
    property string tone: ""
    property string iconName: ""
    property bool mono: false

    implicitHeight: Theme.scaled(20)
    implicitWidth: row.implicitWidth + 14
    radius: 4
    color: Theme.tint(tone)
    border.color: Theme.edge(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 4
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: badge.iconName !== ""
            name: badge.iconName
            size: 12
            stroke: 2
            color: Theme.tone(badge.tone)
        }
        Txt {
            anchors.verticalCenter: parent.verticalCenter
            text: badge.text
            font.pixelSize: Theme.tiny
            font.weight: Font.DemiBold
            color: badge.tone === "" ? Theme.muted : Theme.tone(badge.tone)
            Accessible.ignored: true
        }
    }
}
