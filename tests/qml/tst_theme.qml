import QtQuick
import QtTest
import Cachify.Theme

TestCase {
    name: "Theme"

    function luminance(colour: color): real {
        const part = value => value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        return 0.2126 * part(colour.r) + 0.7152 * part(colour.g) + 0.0722 * part(colour.b);
    }
    // WCAG 2.1, contrast ratio.
    function contrast(a: color, b: color): real {
        const light = Math.max(luminance(a), luminance(b));
        const dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    function test_contrast_data() {
        const rows = [];
        for (const mode of ["light", "dark"]) {
            for (const ground of ["background", "surface", "surface2"])
                for (const ink of ["text", "muted", "accentText", "danger", "warning", "success", "info"])
                    rows.push({ tag: [mode, ink, "on", ground].join(" "), mode: mode, ink: ink, ground: ground });
            for (const pair of [["accent", "background"], ["accent", "surface"], ["accentInk", "accent"], ["surface", "danger"], ["text", "hover"], ["muted", "hover"], ["text", "pressed"], ["text", "accentTint"], ["accentText", "accentTint"], ["danger", "dangerTint"], ["warning", "warningTint"], ["success", "successTint"], ["info", "infoTint"]])
                rows.push({ tag: [mode, pair[0], "on", pair[1]].join(" "), mode: mode, ink: pair[0], ground: pair[1] });
        }
        return rows;
    }
    function test_contrast(row) {
        Theme.mode = row.mode;
        const ratio = contrast(Theme[row.ink], Theme[row.ground]);
        verify(ratio >= 4.5, row.tag + ": " + ratio.toFixed(2));
    }

    function test_modeSwitchesLive() {
        Theme.mode = "light";
        const light = Theme.background.toString();
        Theme.mode = "dark";
        verify(Theme.dark);
        verify(light !== Theme.background.toString());
    }
    function test_compactRowsAreLower() {
        Theme.density = "comfortable";
        compare(Theme.rowHeight, 36);
        Theme.density = "compact";
        compare(Theme.rowHeight, 28);
        Theme.density = "comfortable";
    }
    function test_sizesFollowTheText() {
        compare([Theme.tiny, Theme.body, Theme.rowHeight, Theme.controlHeight, Theme.scaled(100)], [12, 14, 36, 32, 100]);
        Theme.textScale = 1.5;
        compare([Theme.tiny, Theme.body, Theme.rowHeight, Theme.controlHeight, Theme.scaled(100)], [18, 21, 54, 48, 150]);
        Theme.textScale = 1;
    }
    function test_nothingMovesWhenReducedMotionIsAskedFor() {
        Theme.reducedMotion = true;
        compare(Theme.motion, 0);
        Theme.reducedMotion = false;
        verify(Theme.motion > 0 && Theme.motion <= 150);
    }
}
