pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components

// A publisher's settings: its own parameters, by its schema, and what all of them have.
SideSheet {
    id: sheet

    readonly property AlertPublishersDesk desk: Studio.alerts.publishers
    readonly property var form: desk.form

    function problem(field: string): string {
        const at = desk.formError.field;
        return at === field || at === "/" + field ? desk.formError.message : "";
    }
    function placed(): bool {
        const at = desk.formError.field.replace("/", "");
        if (at === "minSeverity" || at === "maxAttempts" || at === "backoffMs")
            return true;
        for (let row = 0; row < desk.fields.count; ++row) {
            if (desk.fields.get(row)["name"] === at)
                return true;
        }
        return false;
    }

    objectName: "publisherSheet"
    title: form["title"] ?? ""
    subtitle: qsTr("Saving switches it on, for alerts from then on.")
    breadth: 500
    onClosed: desk.endEdit()

    component Number: FormField {
        id: number
        required property string field
        error: sheet.problem(field)
        Layout.preferredWidth: 1
        Layout.alignment: Qt.AlignTop
        TextEntry { objectName: "publisher-" + number.field; label: number.label; text: sheet.form[number.field] ?? ""; invalid: number.error !== ""; Layout.fillWidth: true; onTextEdited: sheet.desk.set(number.field, text) }
    }

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        ColumnLayout {
            x: 24
            y: 24
            width: scroll.availableWidth - 48
            spacing: 14
            Notice {
                visible: sheet.desk.formError.present && !sheet.placed()
                Layout.fillWidth: true
                text: sheet.desk.formError.message
                code: sheet.desk.formError.code
            }
            Repeater {
                model: sheet.desk.fields
                FormField {
                    id: field
                    required property int index
                    required property string name
                    required property string title
                    required property string description
                    required property string type
                    required property bool secret
                    required property bool kept
                    required property var model
                    property string given: model.text
                    label: title + (model.required ? " *" : "")
                    hint: description
                    error: sheet.problem(name)
                    TextEntry {
                        visible: field.type !== "boolean"
                        objectName: "publisher-" + field.name
                        label: field.title
                        text: field.given
                        echoMode: field.secret ? TextInput.Password : TextInput.Normal
                        placeholderText: field.kept ? qsTr("kept; type to replace it") : ""
                        invalid: field.error !== ""
                        Layout.fillWidth: true
                        onTextEdited: sheet.desk.setField(field.index, text)
                    }
                    Check {
                        visible: field.type === "boolean"
                        text: field.title
                        checked: field.given === "true"
                        onToggled: sheet.desk.setField(field.index, checked ? "true" : "false")
                    }
                }
            }
            FormField {
                label: qsTr("Which alerts")
                error: sheet.problem("minSeverity")
                Option {
                    objectName: "publisher-minSeverity"
                    label: qsTr("Which alerts")
                    options: [{ value: "info", text: qsTr("every alert") }, { value: "warning", text: qsTr("warning and critical") }, { value: "critical", text: qsTr("critical only") }]
                    given: sheet.form["minSeverity"] ?? ""
                    Layout.fillWidth: true
                    onPicked: value => sheet.desk.set("minSeverity", value)
                }
            }
            RowLayout {
                spacing: 12
                Number { field: "maxAttempts"; label: qsTr("Attempts before it is parked"); hint: qsTr("1 to 20") }
                Number { field: "backoffMs"; label: qsTr("Wait before the second, in ms"); hint: qsTr("doubles with each") }
            }
            Item { implicitHeight: 24 }
        }
    }
    footer: [
        Item { Layout.fillWidth: true },
        AppButton { text: qsTr("Cancel"); onClicked: sheet.close() },
        AppButton { objectName: "savePublisher"; text: qsTr("Save and switch on"); kind: "primary"; enabled: !sheet.desk.saving; onClicked: sheet.desk.save() }
    ]
    Connections {
        target: sheet.desk
        function onSaved(): void { sheet.close(); }
    }
}
