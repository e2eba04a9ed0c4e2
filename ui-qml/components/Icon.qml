import QtQuick
import Cachify.Components
import Cachify.Theme

// Our own icons; the names are in icon_path.cpp.
IconShape {
    required name
    property real size: 18 // beside text of 100 %

    color: Theme.muted
    implicitWidth: Theme.scaled(size)
    implicitHeight: Theme.scaled(size)
    Accessible.ignored: true
}
