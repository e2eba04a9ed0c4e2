import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

Rectangle {
    id: bar

    readonly property Workspace workspace: Studio.workspace

    implicitHeight: Theme.scaled(28)
    color: Theme.surface2
    Accessible.role: Accessible.StatusBar
    Accessible.name: qsTr("Status")

    component Fact: Txt {
        visible: text !== ""
        color: Theme.muted
        font.pixelSize: Theme.tiny
    }

    Rectangle { width: parent.width; height: 1; color: Theme.border }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 16
        spacing: 16
        Fact { objectName: "serverAway"; text: bar.workspace.away ? qsTr("the server does not answer; it is tried again") : ""; color: Theme.danger }
        Fact { text: bar.workspace.latency !== "" ? qsTr("ping %1").arg(bar.workspace.latency) : "" }
        Fact { text: bar.workspace.serverVersion !== "" ? qsTr("%1 %2").arg(bar.workspace.engine).arg(bar.workspace.serverVersion) : "" }
        Fact { text: bar.workspace.active ? bar.workspace.progressText : "" }
        Item { Layout.fillWidth: true }
        Fact { visible: Studio.sandboxRunning; text: qsTr("sandbox running") }
        Fact { objectName: "viewsBehind"; text: Studio.viewsBehind > 0 ? qsTr("views %n event(s) behind", "", Studio.viewsBehind) : ""; color: Theme.warning }
        Fact { text: Studio.logPosition !== "" ? qsTr("log at %1").arg(Studio.logPosition) : "" }
    }
}
