import QtQuick
import Cachify.Theme

// Text of ours or of a server: always plain, so that nothing in it is taken for markup.
Text {
    // It shows data (a name, a key, a message), which may be cut short where room is short. Words of ours may not.
    property bool isData: false

    textFormat: Text.PlainText
    color: Theme.text
    font.family: Theme.sans
    font.pixelSize: Theme.body
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
