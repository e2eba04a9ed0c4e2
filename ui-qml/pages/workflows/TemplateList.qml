pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

ListView {
    id: list

    required property WorkflowDesk desk

    objectName: "templateList"
    clip: true
    spacing: 8
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    model: desk.templates
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Templates")
    Keys.onReturnPressed: desk.choose(currentIndex)

    delegate: ItemDelegate {
        id: row
        required property int index
        required property string templateId
        required property string name
        required property string summary
        required property bool builtIn
        readonly property bool current: list.desk.chosen === templateId
        width: Math.floor(ListView.view.width) // or its edge is beyond what is in sight
        padding: 14
        Accessible.role: Accessible.ListItem
        Accessible.name: row.name
        onClicked: list.desk.choose(row.index)
        background: Card {
            color: row.current ? Theme.accentTint : row.hovered ? Theme.hover : Theme.surface
            border.color: row.current ? Theme.accent : Theme.border
            FocusRing { shown: row.visualFocus || (list.activeFocus && row.ListView.isCurrentItem) }
        }
        contentItem: RowLayout {
            spacing: 4
            ColumnLayout {
                spacing: 4
                Layout.fillWidth: true
                Txt { text: row.name; isData: true; font.weight: Font.DemiBold; Layout.fillWidth: true; Accessible.ignored: true }
                Txt { text: row.summary; color: Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; lineHeight: 1.2; Layout.fillWidth: true; Accessible.ignored: true }
            }
            AppButton { visible: !row.builtIn; kind: "quiet"; iconName: "trash"; hint: qsTr("Delete the template %1").arg(row.name); onClicked: { deletion.templateId = row.templateId; deletion.text = row.name; deletion.open(); } }
        }
    }

    Ask {
        id: deletion
        property string templateId: ""
        title: qsTr("Delete this template?")
        accept: qsTr("Delete")
        dangerous: true
        onAccepted: list.desk.removeTemplate(templateId)
    }
}
