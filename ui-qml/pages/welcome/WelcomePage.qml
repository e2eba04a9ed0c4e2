pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// No profiles yet: three ways in.
Item {
    id: page

    signal addWanted()
    signal importWanted()
    signal urlGiven(url: string)

    component Way: Card {
        id: way
        required property string iconName
        required property string title
        required property string detail
        default property alias content: slot.data

        Layout.fillWidth: true
        Layout.preferredWidth: 1
        implicitHeight: Theme.scaled(268)
        ColumnLayout {
            anchors.fill: parent
            anchors.margins: 20
            spacing: 10
            Rectangle {
                implicitWidth: Theme.scaled(40)
                implicitHeight: implicitWidth
                radius: 10
                color: Theme.accentTint
                Icon { anchors.centerIn: parent; name: way.iconName; color: Theme.accentText; size: 20 }
            }
            Txt { text: way.title; font.pixelSize: Theme.title; font.weight: Font.DemiBold; wrapMode: Text.Wrap; Layout.fillWidth: true }
            Txt {
                text: way.detail
                color: Theme.muted
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
                verticalAlignment: Text.AlignTop
                lineHeight: 1.25
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
            ColumnLayout { id: slot; spacing: 8; Layout.fillWidth: true }
        }
    }

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        contentHeight: words.height + 48
        clip: true
        ColumnLayout {
            id: words
            x: Math.round((page.width - width) / 2)
            y: Math.max(24, Math.round((page.height - height) / 2))
            width: Math.min(page.width - 96, Theme.scaled(940))
            spacing: 8

            Txt {
                text: qsTr("Welcome to Cachify Studio")
                font.pixelSize: Theme.banner
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            Txt {
                text: qsTr("Redis and Memcached, where nothing dangerous happens by accident, and everything that happened can be seen, proved and undone.")
                color: Theme.muted
                wrapMode: Text.Wrap
                lineHeight: 1.25
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.scaled(620)
                Layout.bottomMargin: 20
            }
            RowLayout {
                spacing: 16
                Way {
                    iconName: "plus"
                    title: qsTr("Add a connection")
                    detail: qsTr("Fill in host, credentials, TLS and safety rules, and test it before it is saved.")
                    AppButton { text: qsTr("Add a connection"); kind: "primary"; objectName: "welcomeAdd"; onClicked: page.addWanted() }
                }
                Way {
                    iconName: "link"
                    title: qsTr("Paste a URL")
                    detail: qsTr("redis://, rediss://, redis+unix:// or memcached:// fills the form for you.")
                    TextEntry {
                        id: url
                        label: qsTr("Connection URL")
                        placeholderText: "redis://host:6379"
                        font.family: Theme.mono
                        Layout.fillWidth: true
                        onAccepted: page.urlGiven(text)
                    }
                    AppButton { text: qsTr("Use this URL"); enabled: url.text !== ""; onClicked: page.urlGiven(url.text) }
                }
                Way {
                    iconName: "flask"
                    title: qsTr("Try the sandbox")
                    detail: qsTr("A throw-away Redis and Memcached on this machine with sample data, gone when you close the window.")
                    AppButton {
                        objectName: "welcomeSandbox"
                        text: Studio.sandboxStarting ? qsTr("Starting…") : qsTr("Start the sandbox")
                        enabled: !Studio.sandboxStarting
                        onClicked: Studio.startSandbox()
                    }
                }
            }
            RowLayout {
                spacing: 8
                Layout.topMargin: 12
                Txt { text: qsTr("Coming from another machine?"); color: Theme.muted; font.pixelSize: Theme.small }
                AppButton { text: qsTr("Import connections…"); iconName: "import"; onClicked: page.importWanted() }
            }
        }
    }
}
