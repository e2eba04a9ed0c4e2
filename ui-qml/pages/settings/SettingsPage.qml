pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

Item {
    id: page

    readonly property Preferences preferences: Studio.preferences
    readonly property alias pluginSheet: pluginSheet

    readonly property string storeText: ({
        "keychain": qsTr("in the keyring of the desktop (Secret Service)"),
        "file": qsTr("in a file sealed with your passphrase"),
        "keyFile": qsTr("in a file sealed with a key beside it that only you can read"),
        "memory": qsTr("in memory: gone when the app ends")
    })[Studio.secretStore] ?? ""
    readonly property bool looking: visible && Studio.state === "ready"
    onLookingChanged: if (looking) Studio.plugins.load()

    component Line: RowLayout {
        id: line
        required property string title
        required property string detail
        default property alias content: slot.data
        Layout.fillWidth: true
        spacing: 16
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true
            Txt { text: line.title; font.weight: Font.Medium; font.pixelSize: Theme.small }
            Txt { text: line.detail; color: Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; Layout.fillWidth: true }
        }
        Row { id: slot }
    }
    component Group: Card {
        default property alias content: column.data
        Layout.fillWidth: true
        implicitHeight: column.implicitHeight + 40
        ColumnLayout { id: column; anchors.fill: parent; anchors.margins: 20; spacing: 16 }
    }

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        ColumnLayout {
            x: 24
            width: Math.min(scroll.availableWidth - 48, Theme.scaled(860))
            spacing: 12

            Txt { text: qsTr("Settings"); font.pixelSize: Theme.display; font.weight: Font.DemiBold; Layout.topMargin: 24; Layout.bottomMargin: 4 }
            Group {
                Line {
                    title: qsTr("Theme")
                    detail: qsTr("Changes at once; System follows the desktop.")
                    Segments {
                        objectName: "themeChoice"
                        label: qsTr("Theme")
                        options: [{ value: "system", text: qsTr("System") }, { value: "light", text: qsTr("Light") }, { value: "dark", text: qsTr("Dark") }]
                        value: page.preferences.theme
                        onChosen: value => page.preferences.theme = value
                    }
                }
                Line {
                    title: qsTr("Density")
                    detail: qsTr("How much fits on a screen.")
                    Segments {
                        label: qsTr("Density")
                        options: [{ value: "comfortable", text: qsTr("Comfortable") }, { value: "compact", text: qsTr("Compact") }]
                        value: page.preferences.density
                        onChosen: value => page.preferences.density = value
                    }
                }
                Line {
                    title: qsTr("Text size")
                    detail: qsTr("Of all text here; what holds it grows along.")
                    Segments {
                        objectName: "textSizeChoice"
                        label: qsTr("Text size")
                        options: [{ value: "100", text: qsTr("100 %") }, { value: "125", text: qsTr("125 %") }, { value: "150", text: qsTr("150 %") }]
                        value: page.preferences.textSize.toString()
                        onChosen: value => page.preferences.textSize = Number(value)
                    }
                }
                Line {
                    title: qsTr("Language")
                    detail: qsTr("What the engine and servers say stays in English.")
                    Option {
                        objectName: "languageChoice"
                        label: qsTr("Language")
                        options: [{ value: "system", text: qsTr("System") }, { value: "en", text: "English" }, { value: "de", text: "Deutsch" }, { value: "id", text: "Bahasa Indonesia" }]
                        given: page.preferences.language
                        width: Theme.scaled(180)
                        onPicked: value => page.preferences.language = value
                    }
                }
                Line {
                    title: qsTr("Reduce motion")
                    detail: qsTr("Nothing fades or slides.")
                    Check { text: qsTr("Reduce motion"); checked: page.preferences.reducedMotion; onToggled: page.preferences.reducedMotion = checked }
                }
            }
            Txt { text: qsTr("New connections"); font.pixelSize: Theme.title; font.weight: Font.DemiBold; Layout.topMargin: 12 }
            Group {
                Line {
                    title: qsTr("Timeout")
                    detail: qsTr("Of each attempt, in milliseconds: 100 to 120000. The form begins with it.")
                    TextEntry {
                        objectName: "newTimeout"
                        label: qsTr("Timeout, ms")
                        text: page.preferences.newTimeoutMs
                        width: 180
                        font.family: Theme.mono
                        validator: IntValidator { bottom: 100; top: 120000 }
                        onEditingFinished: page.preferences.newTimeoutMs = parseInt(text)
                    }
                }
                Line {
                    title: qsTr("Production is read-only")
                    detail: qsTr("A new connection to production begins read-only; its form can lift that.")
                    Check { objectName: "newProdReadOnly"; text: qsTr("Read-only"); checked: page.preferences.newProdIsReadOnly; onToggled: page.preferences.newProdIsReadOnly = checked }
                }
            }
            Txt { text: qsTr("Plugins"); font.pixelSize: Theme.title; font.weight: Font.DemiBold; Layout.topMargin: 12 }
            Group {
                PluginsView { id: plugins; Layout.fillWidth: true; onChosen: row => pluginSheet.show(row) }
            }
            Txt { text: qsTr("About"); font.pixelSize: Theme.title; font.weight: Font.DemiBold; Layout.topMargin: 12 }
            Group {
                Layout.bottomMargin: 24
                SheetLine { name: qsTr("Version"); value: Studio.version; Layout.fillWidth: true }
                SheetLine { name: qsTr("Event log"); value: Studio.dataDirectory; mono: true; Layout.fillWidth: true }
                SheetLine { objectName: "secretStore"; name: qsTr("Passwords"); value: page.storeText; Layout.fillWidth: true }
                SheetLine { visible: value !== ""; name: qsTr("Their file"); value: Studio.secretFile; mono: true; Layout.fillWidth: true }
                SheetLine { name: qsTr("Position"); value: Studio.logPosition; Layout.fillWidth: true }
            }
        }
    }
    PluginSheet { id: pluginSheet; view: plugins }
}
