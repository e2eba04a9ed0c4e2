pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// A profile as a form: sections, errors beside their fields, a test stage by stage.
SideSheet {
    id: editor

    required property Guard guard
    readonly property ConnectionForm form: Studio.form
    readonly property bool redis: value("engine") === "redis"

    title: form.isNew ? qsTr("New connection") : qsTr("Edit connection")
    subtitle: value("name") ?? ""

    // A switch has no place for an error below it.
    readonly property bool errorAtField: typeof value(form.error.field) === "string"

    onAboutToHide: form.leave()
    // What was typed goes only where that is wanted.
    function paste(url: string): void {
        if (opened && form.dirty)
            discarding.askFor(url);
        else
            fill(url);
    }
    function fill(url: string): void {
        form.paste(url);
        open();
    }
    function value(name: string): var { return form.values[name]; }

    component Field: FormField {
        id: field
        Layout.alignment: Qt.AlignTop
        required property string name
        property bool secret: false
        property string placeholder: ""
        property bool mono: false
        // Qt tells screen readers nothing of what hides its letters, not even its name.
        Accessible.role: Accessible.Grouping
        Accessible.name: label
        Accessible.ignored: !secret
        error: editor.form.error.field === name ? editor.form.error.message : ""
        TextEntry {
            objectName: "field-" + field.name
            label: field.label
            text: editor.form.values[field.name] ?? ""
            invalid: field.error !== ""
            placeholderText: field.placeholder
            echoMode: field.secret ? TextInput.Password : TextInput.Normal
            font.family: field.mono ? Theme.mono : Theme.sans
            Layout.fillWidth: true
            onTextEdited: editor.form.set(field.name, text)
        }
    }
    // Never filled in. A stored one is kept while nothing is typed, or forgotten where that is wanted.
    component Secret: Field {
        id: secretField
        required property bool stored
        required property string forgetText
        readonly property bool untouched: stored && (editor.form.values[name] ?? "") === ""
        readonly property bool forgotten: editor.form.values[name + ".forget"] ?? false
        secret: true
        hint: !untouched ? "" : forgotten ? qsTr("Forgotten when you save.") : qsTr("Stored; leave it empty to keep it.")
        AppButton {
            objectName: "forget-" + secretField.name
            visible: secretField.untouched
            kind: "quiet"
            iconName: secretField.forgotten ? "undo" : "trash"
            hint: secretField.forgotten ? qsTr("Keep it after all") : secretField.forgetText
            onClicked: editor.form.set(secretField.name + ".forget", !secretField.forgotten)
        }
    }
    component Pick: FormField {
        id: pick
        required property string name
        required property var options
        error: editor.form.error.field === name ? editor.form.error.message : ""
        Segments {
            label: pick.label
            options: pick.options
            value: editor.form.values[pick.name] ?? ""
            onChosen: value => editor.form.set(pick.name, value)
        }
    }
    component Switch_: Check {
        required property string name
        checked: editor.form.values[name] ?? false
        onToggled: editor.form.set(name, checked)
    }
    component Section: Txt {
        font.pixelSize: Theme.tiny
        font.weight: Font.DemiBold
        font.letterSpacing: 0.4
        color: Theme.text
        Layout.topMargin: 12
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        Scroller {
            id: scroll
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: availableWidth
            ScrollBar.horizontal.policy: ScrollBar.AlwaysOff

            ColumnLayout {
                width: scroll.availableWidth
                spacing: 12
                Item { implicitHeight: 4 }
                ColumnLayout {
                    Layout.leftMargin: 24
                    Layout.rightMargin: 24
                    spacing: 12

                    Notice {
                        Layout.fillWidth: true
                        visible: editor.form.error.present && !editor.errorAtField
                        text: editor.form.error.message
                        code: editor.form.error.code
                    }
                    Section { text: qsTr("Server"); Layout.topMargin: 0 }
                    Field { name: "name"; label: qsTr("Name"); placeholder: qsTr("orders cache") }
                    Pick {
                        name: "engine"
                        label: qsTr("Engine")
                        options: [{ value: "redis", text: "Redis" }, { value: "memcached", text: "Memcached" }]
                    }
                    RowLayout {
                        spacing: 12
                        Field { name: "host"; label: qsTr("Host"); mono: true; Layout.preferredWidth: 3 }
                        Field { name: "port"; label: qsTr("Port"); mono: true; placeholder: editor.redis ? "6379" : "11211"; Layout.preferredWidth: 1 }
                        Field { name: "dbIndex"; label: qsTr("Database"); mono: true; visible: editor.redis; Layout.preferredWidth: 1 }
                    }
                    Field { name: "unixSocket"; label: qsTr("Unix socket"); mono: true; hint: qsTr("In place of host and port") }
                    Pick {
                        visible: editor.redis
                        name: "topology"
                        label: qsTr("Topology")
                        options: [{ value: "standalone", text: qsTr("Standalone") }, { value: "sentinel", text: qsTr("Sentinel") }, { value: "cluster", text: qsTr("Cluster") }]
                    }
                    Field { visible: editor.value("topology") === "sentinel"; name: "sentinelMaster"; label: qsTr("Name of the master") }

                    Section { text: qsTr("Authentication") }
                    RowLayout {
                        spacing: 12
                        Field { name: "username"; label: qsTr("User"); Layout.preferredWidth: 1 }
                        Secret { name: "password"; label: qsTr("Password"); stored: editor.form.hasSecret; forgetText: qsTr("Forget the stored password"); Layout.preferredWidth: 1 }
                    }

                    Section { text: qsTr("TLS") }
                    Switch_ { name: "tls.enabled"; text: qsTr("Encrypt the connection") }
                    ColumnLayout {
                        visible: (editor.value("tls.enabled") ?? false) || editor.form.error.field.startsWith("tls.")
                        spacing: 12
                        Switch_ { name: "tls.verify"; text: qsTr("Verify the server's certificate") }
                        Notice {
                            Layout.fillWidth: true
                            visible: !(editor.value("tls.verify") ?? true)
                            tone: "warning"
                            text: qsTr("Anybody on the way can read and change what is sent.")
                        }
                        Field { name: "tls.caFile"; label: qsTr("Trusted certificates (PEM)"); mono: true; placeholder: qsTr("those of the system") }
                        Field { name: "tls.certFile"; label: qsTr("Client certificate"); mono: true }
                        Field { name: "tls.keyFile"; label: qsTr("Client key"); mono: true; placeholder: qsTr("in the certificate's file") }
                        Secret { name: "tls.keyPassphrase"; label: qsTr("Passphrase of the key"); stored: editor.form.hasKeyPassphrase; forgetText: qsTr("Forget the stored passphrase") }
                        Field { name: "tls.serverName"; label: qsTr("Name in the certificate"); mono: true }
                    }

                    Section { text: qsTr("Tunnel") }
                    RowLayout {
                        spacing: 12
                        Field { name: "ssh.destination"; label: qsTr("SSH destination"); mono: true; placeholder: "user@bastion"; Layout.preferredWidth: 3 }
                        Field { name: "ssh.port"; label: qsTr("SSH port"); mono: true; placeholder: "22"; Layout.preferredWidth: 1 }
                    }
                    Field { name: "ssh.configFile"; label: qsTr("SSH configuration"); mono: true; placeholder: "~/.ssh/config"; hint: qsTr("Run by your own ssh: key files, agent, jumps and known hosts are those of its configuration.") }

                    Section { text: qsTr("Safety") }
                    Pick {
                        name: "environment"
                        label: qsTr("Environment")
                        options: [{ value: "dev", text: qsTr("Development"), icon: "leaf" }, { value: "staging", text: qsTr("Staging"), icon: "flask" }, { value: "prod", text: qsTr("Production"), icon: "shield" }]
                    }
                    Switch_ { name: "readOnly"; text: qsTr("Read-only: block every change") }
                    Switch_ { name: "forceReadOnly"; text: qsTr("Policy read-only: only lifted here, never from the workspace") }
                    Field { name: "tags"; label: qsTr("Tags"); hint: qsTr("Separated by commas") }

                    Section { text: qsTr("Timeouts and retries") }
                    RowLayout {
                        spacing: 12
                        Field { name: "timeoutMs"; label: qsTr("Timeout, ms"); mono: true }
                        Field { name: "retryMaxAttempts"; label: qsTr("Attempts"); mono: true }
                        Field { name: "retryBackoffMs"; label: qsTr("Back-off, ms"); mono: true }
                    }
                    RowLayout {
                        spacing: 12
                        Field { name: "keySeparator"; label: qsTr("Key separator"); mono: true }
                        Field { name: "slowOpThresholdMs"; label: qsTr("Slow from, ms"); mono: true }
                    }
                    AppButton {
                        visible: !editor.form.isNew
                        text: qsTr("Delete this connection")
                        iconName: "trash"
                        kind: "quiet"
                        onClicked: deletion.open()
                    }
                }

                Item { implicitHeight: 12 }
            }
        }

        Rectangle {
            visible: editor.form.stages.count > 0
            Layout.fillWidth: true
            implicitHeight: stageColumn.implicitHeight + 24
            color: Theme.surface2
            ColumnLayout {
                id: stageColumn
                anchors.fill: parent
                anchors.margins: 12
                anchors.leftMargin: 24
                anchors.rightMargin: 24
                spacing: 6
                Repeater {
                    model: editor.form.stages
                    RowLayout {
                        id: stageRow
                        required property string stage
                        required property string target
                        required property string took
                        required property string message
                        required property var model
                        readonly property bool good: model.state === "done"
                        spacing: 8
                        Icon { name: stageRow.good ? "check" : "close"; size: 14; stroke: 2.2; color: stageRow.good ? Theme.success : Theme.danger }
                        Txt { text: stageRow.stage; font.pixelSize: Theme.small; font.weight: Font.Medium; Layout.preferredWidth: Theme.scaled(96) }
                        Txt { text: stageRow.message !== "" ? stageRow.message : stageRow.target; isData: true; color: stageRow.good ? Theme.muted : Theme.danger; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; maximumLineCount: 4; Layout.fillWidth: true }
                        Txt { text: stageRow.took; color: Theme.muted; font.pixelSize: Theme.tiny }
                    }
                }
                Txt { visible: text !== ""; text: editor.form.verdict; color: Theme.success; font.pixelSize: Theme.small; font.weight: Font.Medium; Layout.topMargin: 4 }
            }
        }
    }

    footer: [
        AppButton {
            objectName: "testConnection"
            text: editor.form.testing ? qsTr("Cancel test") : qsTr("Test")
            iconName: "plug"
            enabled: editor.form.testing || !editor.form.busy
            onClicked: editor.form.testing ? editor.form.cancelTest() : editor.form.test()
        },
        Loading { running: editor.form.busy; Layout.fillWidth: true },
        Item { Layout.fillWidth: true; visible: !editor.form.busy },
        AppButton { text: qsTr("Cancel"); onClicked: editor.close() },
        AppButton { objectName: "saveConnection"; text: qsTr("Save"); kind: "primary"; enabled: !editor.form.busy; onClicked: editor.form.save() }
    ]

    Ask {
        id: deletion
        title: qsTr("Delete the connection “%1”?").arg(editor.value("name") ?? "")
        text: qsTr("Its stored password goes with it. The event log keeps what was done over it.")
        accept: qsTr("Delete")
        dangerous: true
        onAccepted: {
            Studio.form.remove(editor.form.connectionId);
            editor.close();
        }
    }
    Ask {
        id: discarding
        property string url: "" // may hold a password
        title: qsTr("Discard what was typed?")
        text: qsTr("Another connection was given to fill this form with.")
        accept: qsTr("Discard")
        dangerous: true
        staysOpen: true
        onAccepted: {
            editor.fill(url);
            close();
        }
        onClosed: url = ""
        function askFor(given: string): void {
            url = given;
            open();
        }
    }
}
