import QtQuick

// Whether something in sight is at least so wide. It says so after the layouts are done: in Qt 6.4 a column that
// comes or goes while they are at it, or while they are hidden, is left out.
QtObject {
    id: room

    required property Item within
    required property real width
    property bool enough: true
    readonly property bool wide: within.width >= width
    readonly property bool seen: within.visible
    readonly property Timer later: Timer {
        interval: 50 // some frames: what is hidden is laid out with the first one that shows it
        running: true
        onTriggered: if (room.seen) room.enough = room.wide
    }

    onWideChanged: later.restart()
    onSeenChanged: later.restart()
}
