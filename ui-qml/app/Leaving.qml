import QtQuick
import Cachify.Bridge
import Cachify.Pages

// The end of the window. A change under way is waited for: where it fails, that is told; a second time the
// window does not wait. Where something is not saved, or many keys are worked on, a question comes first.
QtObject {
    id: leaving

    required property var shell // Main; naming its type would be a cycle
    required property Guard guard
    property bool waiting: false
    property bool landed: false
    property bool givenUp: false // what is not saved, or under way
    readonly property bool writing: Studio.workspace.openKeys.saving || Studio.workspace.creating
    readonly property bool working: runs(Studio.workspace.bulk) || runs(Studio.workflows.run)

    function runs(run: BulkRun): bool { return run.running && !run.planning; }
    function mayClose(): bool {
        if (writing && !waiting) {
            waiting = true;
            landed = false;
            shell.notify(qsTr("A change is being written. The window closes when it is done."), "", "warning");
            return false;
        }
        const unsaved = Studio.workspace.openKeys.unsaved();
        if (shell.touring || givenUp || (unsaved === 0 && !working))
            return true;
        waiting = false;
        const ongoing = working ? qsTr("Work on many keys is under way; it can be resumed from Workflows › History.") : "";
        if (unsaved > 0)
            guard.askToDiscard(unsaved, ongoing, giveUp);
        else
            guard.askHere(qsTr("Close the window?"), ongoing, qsTr("Close"), giveUp);
        return false;
    }
    function giveUp(): void {
        givenUp = true;
        shell.close();
    }
    onWritingChanged: {
        if (writing || !waiting)
            return;
        waiting = false;
        if (landed)
            shell.close();
    }
}
