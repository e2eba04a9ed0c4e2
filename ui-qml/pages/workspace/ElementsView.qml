pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// Hash, list, set, sorted set, stream: elements in pages, changed in place by what they are.
Item {
    id: view

    required property Guard guard
    required property KeyDocument document
    required property bool masked
    required property bool writable
    property alias dialog: elementDialog
    readonly property string type: document.type
    readonly property bool hasSecond: type !== "set"
    readonly property bool firstIsValue: type === "set" || type === "zset"
    readonly property bool canChange: type !== "set" && type !== "stream" // what is in there
    readonly property int firstWidth: type === "list" ? Theme.scaled(60) : Math.min(Theme.scaled(220), Math.max(120, width * 0.4))
    readonly property string firstTitle: ({ "hash": qsTr("Field"), "list": qsTr("Index"), "set": qsTr("Member"), "zset": qsTr("Member"), "stream": qsTr("Entry") })[type] ?? ""
    readonly property string secondTitle: ({ "hash": qsTr("Value"), "list": qsTr("Item"), "zset": qsTr("Score"), "stream": qsTr("Fields") })[type] ?? ""

    // A new one: row -1.
    function edit(row: int): void {
        elementDialog.document = document;
        elementDialog.element = document.element(row);
        elementDialog.isNew = row < 0;
        elementDialog.sent = false;
        elementDialog.error = "";
        firstEntry.text = document.elements.text(row, "wholeFirst");
        secondEntry.text = document.elements.text(row, "wholeSecond");
        elementDialog.open();
    }
    function remove(row: int, shown: string): void {
        const of = document;
        const element = of.element(row);
        guard.ask(qsTr("Remove this element?"), shown, qsTr("Remove"), true, confirmation => of.removeElement(element, confirmation));
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        // No layout: what is hidden when the width becomes known would stay as it was.
        Item {
            Layout.fillWidth: true
            implicitHeight: add.implicitHeight + 16
            component Head: Txt { anchors.verticalCenter: add.verticalCenter; color: Theme.muted; font.pixelSize: Theme.tiny; font.weight: Font.DemiBold }
            Head { x: 20; width: view.firstWidth; text: view.firstTitle }
            Head { x: view.firstWidth + 32; text: view.secondTitle }
            AppButton {
                id: add
                objectName: "addElement"
                anchors { right: parent.right; rightMargin: 20; top: parent.top; topMargin: 10 }
                visible: view.document.type !== "json" && view.document.type !== "other"
                text: qsTr("Add")
                iconName: "plus"
                enabled: view.writable
                onClicked: view.edit(-1)
            }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        ListView {
            id: list
            objectName: "elementList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: view.document.elements
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Elements")
            Keys.onUpPressed: decrementCurrentIndex()
            Keys.onDownPressed: incrementCurrentIndex()
            ScrollBar.vertical: Bar { }
            delegate: ItemDelegate {
                id: row
                required property int index
                required property string first
                required property string second
                required property bool plain
                readonly property string shownFirst: view.masked && view.firstIsValue ? "••••••" : first
                readonly property string shownSecond: view.masked && view.hasSecond ? "••••••" : second
                readonly property bool changeable: view.writable && plain && view.canChange
                readonly property bool current: list.activeFocus && ListView.isCurrentItem
                width: ListView.view.width
                height: Theme.rowHeight
                padding: 0
                Accessible.name: row.shownFirst + ": " + row.shownSecond
                onClicked: {
                    list.currentIndex = index;
                    list.forceActiveFocus();
                }
                onDoubleClicked: if (changeable) view.edit(index)
                Keys.onReturnPressed: if (activeFocus && changeable) view.edit(index)
                Keys.onDeletePressed: event => { if (view.writable && !event.isAutoRepeat) view.remove(index, shownFirst); }
                background: Rectangle {
                    color: row.hovered ? Theme.hover : "transparent"
                    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 }
                    FocusRing { anchors.margins: 1; shown: row.current }
                }
                contentItem: RowLayout {
                    spacing: 12
                    Txt { text: row.shownFirst; isData: true; font.family: Theme.mono; font.pixelSize: Theme.small; color: view.type === "list" ? Theme.muted : Theme.text; Layout.leftMargin: 20; Layout.preferredWidth: view.firstWidth; Layout.fillWidth: !view.hasSecond; Accessible.ignored: true }
                    Txt { visible: view.hasSecond; isData: true; text: row.shownSecond; font.family: Theme.mono; font.pixelSize: Theme.small; Layout.fillWidth: true; Accessible.ignored: true }
                    AppButton { objectName: "changeElement"; visible: (row.hovered || row.current) && view.canChange; implicitHeight: Theme.scaled(24); kind: "quiet"; iconName: "edit"; hint: row.plain ? qsTr("Change") : qsTr("Too long, or not plain text on one line: change it with cachify"); enabled: row.changeable; onClicked: view.edit(row.index) }
                    AppButton { objectName: "removeElement"; visible: row.hovered || row.current; implicitHeight: Theme.scaled(24); kind: "quiet"; iconName: "trash"; hint: qsTr("Remove"); enabled: view.writable; Layout.rightMargin: 14; onClicked: view.remove(row.index, row.shownFirst) }
                }
            }
        }
        AppButton { objectName: "moreElements"; visible: view.document.hasMore; Layout.alignment: Qt.AlignHCenter; Layout.margins: 8; text: qsTr("Load more"); onClicked: view.document.loadMore() }
    }

    Ask {
        id: elementDialog
        property KeyDocument document: null
        property var element: null // as it was when this was opened: its row may be another's by now
        property bool isNew: true
        property bool sent: false
        property string error: ""
        property string errorCode: ""
        title: isNew ? qsTr("Add an element") : qsTr("Change the element")
        accept: isNew ? qsTr("Add") : qsTr("Save")
        staysOpen: true
        blocked: elementDialog.document?.saving ?? false
        onAccepted: view.guard.ask(qsTr("Change this key?"), elementDialog.document.name, qsTr("Change"), false, confirmation => {
            elementDialog.sent = true;
            elementDialog.document.putElement(elementDialog.element, firstEntry.text, secondEntry.text, confirmation);
        })
        // What was typed stays until the element is there.
        readonly property Connections outcome: Connections {
            target: elementDialog.document
            function onElementPut(): void { if (elementDialog.sent) elementDialog.close(); }
            function onElementNotPut(error: studioError): void {
                if (!elementDialog.opened || !elementDialog.sent)
                    return Studio.failed(error);
                elementDialog.error = error.message;
                elementDialog.errorCode = error.code;
            }
        }
        field: ColumnLayout {
            spacing: 12
            Notice { objectName: "elementError"; visible: elementDialog.error !== ""; Layout.fillWidth: true; text: elementDialog.error; code: elementDialog.errorCode }
            FormField {
                visible: view.type !== "list"
                label: view.type === "stream" ? qsTr("Field") : view.firstTitle
                TextEntry { id: firstEntry; objectName: "elementFirst"; label: view.firstTitle; enabled: elementDialog.isNew; font.family: Theme.mono; Layout.fillWidth: true }
            }
            FormField {
                visible: view.hasSecond
                label: view.type === "stream" ? qsTr("Value") : view.secondTitle
                TextEntry { id: secondEntry; objectName: "elementSecond"; label: view.secondTitle; font.family: Theme.mono; Layout.fillWidth: true }
            }
        }
    }
}
