import QtQuick
import Cachify.Components
import Cachify.Theme

// Our own icons; the names are in icon_path.cpp.
IconShape {
    required name
    property real size: 18

    color: Theme.muted
    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true
}
