pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// What to look for in the timeline.
Flow {
    id: filters

    required property Timeline timeline

    spacing: 8

    function given(name: string): string { return timeline.filters[name] ?? ""; }

    component Pick: Option {
        id: pick
        required property string name
        given: filters.given(name)
        Layout.preferredWidth: Math.max(Theme.scaled(132), needed)
        onPicked: value => filters.timeline.setFilter(pick.name, value)
    }

    TextEntry {
        objectName: "timelineText"
        label: qsTr("Search the timeline")
        placeholderText: qsTr("Search the timeline")
        iconName: "search"
        text: filters.given("text")
        width: filters.width >= picks.implicitWidth + Theme.scaled(230) ? filters.width - picks.width - filters.spacing : filters.width
        invalid: filters.timeline.textError.present
        onEditingFinished: filters.timeline.setFilter("text", text)
    }
    RowLayout {
        id: picks
        spacing: 8
        TextEntry {
            objectName: "timelineAction"
            label: qsTr("Action")
            placeholderText: qsTr("Action, such as keys.get")
            text: filters.given("action")
            Layout.preferredWidth: Theme.scaled(176)
            onEditingFinished: filters.timeline.setFilter("action", text)
        }
        Pick { name: "status"; label: qsTr("Status"); any: qsTr("Any status"); options: [{ value: "success", text: Studio.statusText("success") }, { value: "error", text: Studio.statusText("error") }, { value: "blocked", text: Studio.statusText("blocked") }] }
        Pick { name: "environment"; label: qsTr("Environment"); any: qsTr("Any environment"); options: [{ value: "prod", text: qsTr("Production") }, { value: "staging", text: qsTr("Staging") }, { value: "dev", text: qsTr("Development") }]; Layout.preferredWidth: Math.max(Theme.scaled(160), needed) }
        Pick { name: "source"; label: qsTr("Source"); any: qsTr("Any source"); options: [{ value: "app", text: qsTr("app") }, { value: "cli", text: qsTr("cli") }, { value: "workflow", text: qsTr("workflow") }, { value: "plugin", text: qsTr("plugin") }, { value: "engine", text: qsTr("engine") }]; Layout.preferredWidth: Math.max(Theme.scaled(116), needed) }
        AppButton { visible: filters.timeline.filtered; kind: "quiet"; iconName: "close"; hint: qsTr("Clear the filters"); onClicked: filters.timeline.clearFilters() }
    }
    Txt { objectName: "timelineTextError"; visible: text !== ""; width: filters.width; text: filters.timeline.textError.message; color: Theme.danger; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap }
}
