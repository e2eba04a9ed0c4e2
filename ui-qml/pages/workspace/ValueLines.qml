pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// A large value, laid out only where it is looked at. Copied by the copy button.
Card {
    id: card

    required property KeyDocument document

    color: Theme.background
    clip: true

    ListView {
        id: list
        objectName: "valueLines"
        anchors.fill: parent
        anchors.margins: 1
        topMargin: 12
        bottomMargin: 12
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: card.document.lines
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Value")
        Keys.onUpPressed: flick(0, 900)
        Keys.onDownPressed: flick(0, -900)
        ScrollBar.vertical: Bar { }
        delegate: Txt {
            required property var model
            width: ListView.view.width - 24
            x: 12
            text: model.text
            font.family: Theme.mono
            font.pixelSize: Theme.small
            elide: Text.ElideNone
            wrapMode: Text.WrapAnywhere
        }
    }
}
