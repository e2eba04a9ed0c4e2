import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// A line that stays: an error with its code and next step, a warning, a fact.
Rectangle {
    id: notice

    required property string text
    property string code: ""
    property string tone: "danger"
    default property alias actions: row.data

    implicitHeight: layout.implicitHeight + 16
    radius: Theme.radius
    color: Theme.tint(tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: layout
        anchors.fill: parent
        anchors.margins: 8
        anchors.leftMargin: 12
        spacing: 10
        Icon {
            name: notice.tone === "success" ? "check" : notice.tone === "info" ? "info" : "warning"
            size: 16
            color: Theme.tone(notice.tone)
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2
        }
        Txt {
            text: notice.code !== "" ? notice.code + " · " + notice.text : notice.text
            color: Theme.tone(notice.tone)
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
            maximumLineCount: 6
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Row {
            id: row
            spacing: 8
        }
    }
}
