import QtQuick
import Cachify.Theme

// How many wait to be seen. What it stands on says the number too.
Rectangle {
    id: badge

    required property int count

    visible: count > 0
    implicitHeight: Theme.scaled(16)
    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 8)
    radius: height / 2
    color: Theme.danger
    Accessible.ignored: true

    Txt {
        id: label
        anchors.centerIn: parent
        text: badge.count > 99 ? qsTr("99+") : badge.count
        color: Theme.surface
        font.pixelSize: Theme.mark
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
}
