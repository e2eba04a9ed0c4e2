import QtQuick
import QtQuick.Controls

// One thing that can be done.
Action {
    id: act

    required property string name
    property string group: qsTr("General")
    property string iconName: ""
    property string also: "" // keys that do the same
    readonly property Shortcut alike: Shortcut { sequence: act.also; enabled: act.enabled; onActivated: act.trigger() }
}
