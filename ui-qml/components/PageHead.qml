import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// A page's title, what is to know about it, and what may be done there: beside them where there is room, else below.
Item {
    id: head

    required property string title
    required property string detail
    default property alias actions: row.data
    readonly property bool roomy: width >= row.implicitWidth + 12 + Math.max(heading.implicitWidth, Theme.scaled(140))
    readonly property real wordsHeight: heading.height + 2 + about.height

    implicitHeight: roomy ? Math.max(wordsHeight, row.implicitHeight) : wordsHeight + 10 + row.implicitHeight
    Layout.fillWidth: true

    Txt {
        id: heading
        y: head.roomy ? Math.round((head.height - head.wordsHeight) / 2) : 0
        width: about.width
        text: head.title
        font.pixelSize: Theme.display
        font.weight: Font.DemiBold
    }
    Txt {
        id: about
        anchors.top: heading.bottom
        anchors.topMargin: 2
        width: head.roomy ? head.width - row.implicitWidth - 12 : head.width
        text: head.detail
        color: Theme.muted
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    RowLayout {
        id: row
        x: head.roomy ? head.width - width : 0
        y: head.roomy ? Math.round((head.height - height) / 2) : head.height - height
        width: Math.min(implicitWidth, head.width)
        spacing: 12
    }
}
