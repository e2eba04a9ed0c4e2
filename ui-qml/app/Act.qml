import QtQuick.Controls

// One thing that can be done.
Action {
    required property string name
    property string group: qsTr("General")
    property string iconName: ""
}
