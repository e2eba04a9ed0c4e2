import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Theme

// A sheet over the right side of the window. Esc closes.
Popup {
    id: sheet

    required property string title
    property string subtitle: ""
    property string iconName: ""
    property int breadth: 520
    default property alias body: content.data
    property alias footer: footerRow.data

    parent: Overlay.overlay
    x: parent ? parent.width - width : 0
    y: 0
    height: parent ? parent.height : 0
    padding: 0
    modal: true
    focus: true
    onAboutToShow: contentItem.parent.Accessible.name = title
    closePolicy: Popup.CloseOnEscape
    Overlay.modal: Rectangle { color: Theme.scrim }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motion } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.motion } }

    // A closed one stays as it is: Qt 6.4 fails to lay out anew what is hidden and has lost items meanwhile.
    Binding {
        target: sheet
        property: "width"
        value: Math.min(Theme.scaled(sheet.breadth), sheet.parent ? sheet.parent.width - 40 : 0)
        when: sheet.visible
        restoreMode: Binding.RestoreNone
    }

    background: Rectangle {
        color: Theme.background
        Rectangle { width: 1; height: parent.height; color: Theme.border }
    }

    contentItem: ColumnLayout {
        spacing: 0
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 16
            Layout.leftMargin: 24
            spacing: 10
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true
                Txt { text: sheet.title; font.pixelSize: Theme.title; font.weight: Font.DemiBold; wrapMode: Text.Wrap; maximumLineCount: 3; Layout.fillWidth: true }
                Txt {
                    visible: text !== ""
                    text: sheet.subtitle
                    color: Theme.muted
                    font.pixelSize: Theme.small
                    elide: Text.ElideMiddle
                    isData: true
                    Layout.fillWidth: true
                }
            }
            AppButton { kind: "quiet"; iconName: "close"; hint: qsTr("Close"); onClicked: sheet.close() }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        Item {
            id: content
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        // Opaque: what scrolls above must not show through.
        Rectangle {
            visible: footerRow.children.length > 0
            Layout.fillWidth: true
            implicitHeight: footerRow.implicitHeight + 32
            color: Theme.background
            RowLayout {
                id: footerRow
                anchors.fill: parent
                anchors.margins: 16
                anchors.leftMargin: 24
                anchors.rightMargin: 24
                spacing: 8
            }
        }
    }
}
