pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// One parameter, by the type its schema gives it.
FormField {
    id: field

    required property WorkflowDesk desk
    required property int index
    required property string name
    required property string title
    required property string description
    required property string type
    required property var choices
    required property var model
    readonly property string given: model.text
    readonly property bool isLong: type === "array" || type === "object"
    readonly property bool isChoice: choices.length > 0

    label: title + (model.required ? " *" : "")
    hint: isLong ? qsTr("%1. As JSON.").arg(description) : description
    error: desk.run.error.field.split(".")[0] === name ? desk.run.error.message : ""

    TextEntry {
        visible: !field.isLong && !field.isChoice && field.type !== "boolean"
        objectName: "workflow-" + field.name
        label: field.title
        text: field.given
        invalid: field.error !== ""
        font.family: Theme.mono
        Layout.fillWidth: true
        onTextEdited: field.desk.setField(field.index, text)
    }
    TextBlock {
        visible: field.isLong
        label: field.title
        Layout.fillWidth: true
        implicitHeight: Theme.scaled(96)
        Component.onCompleted: text = field.given
        area.onTextChanged: if (visible && area.activeFocus) field.desk.setField(field.index, area.text)
    }
    Choice {
        visible: field.isChoice
        label: field.title
        model: field.choices
        currentIndex: Math.max(0, field.choices.indexOf(field.given))
        Layout.fillWidth: true
        onActivated: index => field.desk.setField(field.index, field.choices[index])
    }
    Check {
        visible: field.type === "boolean"
        text: field.title
        checked: field.given === "true"
        onToggled: field.desk.setField(field.index, checked ? "true" : "false")
    }
}
