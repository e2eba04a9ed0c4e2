import Cachify.Bridge
import Cachify.Components

// The confirmation ladder: dev asks nothing for one key, staging asks before what destroys, prod wants the
// connection's name. The engine enforces its part all the same.
Ask {
    id: guard

    property var pending: null
    readonly property string environment: Studio.workspace.environment

    title: ""
    prod: environment === "prod"
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
        guard.title = title;
        guard.detail = what;
        guard.accept = accept;
        guard.text = qsTr("On %1, %2.").arg(Studio.workspace.name).arg(Studio.workspace.address);
        guard.undoText = qsTr("A snapshot is taken first, so this can be undone.");
        guard.typed = environment === "prod" ? Studio.workspace.name : "";
        guard.pending = then;
        open();
    }

    onAccepted: {
        const act = pending;
        if (act)
            act(typed);
    }
}
