import QtQuick
import QtQuick.Controls
import Cachify.Theme

// Work of unknown length: a thin bar along the upper edge.
ProgressBar {
    id: bar

    property bool running: false

    height: 2
    visible: running
    indeterminate: true
    Accessible.name: qsTr("Working")
    background: Item { }
    contentItem: Item {
        clip: true
        Rectangle {
            id: runner
            width: parent.width / 4
            height: 2
            color: Theme.accent
            NumberAnimation on x {
                running: bar.visible && Theme.motion > 0
                loops: Animation.Infinite
                from: -runner.width
                to: bar.width
                duration: 1100
            }
        }
    }
}
