import Cachify.Bridge
import Cachify.Components

// The confirmation ladder: dev asks nothing for one key, staging asks before what destroys, prod wants the
// connection's name. The engine enforces its part all the same. What is lost here alone is asked for plainly.
Ask {
    id: guard

    property var pending: null
    property bool onServer: true // is what it asks for
    readonly property string environment: Studio.workspace.environment

    title: ""
    prod: onServer && environment === "prod"
    dangerous: true

    // `then` gets the confirmation: the connection's name on prod, else nothing.
    function ask(title: string, what: string, accept: string, destroys: bool, then: var): void {
        const question = destroys && (environment === "prod" || environment === "staging");
        if (!question) {
            then("");
            return;
        }
        askAlways(title, what, accept, then);
    }

    function askAlways(title: string, what: string, accept: string, then: var): void {
        put(title, qsTr("On %1, %2.").arg(Studio.workspace.name).arg(Studio.workspace.address), accept, then);
        guard.detail = what;
        guard.undoText = qsTr("A snapshot is taken first, so this can be undone.");
        guard.typed = environment === "prod" ? Studio.workspace.name : "";
        open();
    }

    // What was confirmed turned out to have no way back.
    function askWithoutUndo(what: string, then: var): void {
        put(qsTr("Go on without a way back?"), qsTr("Nothing was changed. No snapshot can be taken that leads all the way back, as where a value is too large for one: this cannot be undone."), qsTr("Go on without a way back"), then);
        guard.detail = what;
        open();
    }

    // Before something is lost that is here alone.
    function askHere(title: string, text: string, accept: string, then: var): void {
        put(title, text, accept, then);
        guard.onServer = false;
        open();
    }

    // Before what was changed in so many keys, and is not saved, is given up.
    function askToDiscard(keys: int, text: string, then: var): void {
        if (keys === 0)
            then();
        else
            askHere(qsTr("Discard what was changed in %n key(s)?", "", keys), text, qsTr("Discard"), then);
    }

    function put(title: string, text: string, accept: string, then: var): void {
        close(); // what it asked before is not what is answered now
        guard.title = title;
        guard.text = text;
        guard.detail = "";
        guard.undoText = "";
        guard.typed = "";
        guard.accept = accept;
        guard.onServer = true;
        guard.pending = then;
    }

    onAccepted: {
        const act = pending;
        if (act)
            act(typed);
    }
}
