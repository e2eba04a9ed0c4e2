pragma Singleton

import QtQuick

// The one place with colours, spacing and type sizes. `mode` follows the system unless a person chose.
QtObject {
    id: theme

    property string mode: "system"
    property string density: "comfortable"
    property bool reducedMotion: false
    property real textScale: 1 // 1, 1.25, 1.5

    readonly property SystemPalette system: SystemPalette { }
    readonly property bool dark: mode === "dark" || (mode === "system" && system.window.hslLightness < 0.5)
    readonly property bool compact: density === "compact"

    readonly property color background: dark ? "#0B0F14" : "#FCFCFD"
    readonly property color surface: dark ? "#0F1620" : "#FFFFFF"
    readonly property color surface2: dark ? "#121C28" : "#F7F7F9"
    readonly property color border: dark ? "#223041" : "#E5E7EB"
    readonly property color text: dark ? "#E5E7EB" : "#111827"
    readonly property color muted: dark ? "#9CA3AF" : "#6B7280"
    readonly property color accent: dark ? "#FF7A45" : "#C8491E"
    readonly property color accentInk: dark ? "#1A0E08" : "#FFFFFF"
    readonly property color accentText: dark ? "#FF8F63" : "#A83A14" // on tints
    readonly property color accentTint: dark ? "#2A1A14" : "#FDF1EC"
    readonly property color focus: Qt.rgba(accent.r, accent.g, accent.b, 0.5)
    readonly property color hover: dark ? "#182433" : "#F6F7F9"
    readonly property color pressed: dark ? "#1F2E40" : "#E8EAEE"
    readonly property color scrim: dark ? "#B0040609" : "#66111827"

    readonly property color series: dark ? "#5E7690" : "#7C8A9C" // what is counted in a chart

    // States, each with a tint to stand on.
    readonly property color danger: dark ? "#FF8A80" : "#B42318"
    readonly property color dangerTint: dark ? "#2B1517" : "#FEF2F1"
    readonly property color warning: dark ? "#F5B84A" : "#8F5200"
    readonly property color warningTint: dark ? "#291F0E" : "#FEF6E7"
    readonly property color success: dark ? "#5FD29A" : "#0A6B45"
    readonly property color successTint: dark ? "#0F2620" : "#ECF8F2"
    readonly property color info: dark ? "#7DB5FF" : "#1D5FB8"
    readonly property color infoTint: dark ? "#122136" : "#EEF5FE"

    readonly property int radius: 6
    readonly property int rowHeight: scaled(compact ? 28 : 36)
    readonly property int controlHeight: scaled(compact ? 28 : 32)

    readonly property int mark: scaled(11) // a number on a mark
    readonly property int tiny: scaled(12)
    readonly property int small: scaled(13)
    readonly property int body: scaled(14)
    readonly property int title: scaled(16)
    readonly property int display: scaled(20)
    readonly property int banner: scaled(28)
    readonly property string sans: "Inter"
    readonly property string mono: "JetBrains Mono"

    readonly property int motion: reducedMotion ? 0 : 140

    function space(steps: real): real {
        return steps * 4;
    }

    // The size of what holds text, or stands beside it, in a text as large as the person asked for.
    function scaled(pixels: real): int {
        return Math.round(pixels * textScale);
    }

    function tone(name: string): color {
        switch (name) {
        case "danger": return danger;
        case "warning": return warning;
        case "success": return success;
        case "info": return info;
        case "accent": return accentText;
        }
        return muted;
    }

    function tint(name: string): color {
        switch (name) {
        case "danger": return dangerTint;
        case "warning": return warningTint;
        case "success": return successTint;
        case "info": return infoTint;
        case "accent": return accentTint;
        }
        return surface2;
    }

    // Of a tint that may lie on itself, as on a row that is selected.
    function edge(name: string): color {
        return Qt.alpha(tone(name), 0.2);
    }

    // Environments: prod red, staging amber, dev a neutral green.
    function environmentTone(environment: string): string {
        return environment === "prod" ? "danger" : environment === "staging" ? "warning" : "success";
    }
}
