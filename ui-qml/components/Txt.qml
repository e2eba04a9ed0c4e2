import QtQuick
import Cachify.Theme

// Text of ours or of a server: always plain, so that nothing in it is taken for markup.
Text {
    textFormat: Text.PlainText
    color: Theme.text
    font.pixelSize: Theme.body
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
