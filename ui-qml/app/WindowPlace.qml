import QtQuick
import Cachify.Bridge

// Where the window is, and how large, from one start to the next.
QtObject {
    id: place

    required property Window window

    // Not where that is out of sight by now.
    function restore(): void {
        const kept = name => Studio.preferences.kept(name, -1);
        if (kept("width") >= window.minimumWidth && kept("height") >= window.minimumHeight) {
            window.width = kept("width");
            window.height = kept("height");
        }
        if (kept("x") >= 0 && kept("x") < window.Screen.desktopAvailableWidth - 200 && kept("y") >= 0 && kept("y") < window.Screen.desktopAvailableHeight - 200) {
            window.x = kept("x");
            window.y = kept("y");
        }
        if (kept("maximized") > 0)
            window.visibility = Window.Maximized;
    }
    function keep(): void {
        Studio.preferences.keep("maximized", window.visibility === Window.Maximized ? 1 : 0);
        if (window.visibility !== Window.Windowed)
            return;
        for (const name of ["x", "y", "width", "height"])
            Studio.preferences.keep(name, window[name]);
    }
}
