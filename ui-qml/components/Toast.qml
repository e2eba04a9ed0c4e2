import QtQuick
import QtQuick.Layouts
import Cachify.Theme

// What was just done, for a few seconds, with one way on (undo). `show` replaces what was there.
Rectangle {
    id: toast

    property string text: ""
    property string actionText: ""
    property string tone: "success"
    property bool shown: false
    property var then: null
    signal triggered()

    // `onAction`: what the action does, in place of `triggered`.
    function show(message: string, action: string, state: string, onAction: var): void {
        then = onAction ?? null;
        text = message;
        actionText = action;
        tone = state;
        shown = true;
        timer.restart();
    }

    visible: opacity > 0
    opacity: shown ? 1 : 0
    implicitWidth: Math.min(row.implicitWidth + row.anchors.leftMargin + row.anchors.rightMargin, Theme.scaled(640))
    implicitHeight: Theme.scaled(44)
    radius: Theme.radius + 2
    color: Theme.dark ? Theme.pressed : Theme.text
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Behavior on opacity { NumberAnimation { duration: Theme.motion } }

    Timer {
        id: timer
        interval: 8000
        onTriggered: toast.shown = false
    }
    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: 14
        anchors.rightMargin: toast.actionText !== "" ? 6 : 14 // as the button has above and below it
        spacing: 10
        Icon { name: toast.tone === "success" ? "check" : "warning"; size: 16; color: Theme.dark ? Theme.tone(toast.tone) : Theme.surface }
        Txt {
            text: toast.text
            color: Theme.dark ? Theme.text : Theme.surface
            font.pixelSize: Theme.small
            elide: Text.ElideMiddle
            isData: true
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.scaled(460)
            Accessible.ignored: true
        }
        AppButton {
            objectName: "toastAction"
            visible: toast.actionText !== ""
            text: toast.actionText
            iconName: "undo"
            onClicked: {
                toast.shown = false;
                const act = toast.then;
                if (act)
                    act();
                else
                    toast.triggered();
            }
        }
    }
}
