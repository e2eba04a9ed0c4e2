import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Work under way: what, how far, and the way to end it.
RowLayout {
    id: chip

    required property BulkRun run
    required property string name

    visible: run.running
    spacing: 8
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text.text

    Rectangle {
        implicitWidth: Theme.scaled(64)
        implicitHeight: 4
        radius: 2
        color: Theme.border
        Rectangle { width: parent.width * Math.min(1, chip.run.progress); height: 4; radius: 2; color: Theme.accent }
    }
    Txt {
        id: text
        isData: true
        text: (chip.run.planning ? qsTr("%1, dry run").arg(chip.name) : chip.name) + " · " + chip.run.progressText
        color: Theme.muted
        font.pixelSize: Theme.tiny
        Layout.maximumWidth: Theme.scaled(340)
        Accessible.ignored: true
    }
    AppButton { kind: "quiet"; iconName: "stop"; hint: qsTr("Cancel: %1").arg(chip.name); onClicked: chip.run.cancel() }
}
